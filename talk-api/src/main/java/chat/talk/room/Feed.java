package chat.talk.room;

import chat.talk.Notice;
import java.util.List;

/**
 * What one poll of a session found: first the notices, then the chunks, in this order.
 *
 * @param chunks what was added to the user's chats
 * @param notices what stands in no log; of several about the same thing only the latest
 */
public record Feed(List<Chunk> chunks, List<Notice> notices) {
  /** Nothing. */
  public static final Feed EMPTY = new Feed(List.of(), List.of());

  /** Takes unmodifiable copies. */
  public Feed {
    chunks = List.copyOf(chunks);
    notices = List.copyOf(notices);
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
