package chat.talk.http.internal;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes all clients of a server together may have it hold for what is half received. */
final class Budget {
  private final long total;
  private final AtomicLong held = new AtomicLong();

  Budget(long total) {
    this.total = total;
  }

  /** How many bytes are held now. */
  long held() {
    return held.get();
  }

  /** What one client has of it. For one thread. */
  final class Share {
    private long own;

    /**
     * Makes it that many bytes. False, and nothing is changed, when all clients together would have
     * too much; but one who is alone may have what he likes, as other limits bound that.
     */
    boolean set(long bytes) {
      long more = bytes - own;
      long before = held.getAndAdd(more);
      if (more > 0 && before + more > total && before > own) {
        held.addAndGet(-more);
        return false;
      }
      own = bytes;
      return true;
    }

    /** Gives all of it back. */
    void release() {
      set(0);
    }
  }
}
