package chat.talk.http.internal.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import java.util.LinkedHashMap;
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

  /** About what a place in a chat takes, in bytes. */
  private static final int PLACE = 160;

  private final long maxPlaces;

  /** The one that was not used for longest first. Guarded by this. */
  private final Map<String, Trail> kept = new LinkedHashMap<>(16, 0.75f, true);

  /** None, with room for a part of this JVM's memory. */
  Trails() {
    this(Runtime.getRuntime().maxMemory() / 8 / PLACE);
  }

  Trails(long maxPlaces) {
    this.maxPlaces = maxPlaces;
  }

  /**
   * Goes on from a token; from nowhere when it is empty, or names what is forgotten.
   *
   * @throws ChatException with INVALID when it is no token
   */
  Begun from(String token, String owner) {
    Map<ChatId, Cursor> places = token.startsWith(Trail.MARK) ? known(token) : Places.read(token);
    Map<ChatId, Cursor> from = places == null ? Map.of() : places;
    String given = places == null ? "" : token;
    Trail trail = new Trail(owner, given, from, made -> keep(made, given));
    return new Begun(from, trail);
  }

  /**
   * Somebody who is about to go on.
   *
   * @param places where he is
   * @param trail on which he goes on
   */
  record Begun(Map<ChatId, Cursor> places, Trail trail) {}

  private @Nullable Map<ChatId, Cursor> known(String token) {
    Matcher numbered = NUMBERED.matcher(token);
    if (!numbered.matches()) {
      throw new ChatException(Code.INVALID, "not a place to go on from");
    }
    Trail trail = find(numbered.group(1));
    return trail == null ? null : trail.after(Long.parseLong(numbered.group(2)));
  }

  private synchronized @Nullable Trail find(String id) {
    return kept.get(id);
  }

  private synchronized void keep(Trail trail, String given) {
    kept.values().removeIf(old -> old.owner().equals(trail.owner()) && !given.contains(old.id()));
    kept.put(trail.id(), trail);
    long size = kept.values().stream().mapToLong(Trail::size).sum();
    var oldest = kept.values().iterator();
    while (size > maxPlaces && kept.size() > 1) {
      size -= oldest.next().size();
      oldest.remove();
    }
  }
}
