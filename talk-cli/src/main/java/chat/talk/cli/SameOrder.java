package chat.talk.cli;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.MessageKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Checks that all see the same entry at the same place of a chat. May be used by any thread. */
final class SameOrder {
  private static final int MOST = 200_000;

  /** What stands where, as whoever saw it first has seen it; of each chat the latest. */
  private final Map<ChatId, ConcurrentSkipListMap<Long, MessageKey>> logs =
      new ConcurrentHashMap<>();

  private final Map<ChatId, Cursor> ends = new ConcurrentHashMap<>();
  private final Tally tally;

  SameOrder(Tally tally) {
    this.tally = tally;
  }

  /** What one user sees, and where he was before in that chat; null when he wasn't. */
  void saw(String who, Entry entry, Cursor before) {
    long place = entry.cursor().sequence();
    if (before != null && place != before.sequence() + 1) {
      String where = entry.event().chat() + ": #" + place + " after #" + before.sequence();
      tally.violation(who + " saw in " + where);
    }
    compare(who, entry, place);
  }

  private void compare(String who, Entry entry, long place) {
    ConcurrentSkipListMap<Long, MessageKey> log =
        logs.computeIfAbsent(entry.event().chat(), chat -> new ConcurrentSkipListMap<>());
    MessageKey first = log.putIfAbsent(place, entry.event().key());
    if (first != null && !first.equals(entry.event().key())) {
      tally.violation(who + " saw something else at #" + place + " of " + entry.event().chat());
    }
    if (place % 1_024 == 0) {
      log.headMap(place - MOST).clear();
    }
  }

  /** A message is stored: whoever is in the chat has to get that far. */
  void stored(Entry entry) {
    ends.merge(
        entry.event().chat(),
        entry.cursor(),
        (one, other) -> one.sequence() > other.sequence() ? one : other);
  }

  /** How far everybody in a chat has to get. */
  Map<ChatId, Cursor> ends() {
    return Map.copyOf(ends);
  }
}
