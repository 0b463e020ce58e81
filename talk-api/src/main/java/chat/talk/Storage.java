package chat.talk;

import chat.talk.internal.InMemoryStorage;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps chats as append-only logs, and how far each reader has come. Calls may block for as long as
 * a disk takes, and come from many threads at once; Talk never makes them on an I/O thread. Whoever
 * opens a storage closes it. Times are kept to the microsecond; what is finer may be dropped.
 *
 * <p>{@code StorageContract} in talk-testkit says in tests what is written here: a new
 * implementation extends it.
 */
public interface Storage extends AutoCloseable {
  /**
   * Appends events, each to the log of its chat, all or none, in the order given. They are stored
   * for good when this returns, and readers see none of them before.
   *
   * <p>An event whose (author, id) is stored already, or comes twice in the group, is not appended
   * again: the result holds the entry of the first time, whatever else the repeat says. An
   * implementation that retains only the newest entries knows the ids of those.
   *
   * @param group the events, possibly of several chats; may be empty, but holds no null
   * @return an entry for each event, in the order given
   * @throws ChatException with {@link ChatException.Code#STORAGE} when nothing was stored, {@link
   *     ChatException.Code#CLOSED} after {@link #close()}
   */
  List<Entry> append(List<? extends Event> group);

  /**
   * Finds one entry by its identity.
   *
   * @param author who made it
   * @param id its id
   * @return the entry, empty when there is none or it is no longer retained
   */
  Optional<Entry> get(UserName author, MessageId id);

  /**
   * Reads forwards.
   *
   * @param chat whose log; an unknown chat is an empty one
   * @param cursor the place to read on from
   * @param limit the most entries wanted, at least 1; a page may hold fewer, but not none unless it
   *     is at the end
   * @return what follows the cursor. {@link Page#lost()} when the log no longer reaches back to it,
   *     or the cursor is of another epoch or from beyond the head: the page then starts with the
   *     oldest entry there is
   * @throws ChatException with {@link ChatException.Code#INVALID} when the limit is less than 1
   */
  Page readAfter(ChatId chat, Cursor cursor, int limit);

  /**
   * Reads backwards.
   *
   * @param chat whose log; an unknown chat is an empty one
   * @param cursor the place to read back from; {@link Cursor#END} for the newest page
   * @param limit the most entries wanted, at least 1
   * @return what precedes the cursor, oldest first. {@link Page#lost()} when entries right before
   *     it are no longer there, or the cursor is of another epoch or from beyond the head: the page
   *     is then empty and at its end
   * @throws ChatException with {@link ChatException.Code#INVALID} when the limit is less than 1
   */
  Page readBefore(ChatId chat, Cursor cursor, int limit);

  /**
   * The end of a chat's log.
   *
   * @param chat whose log
   * @return the cursor behind its newest entry; for an empty chat a cursor from which everything to
   *     come will be read
   */
  Cursor head(ChatId chat);

  /**
   * The chats that have a log.
   *
   * @return every chat that was appended to; one that retains nothing any more, and whose readers
   *     have read all, may be missing
   */
  Set<ChatId> chats();

  /**
   * How far a reader has come.
   *
   * @param reader the user
   * @param chat where
   * @return the cursor last saved, {@link Cursor#START} when there is none
   */
  Cursor position(UserName reader, ChatId chat);

  /**
   * Remembers how far a reader has come.
   *
   * @param reader the user
   * @param chat where
   * @param position a cursor out of this storage
   */
  void savePosition(UserName reader, ChatId chat, Cursor position);

  /**
   * Releases what the storage holds; calls after that fail with {@link ChatException.Code#CLOSED}.
   */
  @Override
  void close();

  /**
   * A storage in this JVM's memory that keeps everything.
   *
   * @return a new and empty one
   */
  static Storage inMemory() {
    return inMemory(Long.MAX_VALUE);
  }

  /**
   * A storage in this JVM's memory that keeps the newest entries and drops the oldest, over all
   * chats together, when there is no more room.
   *
   * @param maxCharacters the room, in characters of text; each entry takes {@code 256} besides
   * @return a new and empty one
   * @throws ChatException with {@link ChatException.Code#INVALID} when there is no room at all
   */
  static Storage inMemory(long maxCharacters) {
    return new InMemoryStorage(maxCharacters);
  }
}
