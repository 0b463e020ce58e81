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

  /** Where the next chunk may begin further on: what lies between was lost, or isn't his to see. */
  private final Set<ChatId> jumps = new HashSet<>();

  Places(Map<ChatId, Cursor> resume) {
    places = new LinkedHashMap<>(resume);
  }

  /** An unmodifiable picture of the moment. */
  synchronized Map<ChatId, Cursor> snapshot() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(places));
  }

  /** Lets the next chunk of a chat begin anywhere, but not repeat anything. */
  synchronized void allowJump(ChatId chat) {
    jumps.add(chat);
  }

  /**
   * Moves behind a chunk.
   *
   * @return what of it is new; null, and nothing moves, when something is missing before it
   */
  synchronized @Nullable List<Entry> take(Chunk chunk) {
    Cursor place = places.get(chunk.chat());
    if (place == null
        || isAnywhere(place)
        || place.equals(chunk.after())
        || isReborn(chunk, place)) {
      return moveBehind(chunk, chunk.entries());
    }
    if (isBefore(chunk.after(), place)) {
      boolean isOld = !isBefore(place, chunk.next());
      return isOld ? List.of() : moveBehind(chunk, beyond(place, chunk.entries()));
    }
    return jumps.contains(chunk.chat()) ? moveBehind(chunk, chunk.entries()) : null;
  }

  /** Whether the log lives anew: the old place, which was lost, says nothing about it. */
  private boolean isReborn(Chunk chunk, Cursor place) {
    return jumps.contains(chunk.chat()) && chunk.next().epoch() != place.epoch();
  }

  private List<Entry> moveBehind(Chunk chunk, List<Entry> entries) {
    places.put(chunk.chat(), chunk.next());
    if (!jumps.isEmpty()) {
      jumps.remove(chunk.chat());
    }
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
