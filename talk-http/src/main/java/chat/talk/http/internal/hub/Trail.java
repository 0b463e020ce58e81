package chat.talk.http.internal.hub;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.room.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jetbrains.annotations.Nullable;

/**
 * How far somebody has come in all of his chats, as a token after each step. As long as they are
 * few, the token names the places itself, and means the same to any hub at any time; otherwise it
 * names a step of this trail, which has to be kept. May be used by any threads.
 */
final class Trail {
  /** What begins a token that names a step; no chat's id begins so. */
  static final String MARK = "~";

  /** The most characters of a token that names the places: it stands behind each event. */
  static final int LONGEST = 2 * 1024;

  /** How many steps back one can go on from: more than are on their way to anybody. */
  static final int MAX_STEPS = 4 * 1024;

  private final String id = Token.random().secret();
  private final String owner;
  private final Consumer<Trail> onLong;
  private volatile int size;

  /** Guarded by this, as what follows. The places before the steps. */
  private final Map<ChatId, Cursor> places;

  private final Deque<Step> steps = new ArrayDeque<>(0);

  /** How many steps are part of the places by now. */
  private long taken;

  private boolean isLong;

  /** The token, when it is the one that somebody came with. */
  private @Nullable String given;

  private record Step(ChatId chat, Cursor to) {}

  /**
   * A trail that begins somewhere.
   *
   * @param owner whose it is
   * @param given the token that means these places
   * @param onLong is told once, when the trail has to be kept
   */
  Trail(String owner, String given, Map<ChatId, Cursor> places, Consumer<Trail> onLong) {
    this.owner = owner;
    this.given = given;
    this.places = new LinkedHashMap<>(places);
    this.onLong = onLong;
    this.size = places.size();
  }

  String id() {
    return id;
  }

  String owner() {
    return owner;
  }

  /** How much there is to keep. */
  int size() {
    return size;
  }

  /** The token after a step. */
  synchronized String step(ChatId chat, Cursor to) {
    given = null;
    if (isLong) {
      steps.add(new Step(chat, to));
      if (steps.size() > MAX_STEPS) {
        Step oldest = steps.remove();
        places.put(oldest.chat, oldest.to);
        taken++;
      }
    } else {
      places.put(chat, to);
    }
    size = places.size() + steps.size();
    return token();
  }

  /** Where one has come to with the steps so far. */
  synchronized String token() {
    if (given != null) {
      return given;
    }
    String all = isLong ? "" : Places.write(places);
    if (all.length() > LONGEST) {
      isLong = true;
      onLong.accept(this);
    }
    return isLong ? numbered() : all;
  }

  private String numbered() {
    return MARK + id + "." + (taken + steps.size());
  }

  /** The places after so many steps; null when that is too long ago, or never was. */
  synchronized @Nullable Map<ChatId, Cursor> after(long count) {
    if (count < taken || count > taken + steps.size()) {
      return null;
    }
    Map<ChatId, Cursor> then = new LinkedHashMap<>(places);
    steps.stream().limit(count - taken).forEach(step -> then.put(step.chat, step.to));
    return then;
  }
}
