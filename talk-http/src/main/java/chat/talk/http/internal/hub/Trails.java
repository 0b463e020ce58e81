package chat.talk.http.internal.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetbrains.annotations.Nullable;

/**
 * The trails that are too long for their tokens, of each device the one that it came back to and
 * the one that it is on. Beyond a bound those are forgotten that nobody has gone on from for
 * longest. May be used by any threads.
 */
final class Trails {
  private static final Pattern NUMBERED =
      Pattern.compile(Trail.MARK + "([\\w-]{43})\\.(\\d{1,18})");

  private final long maxBytes;

  /** The one that was not used for longest first. Guarded by this, as what follows. */
  private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

  /** The trails of each device. */
  private final Map<String, List<Trail>> owned = new HashMap<>();

  private long bytes;

  private record Kept(Trail trail, long bytes) {}

  /** None, with room for a part of this JVM's memory. */
  Trails() {
    this(Runtime.getRuntime().maxMemory() / 8);
  }

  Trails(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Goes on from a token; from nowhere when it is empty.
   *
   * @throws ChatException with INVALID when it is no token, and GONE when it names what is
   *     forgotten
   */
  Begun from(String token, String owner) {
    Map<ChatId, Cursor> places = token.startsWith(Trail.MARK) ? known(token) : Places.read(token);
    return new Begun(places, new Trail(owner, token, places, new Keeping(token)));
  }

  /**
   * Somebody who is about to go on.
   *
   * @param places where he is
   * @param trail on which he goes on
   */
  record Begun(Map<ChatId, Cursor> places, Trail trail) {}

  private Map<ChatId, Cursor> known(String token) {
    Matcher numbered = NUMBERED.matcher(token);
    if (!numbered.matches()) {
      throw new ChatException(Code.INVALID, "not a place to go on from");
    }
    Trail trail = find(numbered.group(1));
    Map<ChatId, Cursor> places =
        trail == null ? null : trail.after(Long.parseLong(numbered.group(2)));
    if (places == null) {
      throw new ChatException(
          Code.GONE,
          "this place is not known any more; without one, it goes on with what is unread");
    }
    return places;
  }

  private synchronized @Nullable Trail find(String id) {
    Kept found = kept.get(id);
    return found == null ? null : found.trail;
  }

  /** Keeps a trail of somebody who came with a token. */
  private final class Keeping implements Trail.Keeper {
    private final String given;

    Keeping(String given) {
      this.given = given;
    }

    @Override
    public void keep(Trail trail) {
      Trails.this.keep(trail, given).forEach(Trail::forget);
    }

    @Override
    public void grew(Trail trail) {
      weigh(trail).forEach(Trail::forget);
    }
  }

  /** Whom there is no place for any more. */
  private synchronized List<Trail> keep(Trail trail, String given) {
    List<Trail> gone = new ArrayList<>();
    for (Trail old : List.copyOf(owned.getOrDefault(trail.owner(), List.of()))) {
      if (!given.contains(old.id())) {
        gone.add(drop(old));
      }
    }
    owned.computeIfAbsent(trail.owner(), owner -> new ArrayList<>(2)).add(trail);
    kept.put(trail.id(), new Kept(trail, 0));
    gone.addAll(weigh(trail));
    return gone;
  }

  private synchronized List<Trail> weigh(Trail trail) {
    List<Trail> gone = new ArrayList<>();
    Kept before = kept.get(trail.id());
    if (before != null) {
      Kept now = new Kept(trail, trail.size());
      kept.put(trail.id(), now);
      bytes += now.bytes - before.bytes;
      while (bytes > maxBytes && kept.size() > 1) {
        gone.add(drop(kept.values().iterator().next().trail));
      }
    }
    return gone;
  }

  private Trail drop(Trail old) {
    bytes -= kept.remove(old.id()).bytes;
    List<Trail> others = owned.get(old.owner());
    others.remove(old);
    if (others.isEmpty()) {
      owned.remove(old.owner());
    }
    return old;
  }
}
