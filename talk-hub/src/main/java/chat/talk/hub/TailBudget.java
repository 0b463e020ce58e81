package chat.talk.hub;

import java.util.LinkedHashMap;
import java.util.Map;

/** Bounds what all tails together hold: the chats that were quiet the longest give theirs up. */
final class TailBudget {
  /** The room for all, in characters: some 64 MB. */
  private static final long MAX_WEIGHT = 32L << 20;

  /** What each tail weighed when it last grew, quiet chats first. Only the loop's. */
  private final Map<Room, Long> weights = new LinkedHashMap<>(16, 0.75f, true);

  private long total;

  void grown(Room room) {
    long weight = room.tail().weight();
    Long before = weights.put(room, weight);
    total += weight - (before == null ? 0 : before);
    while (total > MAX_WEIGHT) {
      forget(weights.keySet().iterator().next());
    }
  }

  private void forget(Room room) {
    room.tail().clear();
    total -= weights.remove(room);
  }
}
