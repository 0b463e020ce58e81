package chat.talk;

import java.time.Duration;
import java.time.Instant;

/**
 * What the time is, and what to do later: everything in Talk that depends on time asks this, so
 * that a test can be its master ({@code SettableClock} in talk-testkit).
 */
public interface Scheduler {
  /**
   * The time.
   *
   * @return now
   */
  Instant now();

  /**
   * Runs a task once, later.
   *
   * @param delay how much later; at once when zero or negative
   * @param task must not block: it shares its thread with all others
   * @return a handle to call it off
   */
  Cancellable after(Duration delay, Runnable task);

  /**
   * The system's clock and one daemon thread, which ends when nothing is left to do.
   *
   * @return the same one at each call
   */
  static Scheduler system() {
    return SystemScheduler.INSTANCE;
  }

  /** A task that may be called off. */
  @FunctionalInterface
  interface Cancellable {
    /** Calls the task off, unless it has begun. Twice does nothing. */
    void cancel();
  }
}
