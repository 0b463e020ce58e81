package chat.talk.room;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetbrains.annotations.Nullable;

/** How far a client has come in each chat: what tells news from repeats and from holes. */
final class Places {
  /** Guarded by this, as what follows. In the order in which the chats came. */
  private final Map<ChatId, Cursor> places;

  /** Where the next chunk may begin further on, since what lies between was lost. */
  private final Set<ChatId> jumps = new HashSet<>();

  /** Whose feed that is. */
  private @Nullable Attempt source;

  Places(Map<ChatId, Cursor> resume) {
    places = new LinkedHashMap<>(resume);
  }

  /** An unmodifiable picture of the moment. */
  synchronized Map<ChatId, Cursor> snapshot() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(places));
  }

  /** Lets the next chunk of a chat begin anywhere, but not repeat anything. */
  synchronized void allowJump(Attempt from, ChatId chat) {
    heed(from);
    jumps.add(chat);
  }

  /** What one session has lost is no excuse for the next one. */
  private void heed(Attempt from) {
    if (source != from) {
      source = from;
      jumps.clear();
    }
  }

  /**
   * Moves behind a chunk.
   *
   * @return what of it is new; null, and nothing moves, when something is missing before it
   */
  synchronized @Nullable List<Entry> take(Attempt from, Chunk chunk) {
    heed(from);
    boolean mayJump = !jumps.isEmpty() && jumps.remove(chunk.chat());
    Cursor place = places.get(chunk.chat());
    if (place == null
        || isAnywhere(place)
        || place.equals(chunk.after())
        || (mayJump && isReborn(chunk, place))) {
      return moveBehind(chunk, chunk.entries());
    }
    if (isBefore(chunk.after(), place)) {
      boolean isOld = !isBefore(place, chunk.next());
      return isOld ? List.of() : moveBehind(chunk, beyond(place, chunk.entries()));
    }
    return mayJump ? moveBehind(chunk, chunk.entries()) : null;
  }

  /** Whether the log lives anew: the old place, which was lost, says nothing about it. */
  private static boolean isReborn(Chunk chunk, Cursor place) {
    return chunk.next().epoch() != place.epoch();
  }

  private List<Entry> moveBehind(Chunk chunk, List<Entry> entries) {
    places.put(chunk.chat(), chunk.next());
    return entries;
  }

  private static List<Entry> beyond(Cursor place, List<Entry> entries) {
    return entries.stream().filter(entry -> isBefore(place, entry.cursor())).toList();
  }

  /** Whether it names an end of the log, whichever place that is. */
  private static boolean isAnywhere(Cursor cursor) {
    return cursor.equals(Cursor.START) || cursor.equals(Cursor.END);
  }

  private static boolean isBefore(Cursor one, Cursor other) {
    return one.equals(Cursor.START)
        || (one.epoch() == other.epoch() && one.sequence() < other.sequence());
  }
}
