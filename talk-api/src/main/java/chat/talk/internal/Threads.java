package chat.talk.internal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of clients: daemons with names, which end when there is nothing to do. */
public final class Threads {
  public static final long KEEP_ALIVE_SECONDS = 5;

  /** Callbacks that wait for each other are given more threads, up to this many. */
  private static final int MAX_CALLBACK_THREADS = 256;

  private Threads() {}

  public static ThreadFactory daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Runs one task after the other. */
  public static ExecutorService serial(String name) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1, 1, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /**
   * Runs what users hang on futures. A fork-join pool, because a callback that joins another future
   * then gets a spare thread instead of a deadlock.
   */
  static ExecutorService callbacks(String name) {
    AtomicInteger count = new AtomicInteger();
    return new ForkJoinPool(
        1,
        pool -> {
          ForkJoinWorkerThread thread =
              ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
          thread.setName(name + "-" + count.incrementAndGet());
          return thread;
        },
        null,
        true,
        0,
        MAX_CALLBACK_THREADS,
        1,
        pool -> true,
        KEEP_ALIVE_SECONDS,
        TimeUnit.SECONDS);
  }
}
