package chat.talk.bench;

import java.util.Arrays;

/** What one reader has seen of one room. For the load's thread. */
final class Track {
  private final LoadRoom room;
  private int[] next = new int[4];
  private long count;
  private long order = 1;

  Track(LoadRoom room) {
    this.room = room;
  }

  LoadRoom room() {
    return room;
  }

  /** Whether it is the sender's next message. */
  boolean note(int from, int number) {
    if (from >= next.length) {
      next = Arrays.copyOf(next, Math.max(from + 1, 2 * next.length));
    }
    boolean isNext = number == next[from];
    next[from] = number + 1;
    order = (order * 31 + from) * 1_000_003 + number;
    count++;
    return isNext;
  }

  long count() {
    return count;
  }

  /** Tells sequences apart: two readers with the same number have seen the same, in one order. */
  long order() {
    return order;
  }
}
