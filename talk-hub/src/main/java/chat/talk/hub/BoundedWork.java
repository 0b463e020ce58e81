package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;

/** Runs so many tasks at a time, in order, lets so many wait, and refuses the rest. */
final class BoundedWork implements AutoCloseable {
  private static final long KEEP_ALIVE_SECONDS = 5;

  private final int atOnce;
  private final int maxWaiting;
  private final @Nullable ExecutorService own;
  private final Executor executor;

  /** Guarded by this, as the two that follow. */
  private final Deque<Task<?>> waiting = new ArrayDeque<>();

  private int workers;
  private boolean closed;

  BoundedWork(String name, int atOnce, int maxWaiting, @Nullable Executor executor) {
    this.atOnce = atOnce;
    this.maxWaiting = maxWaiting;
    this.own = executor == null ? threads(name, atOnce) : null;
    this.executor = executor == null ? own : executor;
  }

  private static ExecutorService threads(String name, int count) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            count,
            count,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  <T> CompletableFuture<T> submit(Supplier<T> action) {
    Task<T> task = new Task<>(action, new CompletableFuture<>());
    synchronized (this) {
      if (closed || waiting.size() >= maxWaiting) {
        return CompletableFuture.failedFuture(refusal());
      }
      waiting.add(task);
      if (workers == atOnce) {
        return task.result;
      }
      workers++;
    }
    start(task);
    return task.result;
  }

  private void start(Task<?> task) {
    try {
      executor.execute(this::workOff);
    } catch (RejectedExecutionException e) {
      synchronized (this) {
        workers--;
        if (!waiting.remove(task)) {
          return; // Another worker has it.
        }
      }
      task.result.completeExceptionally(refusal());
    }
  }

  private void workOff() {
    for (Task<?> task = next(); task != null; task = next()) {
      task.run();
    }
  }

  private synchronized @Nullable Task<?> next() {
    @Nullable Task<?> next = waiting.poll();
    if (next == null) {
      workers--;
    }
    return next;
  }

  /** Fails what waits with CLOSED; what has begun is finished. */
  @Override
  public void close() {
    List<Task<?>> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(waiting);
      waiting.clear();
    }
    left.forEach(task -> task.result.completeExceptionally(refusal()));
    if (own != null) {
      own.shutdown();
    }
  }

  private synchronized ChatException refusal() {
    return closed
        ? new ChatException(Code.CLOSED, "the hub is closed")
        : new ChatException(Code.OVERLOADED, "too much waits already; try again later");
  }

  private record Task<T>(Supplier<T> action, CompletableFuture<T> result) {
    void run() {
      try {
        result.complete(action.get());
      } catch (RuntimeException | Error e) {
        result.completeExceptionally(ChatException.of(e));
      }
    }
  }
}
