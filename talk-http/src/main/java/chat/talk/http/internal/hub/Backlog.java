package chat.talk.http.internal.hub;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of what sessions have asked, and of answers that wait to be taken, there are: so
 * many for each, and so many for all of them. May be used by any threads.
 */
public final class Backlog {
  /** How much one session may have: more than the largest request, and its answer. */
  static final long MAX_PER_CLIENT = 32L << 20;

  /** Beyond so much a client is held up until some of it is done. */
  static final long ENOUGH = 4L << 20;

  /** What everybody may have, however much the others do. */
  private static final long ALWAYS = 16L << 10;

  private final long total;
  private final AtomicLong held = new AtomicLong();

  /** An empty one, with room for a part of this JVM's memory. */
  public Backlog() {
    this(Math.max(MAX_PER_CLIENT, Runtime.getRuntime().maxMemory() / 8));
  }

  Backlog(long total) {
    this.total = total;
  }

  /** How many bytes there are. */
  long held() {
    return held.get();
  }

  /** Makes it so many more, if they fit, or have to. */
  private boolean hold(long bytes, long room, boolean hasTo) {
    long before = held.get();
    while (hasTo || before <= room) {
      if (held.compareAndSet(before, before + bytes)) {
        return true;
      }
      before = held.get();
    }
    return false;
  }

  /** What one session has of it. */
  final class Share {
    /** Changed with the lock. */
    private volatile long own;

    /** How many bytes that is. */
    long bytes() {
      return own;
    }

    /**
     * Takes so many more; false, and nothing is changed, when that is too much. Who has nothing may
     * have one thing of any size, unless the others have half of all.
     */
    synchronized boolean take(long bytes) {
      long mine = own + bytes;
      boolean isLittle = mine <= ALWAYS;
      long room = mine <= MAX_PER_CLIENT ? total - bytes : -1;
      boolean isTaken = hold(bytes, own == 0 ? Math.max(room, total / 2) : room, isLittle);
      own = isTaken ? mine : own;
      return isTaken;
    }

    /** Gives so many back. */
    synchronized void give(long bytes) {
      own -= bytes;
      held.addAndGet(-bytes);
    }
  }
}
