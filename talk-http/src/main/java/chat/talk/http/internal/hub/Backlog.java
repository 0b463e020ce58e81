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

  /** What one session has of it. */
  final class Share {
    private final AtomicLong own = new AtomicLong();

    /** How many bytes that is. */
    long bytes() {
      return own.get();
    }

    /** Takes so many more; false, and nothing is changed, when that is too much. */
    boolean take(long bytes) {
      long mine = own.addAndGet(bytes);
      long all = held.addAndGet(bytes);
      boolean isLittle = mine <= ALWAYS;
      boolean isAlone = mine == bytes && all == bytes;
      if (isLittle || isAlone || (mine <= MAX_PER_CLIENT && all <= total)) {
        return true;
      }
      give(bytes);
      return false;
    }

    /** Gives so many back. */
    void give(long bytes) {
      own.addAndGet(-bytes);
      held.addAndGet(-bytes);
    }
  }
}
