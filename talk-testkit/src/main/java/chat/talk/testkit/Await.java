package chat.talk.testkit;

import chat.talk.ChatException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;

/** Waiting that ends. May be used by any thread. */
public final class Await {
  /** Long enough for a machine that is busy with something else. */
  static final Duration LIMIT = Duration.ofSeconds(20);

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private Await() {}

  /** The result, or the failure as it was meant: without what a future wraps it in. */
  static <T> T result(CompletableFuture<T> future) {
    return result(LIMIT, future);
  }

  static <T> T result(Duration limit, CompletableFuture<T> future) {
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | CancellationException e) {
      throw ChatException.of(e);
    } catch (TimeoutException e) {
      throw new AssertionError("a future did not complete within " + limit, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** The failure, or null when there was none. */
  static @Nullable ChatException failure(CompletableFuture<?> future) {
    try {
      result(future);
      return null;
    } catch (ChatException e) {
      return e;
    }
  }

  /** The failure's kind, or null when there was none. */
  static ChatException.@Nullable Code code(CompletableFuture<?> future) {
    ChatException failure = failure(future);
    return failure == null ? null : failure.code();
  }

  static void latch(String what, CountDownLatch latch) {
    try {
      if (!latch.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("waited " + LIMIT + " for: " + what);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Waits until something is so, 20 s at most.
   *
   * @param what it is, for the failure
   * @param condition asked again and again, on this thread
   * @throws AssertionError when it isn't so in that time, or this thread is interrupted
   */
  public static void until(String what, BooleanSupplier condition) {
    until(LIMIT, () -> what, condition);
  }

  static void until(Duration limit, Supplier<String> what, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        throw new AssertionError("waited " + limit + " for: " + what.get());
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  static AssertionError interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new AssertionError("interrupted while waiting", cause);
  }
}
