package chat.talk;

/**
 * What a client tells its listener besides log entries. New kinds may be added, so a {@code switch}
 * over notices needs a default.
 */
public sealed interface Notice {
  /**
   * The client's state is another one now.
   *
   * @param state the new state; {@link ChatClient.State#CLOSED} is the last notice of all
   */
  record StateChanged(ChatClient.State state) implements Notice {}

  /**
   * Entries of a chat were dropped by its storage before this listener got them; they will not
   * come. What comes next is the oldest entry that is left.
   *
   * @param chat where
   * @param after the last place that was delivered
   */
  record Lost(ChatId chat, Cursor after) implements Notice {}
}
