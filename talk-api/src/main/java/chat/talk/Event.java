package chat.talk;

import chat.talk.internal.Text;
import java.time.Instant;

/**
 * Something that happened in a chat and stands in its log. {@link ChatMessage} is the one that
 * everybody knows; the others happen in the rooms of a hub. New kinds may be added, so a {@code
 * switch} over events needs a default.
 */
public sealed interface Event
    permits ChatMessage,
        Event.Edited,
        Event.Erased,
        Event.Expired,
        Event.Created,
        Event.Joined,
        Event.Left,
        Event.Renamed,
        Event.HandedOver,
        Event.Closed,
        Event.Decided {
  /**
   * Where it happened.
   *
   * @return the chat in whose log it stands
   */
  ChatId chat();

  /**
   * Its identity: (author, id) is unique in a log for ever.
   *
   * @return the id that its author, or the hub for him, gave it
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

  /**
   * What points at it.
   *
   * @return author and id
   */
  default MessageKey key() {
    return new MessageKey(author(), id());
  }

  /**
   * A message has another text now; the log keeps that text at the message's own place too. Its
   * {@linkplain ChatMessage#hasBody() body}, if it had one, is gone.
   *
   * @param message the author's own message
   * @param place the place just behind that message: whoever may not read there is not shown the
   *     text
   * @param text what it says now; empty once the message is erased or expired
   */
  record Edited(
      ChatId chat,
      MessageId id,
      UserName author,
      Instant time,
      MessageId message,
      Cursor place,
      String text)
      implements Event {
    /**
     * Checks the text.
     *
     * @throws ChatException with {@link ChatException.Code#INVALID} when it is no Unicode
     */
    public Edited {
      Text.requireUnicode(text);
    }

    /**
     * The same without what the message says now.
     *
     * @return the event, with an empty text
     */
    public Edited withoutText() {
      return new Edited(chat, id, author, time, message, place, "");
    }
  }

  /**
   * A message's text is gone: drop what you keep of it.
   *
   * @param message the author's own message
   */
  record Erased(ChatId chat, MessageId id, UserName author, Instant time, MessageId message)
      implements Event {}

  /**
   * The texts of all messages up to a place are gone: drop what you keep of them.
   *
   * @param upTo the place behind the last of them
   */
  record Expired(ChatId chat, MessageId id, UserName author, Instant time, Cursor upTo)
      implements Event {}

  /** A private chat was made, with its author as the owner and first member. */
  record Created(ChatId chat, MessageId id, UserName author, Instant time, String title)
      implements Event {}

  /**
   * A user is a member from here on.
   *
   * @param member who; another than the author when the owner let him in
   */
  record Joined(ChatId chat, MessageId id, UserName author, Instant time, UserName member)
      implements Event {}

  /**
   * A user is no member any more.
   *
   * @param member who; another than the author when the owner removed him
   */
  record Left(ChatId chat, MessageId id, UserName author, Instant time, UserName member)
      implements Event {}

  /**
   * The chat has another title.
   *
   * @param title the new one
   */
  record Renamed(ChatId chat, MessageId id, UserName author, Instant time, String title)
      implements Event {}

  /**
   * The chat has another owner.
   *
   * @param owner the new one
   */
  record HandedOver(ChatId chat, MessageId id, UserName author, Instant time, UserName owner)
      implements Event {}

  /** Nothing more is said in this chat; it can still be read. */
  record Closed(ChatId chat, MessageId id, UserName author, Instant time) implements Event {}

  /**
   * A decision about a user, in the hub's audit log.
   *
   * @param action what was decided, as {@code BAN} or {@code UNBAN}
   * @param subject about whom
   * @param reason why, and until when
   */
  record Decided(
      ChatId chat,
      MessageId id,
      UserName author,
      Instant time,
      String action,
      UserName subject,
      String reason)
      implements Event {}
}
