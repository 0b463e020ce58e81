package chat.talk;

import java.time.Instant;

/**
 * Something that happened in a chat and stands in its log. {@link ChatMessage} is the one that
 * everybody knows; rooms add their own. New kinds may be added, so a {@code switch} over events
 * needs a default.
 */
public sealed interface Event permits ChatMessage {
  /**
   * Where it happened.
   *
   * @return the chat in whose log it stands
   */
  ChatId chat();

  /**
   * Its identity: (author, id) is unique in a log for ever.
   *
   * @return the id that its author gave it
   */
  MessageId id();

  /**
   * Who did it.
   *
   * @return the user
   */
  UserName author();

  /**
   * When, by the clock of whoever keeps the log.
   *
   * @return the time it was written down
   */
  Instant time();
}
