package chat.talk.hub;

import chat.talk.Scheduler;
import chat.talk.Scheduler.Cancellable;
import java.time.Duration;
import java.time.Instant;
import org.jetbrains.annotations.Nullable;

/**
 * One timer, for the earliest of the times that it is set to. After it has rung it is silent until
 * it is {@linkplain #rearm set anew} by whoever has done what was due.
 */
final class Alarm {
  /** A clock may not reach further: whoever is woken looks at the time. */
  private static final Duration FARTHEST = Duration.ofDays(1);

  private final Scheduler scheduler;
  private final Runnable task;

  /** Guarded by this, as what follows. Null when it is not set; nothing is earlier once it rang. */
  private @Nullable Instant at;

  private @Nullable Cancellable timer;

  /** Counts the timers, so that one that comes too late to be cancelled is known. */
  private long number;

  private boolean stopped;

  Alarm(Scheduler scheduler, Runnable task) {
    this.scheduler = scheduler;
    this.task = task;
  }

  /** Rings at this time or before. */
  synchronized void set(Instant time) {
    if (!stopped && (at == null || time.isBefore(at))) {
      cancel();
      at = time;
      start(time);
    }
  }

  /** What was due is done; rings when the next is, null when there is none. */
  synchronized void rearm(@Nullable Instant next) {
    cancel();
    at = null;
    if (next != null) {
      set(next);
    }
  }

  /** Rings no more. */
  synchronized void stop() {
    stopped = true;
    cancel();
  }

  private void start(Instant time) {
    Instant now = scheduler.now();
    Instant last = now.plus(FARTHEST);
    Duration delay = Duration.between(now, time.isBefore(last) ? time : last);
    long mine = ++number;
    timer = scheduler.after(delay.isNegative() ? Duration.ZERO : delay, () -> ring(mine));
  }

  private void cancel() {
    number++;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void ring(long mine) {
    synchronized (this) {
      if (stopped || mine != number) {
        return;
      }
      timer = null;
      at = Instant.MIN;
    }
    task.run();
  }
}
