package chat.talk.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting on monitors. */
final class Monitors {
  private Monitors() {}

  /** Waits until it is so, and says whether it is; whoever changes it notifies the lock. */
  static boolean await(Object lock, Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    synchronized (lock) {
      for (long left = limit.toNanos(); !condition.getAsBoolean(); left = end - System.nanoTime()) {
        if (left <= 0) {
          return false;
        }
        try {
          TimeUnit.NANOSECONDS.timedWait(lock, Math.max(left, 1_000_000));
        } catch (InterruptedException e) {
          throw Await.interrupted(e);
        }
      }
    }
    return true;
  }
}
