package chat.talk;

import chat.talk.internal.Threads;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The system's clock, and one thread that ends when it has had nothing to do for a while. */
final class SystemScheduler implements Scheduler {
  static final SystemScheduler INSTANCE = new SystemScheduler();

  /** As much as counts in nanoseconds: 292 years. */
  private static final Duration MAX = Duration.ofNanos(Long.MAX_VALUE);

  private final ScheduledThreadPoolExecutor executor;

  private SystemScheduler() {
    executor = new ScheduledThreadPoolExecutor(1, Threads.daemons("talk-timer"));
    executor.setKeepAliveTime(Threads.KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    executor.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    Future<?> future = executor.schedule(task, nanos(delay), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  private static long nanos(Duration delay) {
    if (delay.isNegative()) {
      return 0;
    }
    return delay.compareTo(MAX) < 0 ? delay.toNanos() : Long.MAX_VALUE;
  }
}
