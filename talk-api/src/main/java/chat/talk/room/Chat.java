package chat.talk.room;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.UserName;
import org.jetbrains.annotations.Nullable;

/**
 * A chat as one of its members sees it.
 *
 * @param id its id
 * @param kind general, direct or private
 * @param title what its owner calls it; empty unless it is private
 * @param owner who decides about it; null unless it is private
 * @param closed whether nothing more is said in it
 * @param unread how many messages of others lie behind what this user has read; {@link
 *     #UNREAD_UNKNOWN} when that would have to be counted and the hub's storage can't be read just
 *     now
 * @param read how far this user has read, by what is stored: this is never taken back
 * @param head the end of the log
 */
public record Chat(
    ChatId id,
    Kind kind,
    String title,
    @Nullable UserName owner,
    boolean closed,
    long unread,
    Cursor read,
    Cursor head) {
  /**
   * Instead of a number of unread messages: it would have to be counted, and the hub's storage
   * can't be read just now. Ask again later.
   */
  public static final long UNREAD_UNKNOWN = -1;

  /**
   * Whether it is known how much is unread.
   *
   * @return false when {@link #unread} is {@link #UNREAD_UNKNOWN}
   */
  public boolean knowsUnread() {
    return unread != UNREAD_UNKNOWN;
  }

  /**
   * The same chat with another number of unread messages.
   *
   * @param count how many, or {@link #UNREAD_UNKNOWN}
   * @return the chat with that number
   */
  public Chat withUnread(long count) {
    return new Chat(id, kind, title, owner, closed, count, read, head);
  }

  /** The kinds of chat. */
  public enum Kind {
    /** Everybody is in it. */
    GENERAL,
    /** Two users, made by the first message. */
    DIRECT,
    /** Those whom its owner lets in. */
    PRIVATE
  }
}
