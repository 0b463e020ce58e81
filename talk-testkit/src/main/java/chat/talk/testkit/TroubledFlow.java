package chat.talk.testkit;

import chat.talk.testkit.TroubledProxy.Ending;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jetbrains.annotations.Nullable;

/** What one side sends over all connections of a {@link TroubledProxy}, and its trouble. */
final class TroubledFlow {
  private static final long NEVER = Long.MAX_VALUE;
  private static final Duration FOREVER = Duration.ofDays(1);

  private final Object lock;

  /** Guarded by the lock, as what follows. */
  private boolean isStalled;

  private Duration delay = Duration.ZERO;
  private int segment = Integer.MAX_VALUE;
  private int perSecond = Integer.MAX_VALUE;

  /** How much was let pass so far, and how much of that has been written. */
  private long admitted;

  private long passed;

  /** At how much of it a connection is cut. */
  private long cutAt = NEVER;

  private @Nullable Ending cutHow;

  TroubledFlow(Object lock) {
    this.lock = lock;
  }

  void stall() {
    change(() -> isStalled = true);
  }

  void goOn() {
    change(() -> isStalled = false);
  }

  void delay(Duration longer) {
    change(() -> delay = longer);
  }

  void split(int bytes) {
    requirePositive(bytes);
    change(() -> segment = bytes);
  }

  void throttle(int bytes) {
    requirePositive(bytes);
    change(() -> perSecond = bytes);
  }

  void cutAfter(long bytes, Ending how) {
    requirePositive(bytes);
    change(
        () -> {
          cutAt = admitted + bytes;
          cutHow = how;
        });
  }

  void calm() {
    change(
        () -> {
          isStalled = false;
          delay = Duration.ZERO;
          segment = Integer.MAX_VALUE;
          perSecond = Integer.MAX_VALUE;
          cutAt = NEVER;
        });
  }

  private static void requirePositive(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes are at least 1, but were " + bytes);
    }
  }

  private void change(Runnable change) {
    synchronized (lock) {
      change.run();
      lock.notifyAll();
    }
  }

  long passed() {
    synchronized (lock) {
      return passed;
    }
  }

  /** Waits while bytes are delayed; not beyond the end of their connection. */
  void awaitDelay(BooleanSupplier isOver) {
    Duration delayed = delay();
    if (!delayed.isZero()) {
      Monitors.await(lock, delayed, () -> isOver.getAsBoolean() || !delay.equals(delayed));
    }
  }

  private Duration delay() {
    synchronized (lock) {
      return delay;
    }
  }

  /** Waits while nothing may pass; not beyond the end of the connection. */
  void awaitGo(BooleanSupplier isOver) {
    Monitors.await(lock, FOREVER, () -> isOver.getAsBoolean() || !isStalled);
  }

  /**
   * Waits until something may pass.
   *
   * @return how much; 0 when the connection is over
   */
  Admitted admit(int wanted, BooleanSupplier isOver) {
    synchronized (lock) {
      awaitGo(isOver);
      if (isOver.getAsBoolean()) {
        return new Admitted(0, null);
      }
      int most = Math.min(Math.min(wanted, segment), Math.max(1, perSecond / 20));
      int bytes = (int) Math.min(most, cutAt - admitted);
      admitted += bytes;
      return new Admitted(bytes, endingHere());
    }
  }

  private @Nullable Ending endingHere() {
    if (admitted < cutAt) {
      return null;
    }
    cutAt = NEVER;
    return cutHow;
  }

  void passed(int bytes) {
    change(() -> passed += bytes);
  }

  /** Waits as long as so many bytes take. */
  void awaitThrottle(int bytes, BooleanSupplier isOver) {
    int rate = rate();
    if (rate != Integer.MAX_VALUE) {
      Duration time = Duration.ofNanos(TimeUnit.SECONDS.toNanos(bytes) / rate);
      Monitors.await(lock, time, () -> isOver.getAsBoolean() || perSecond != rate);
    }
  }

  private int rate() {
    synchronized (lock) {
      return perSecond;
    }
  }

  @Override
  public String toString() {
    return String.valueOf(passed());
  }

  /** So much may pass, and then its connection may have to end. */
  record Admitted(int bytes, @Nullable Ending cut) {}
}
