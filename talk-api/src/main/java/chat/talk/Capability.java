package chat.talk;

/**
 * What a client can do beyond sending and listening; ask with {@link ChatClient#capabilities()}.
 */
public enum Capability {
  /** Messages to one user by name. */
  DIRECT_MESSAGES,
  /** Reading what was said before. */
  HISTORY,
  /** One order of a chat's entries for all its readers. */
  ONE_ORDER,
  /** Chats of many, with invitations, comments, edits, schedules and reports. */
  ROOMS,
  /** Several devices of one user, which all see the same. */
  DEVICES,
  /** How far the user has read, and how much he has not. */
  UNREAD,
  /** Who is writing, and who is there. */
  SIGNALS
}
