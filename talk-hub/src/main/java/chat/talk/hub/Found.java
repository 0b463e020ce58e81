package chat.talk.hub;

import chat.talk.Notice;
import chat.talk.room.Chunk;
import chat.talk.room.Feed;
import java.util.ArrayList;
import java.util.List;

/**
 * What a poll has found so far. Nearly always that is one chunk and nothing else, so lists are made
 * for more only: a poll happens for each delivery.
 */
final class Found {
  private List<Notice> notices;
  private List<Chunk> chunks = List.of();
  private int taken;

  /** Begins with notices: none, or a list that is the poll's own. */
  Found(List<Notice> notices) {
    this.notices = notices;
  }

  void add(Notice notice) {
    notices = with(notices, notice);
  }

  void add(Chunk chunk) {
    chunks = with(chunks, chunk);
    taken += Math.max(1, chunk.entries().size());
  }

  /** A list of one takes no more. */
  private static <T> List<T> with(List<T> few, T one) {
    if (few.isEmpty()) {
      return List.of(one);
    }
    List<T> more = few.size() == 1 ? new ArrayList<>(few) : few;
    more.add(one);
    return more;
  }

  boolean hasChunks() {
    return taken > 0;
  }

  /** How many entries; an empty chunk counts as one. */
  int taken() {
    return taken;
  }

  /** All of it, and whether there is more. */
  Feed feed(boolean hasMore) {
    boolean isEmpty = chunks.isEmpty() && notices.isEmpty();
    return isEmpty ? Feed.EMPTY : new Feed(chunks, notices, hasMore);
  }
}
