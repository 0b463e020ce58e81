package chat.talk;

/**
 * What a client can do beyond sending and listening; ask with {@link ChatClient#capabilities()}.
 */
public enum Capability {
  /** Messages to one user by name. */
  DIRECT_MESSAGES,
  /** Reading what was said before. */
  HISTORY
}
