package chat.talk.testkit;

/**
 * A guarantee that was broken in a history.
 *
 * @param kind which
 * @param what who, where and what, for a person
 */
public record Violation(Kind kind, String what) {
  /** The guarantees, by what breaks them. */
  public enum Kind {
    /** A message was acknowledged and isn't in the log. */
    LOST_MESSAGE,
    /** A message was acknowledged with another entry than the log has. */
    WRONG_ANSWER,
    /** A message was refused for good, and is in the log. */
    REFUSED_YET_STORED,
    /** A message is in the log that nobody has sent, or with a text that nobody gave it. */
    UNSENT,
    /** One message is in the log twice. */
    DOUBLED,
    /** The messages of one sender are in another order than he sent them in. */
    NOT_FIFO,
    /** A message is in the log of a chat that its author was not in. */
    OUTSIDER,
    /** A scheduled message is in the log although its author was told that it is cancelled. */
    CANCELLED_YET_SENT,
    /** A scheduled message was not sent, although nothing stood in its way. */
    NOT_SENT,
    /** A scheduled message was sent before its time. */
    TOO_EARLY,
    /** A message doesn't say what it was last changed to. */
    LOST_EDIT,
    /** The text of a message is still there after it was erased. */
    NOT_ERASED,
    /** A reader saw an entry that isn't in the log at its place. */
    PHANTOM,
    /** A reader saw a text that the message never had. */
    WRONG_TEXT,
    /** A reader saw an entry a second time, or after a later one. */
    DISORDER,
    /** A reader didn't see an entry between two others, and wasn't told of a loss. */
    GAP,
    /** A reader was told of a loss where nothing was lost. */
    FALSE_LOSS,
    /** A reader saw what was said while he was no member. */
    LEAK,
    /** A reader had not seen all in the end. */
    INCOMPLETE,
    /** A user was listed chats that aren't his, or not all of his. */
    WRONG_CHATS,
    /** A count of unread messages was wrong. */
    WRONG_UNREAD,
    /** A user had read less than he had before. */
    READ_WENT_BACK,
    /** Two devices of one user were told different things. */
    DEVICES_DIFFER
  }
}
