package chat.talk.http.internal.client;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Attempts to come to a hub that were given up for another way, and may still get there: they take
 * the place of the session that came about over that other way. The hub calls that a conflict, of a
 * device with itself; it is none, and each attempt excuses one. May be used by any threads.
 */
final class Strays {
  /** Nothing between here and a hub holds anything for longer. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** Each may hide a true conflict. */
  private static final int MAX = 16;

  /** The oldest first. Guarded by this. */
  private final Deque<Stray> all = new ArrayDeque<>();

  private record Stray(Token token, long since) {
    boolean isOld(long now) {
      return now - since > LONGEST.toNanos();
    }
  }

  /** An attempt of this device's was given up. */
  synchronized void add(Token token) {
    forgetOld();
    if (all.size() < MAX) {
      all.add(new Stray(token, System.nanoTime()));
    }
  }

  private void forgetOld() {
    long now = System.nanoTime();
    while (!all.isEmpty() && all.peek().isOld(now)) {
      all.remove();
    }
  }

  private synchronized boolean excuses(Token token) {
    forgetOld();
    Iterator<Stray> strays = all.iterator();
    while (strays.hasNext()) {
      if (strays.next().token.equals(token)) {
        strays.remove();
        return true;
      }
    }
    return false;
  }

  /** The listener of a session of this device's, which is not told of such a conflict. */
  Session.Listener excused(Token token, Session.Listener listener) {
    return new Session.Listener() {
      @Override
      public void onReady() {
        listener.onReady();
      }

      @Override
      public void onEnd(ChatException why) {
        boolean isOwn = why.code() == Code.CONFLICT && excuses(token);
        listener.onEnd(isOwn ? ownFault(why) : why);
      }
    };
  }

  private static ChatException ownFault(ChatException why) {
    return new ChatException(
        Code.UNREACHABLE, "an attempt that was given up has taken the session's place", why);
  }
}
