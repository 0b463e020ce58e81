package chat.talk.room;

import chat.talk.Notice;
import java.util.List;

/**
 * What one poll of a session found: first the notices, then the chunks, in this order.
 *
 * @param chunks what was added to the user's chats
 * @param notices what stands in no log; of several about the same thing only the latest
 * @param hasMore whether to poll again: otherwise this was all there was, and the listener will be
 *     told when there is more. Never true of an empty one
 */
public record Feed(List<Chunk> chunks, List<Notice> notices, boolean hasMore) {
  /** Nothing. */
  public static final Feed EMPTY = new Feed(List.of(), List.of());

  /** Takes unmodifiable copies. */
  public Feed {
    chunks = List.copyOf(chunks);
    notices = List.copyOf(notices);
    if (hasMore && chunks.isEmpty() && notices.isEmpty()) {
      throw new IllegalArgumentException("where nothing was found, there is no more");
    }
  }

  /**
   * What was found by somebody who looks no further: unless it is empty, there may be more.
   *
   * @param chunks what was added to the user's chats
   * @param notices what stands in no log
   */
  public Feed(List<Chunk> chunks, List<Notice> notices) {
    this(chunks, notices, !chunks.isEmpty() || !notices.isEmpty());
  }

  /**
   * Whether there is nothing in it.
   *
   * @return true when the listener will be told that there is more
   */
  public boolean isEmpty() {
    return chunks.isEmpty() && notices.isEmpty();
  }
}
