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
 * @param spent whether it counts no more: it led to a ban, was undone, or came during a ban
 */
public record Report(UserName by, MessageKey message, String reason, Instant time, boolean spent)
    implements Fact {
  /**
   * One that counts.
   *
   * @param by who says so
   * @param message which
   * @param reason why
   * @param time when
   */
  public Report(UserName by, MessageKey message, String reason, Instant time) {
    this(by, message, reason, time, false);
  }

  /**
   * The same when it counts no more.
   *
   * @return the report
   */
  public Report asSpent() {
    return new Report(by, message, reason, time, true);
  }

  /** One user's report of one message counts once. */
  @Override
  public Key key() {
    return new Key("report", by.value(), message.author() + "/" + message.id());
  }
}
