package chat.talk.http.internal.hub;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.room.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
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

  /** How many steps back one can go on from: about what a batch holds, and is on its way. */
  static final int MAX_STEPS = 512;

  /** About what a place takes, in bytes, and a step. */
  private static final int PLACE_SIZE = 160;

  private static final int STEP_SIZE = 80;

  private final String id = Token.random().secret();
  private final String owner;
  private final Keeper keeper;
  private volatile long size;

  /** Guarded by this, as what follows. The places before the steps. */
  private final Map<ChatId, Cursor> places;

  private final Deque<Step> steps = new ArrayDeque<>(0);

  /** How many steps are part of the places by now. */
  private long taken;

  private boolean isLong;
  private boolean isForgotten;

  /** The token, when it is the one that somebody came with. */
  private @Nullable String given;

  private record Step(ChatId chat, Cursor to) {}

  /** Is told of what there is to keep. No locks are held. */
  interface Keeper {
    /** A trail has to be kept. Comes once. */
    void keep(Trail trail);

    /** There is more of it. */
    void grew(Trail trail);
  }

  /**
   * A trail that begins somewhere.
   *
   * @param owner whose it is
   * @param given the token that means these places
   * @param keeper who keeps it once it is long
   */
  Trail(String owner, String given, Map<ChatId, Cursor> places, Keeper keeper) {
    this.owner = owner;
    this.given = given;
    this.places = new LinkedHashMap<>(places);
    this.keeper = keeper;
  }

  String id() {
    return id;
  }

  String owner() {
    return owner;
  }

  /** The most bytes that it takes with as many steps as can be gone back. */
  long size() {
    return size;
  }

  /** The token after a step. */
  String step(ChatId chat, Cursor to) {
    boolean isMore;
    synchronized (this) {
      given = null;
      int before = places.size();
      add(new Step(chat, to));
      isMore = isLong && places.size() > before;
      weigh();
    }
    if (isMore) {
      keeper.grew(this);
    }
    return token();
  }

  private void add(Step step) {
    if (isForgotten) {
      taken++;
    } else if (isLong) {
      steps.add(step);
      takeOldest();
    } else {
      places.put(step.chat, step.to);
    }
  }

  private void takeOldest() {
    if (steps.size() > MAX_STEPS) {
      Step oldest = steps.remove();
      places.put(oldest.chat, oldest.to);
      taken++;
    }
  }

  private void weigh() {
    size = (long) places.size() * PLACE_SIZE + (long) MAX_STEPS * STEP_SIZE;
  }

  /** Where one has come to with the steps so far. */
  String token() {
    boolean wasLong;
    String token;
    synchronized (this) {
      if (given != null) {
        return given;
      }
      wasLong = isLong;
      String all = isLong ? "" : Places.write(places);
      isLong |= all.length() > LONGEST;
      token = isLong ? numbered() : all;
      weigh();
    }
    if (token.startsWith(MARK) && !wasLong) {
      keeper.keep(this);
    }
    return token;
  }

  private String numbered() {
    return MARK + id + "." + (taken + steps.size());
  }

  /** It is kept no more, so there is no going back to any step. */
  synchronized void forget() {
    isForgotten = true;
    taken += steps.size();
    steps.clear();
    places.clear();
  }

  /** The places after so many steps; null when that is too long ago, or never was. */
  synchronized @Nullable Map<ChatId, Cursor> after(long count) {
    if (isForgotten || count < taken || count > taken + steps.size()) {
      return null;
    }
    Map<ChatId, Cursor> then = new LinkedHashMap<>(places);
    steps.stream().limit(count - taken).forEach(step -> then.put(step.chat, step.to));
    return then;
  }
}
