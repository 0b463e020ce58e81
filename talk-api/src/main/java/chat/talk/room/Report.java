package chat.talk.room;

import chat.talk.MessageKey;
import chat.talk.UserName;
import java.time.Instant;

/**
 * Somebody finds that a message breaks the rules.
 *
 * @param by who says so
 * @param message which; its author is whom the report is about
 * @param reason why, for a moderator
 * @param time when
 */
public record Report(UserName by, MessageKey message, String reason, Instant time) implements Fact {
  /** One user's report of one message counts once. */
  @Override
  public Key key() {
    return new Key("report", by.value(), message.author() + "/" + message.id());
  }
}
