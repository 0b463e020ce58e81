package chat.talk.cli;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.MessageKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jetbrains.annotations.Nullable;

/**
 * Checks that all see the same entry at the same place of a chat, no message at two places, and
 * what the hub has said it stored where it has said so. May be used by any thread.
 */
final class SameOrder {
  private static final int MOST = 200_000;

  /** What stands where, as whoever saw it first has seen it; of each chat the latest. */
  private final Map<ChatId, Log> logs = new ConcurrentHashMap<>();

  private final Map<ChatId, Stretch> stored = new ConcurrentHashMap<>();
  private final Tally tally;

  SameOrder(Tally tally) {
    this.tally = tally;
  }

  /** Some places of a chat, from one to another, without a hole. */
  record Stretch(long first, long last) {
    static Stretch of(Cursor place) {
      return new Stretch(place.sequence(), place.sequence());
    }

    Stretch and(Stretch other) {
      return new Stretch(Math.min(first, other.first), Math.max(last, other.last));
    }

    boolean holds(Stretch other) {
      return first <= other.first && last >= other.last;
    }

    @Override
    public String toString() {
      return "#" + first + " to #" + last;
    }
  }

  private record Log(ConcurrentSkipListMap<Long, MessageKey> keys, Map<MessageKey, Long> places) {
    Log() {
      this(new ConcurrentSkipListMap<>(), new ConcurrentHashMap<>());
    }

    void forgetUpTo(long place) {
      Map<Long, MessageKey> old = keys.headMap(place);
      old.values().forEach(places::remove);
      old.clear();
    }
  }

  /** What one user sees, and where he was before in that chat; null when he wasn't. */
  void saw(String who, Entry entry, @Nullable Cursor before) {
    long place = entry.cursor().sequence();
    if (before != null && place != before.sequence() + 1) {
      String where = entry.event().chat() + ": #" + place + " after #" + before.sequence();
      tally.violation(who + " saw in " + where);
    }
    compare(who + " saw", entry, place);
  }

  private void compare(String who, Entry entry, long place) {
    Log log = logs.computeIfAbsent(entry.event().chat(), chat -> new Log());
    MessageKey first = log.keys.putIfAbsent(place, entry.event().key());
    if (first != null && !first.equals(entry.event().key())) {
      tally.violation(who + " something else at #" + place + " of " + entry.event().chat());
    }
    if (first == null && entry.event() instanceof ChatMessage message) {
      requireOnce(log, message, place);
    }
    if (place % 1_024 == 0) {
      log.forgetUpTo(place - MOST);
    }
  }

  private void requireOnce(Log log, ChatMessage message, long place) {
    Long other = log.places.putIfAbsent(message.key(), place);
    if (other != null && other != place) {
      String where = "#" + other + " and #" + place + " of " + message.chat();
      tally.violation("a message of " + message.author() + " stands at " + where);
    }
  }

  /** The hub has said that a message is stored: whoever is in the chat has to get it. */
  void stored(Entry entry) {
    compare("the hub acknowledged", entry, entry.cursor().sequence());
    stored.merge(entry.event().chat(), Stretch.of(entry.cursor()), Stretch::and);
  }

  /** What everybody in a chat has to get, from the first acknowledged message to the last. */
  Map<ChatId, Stretch> stored() {
    return Map.copyOf(stored);
  }
}
