package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import chat.talk.ChatException;
import chat.talk.Envelope;
import chat.talk.MessageId;
import chat.talk.UserName;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what comes of a call, within a bound. */
final class Outcomes {
  private static final long SECONDS = 15;

  private Outcomes() {}

  static <T> T of(CompletableFuture<T> future) {
    try {
      return future.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new AssertionError("expected success, but was: " + e.getCause(), e);
    }
  }

  static ChatException failure(CompletableFuture<?> future) {
    try {
      return fail("expected a failure, but was: " + future.get(SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(ChatException.class);
      return (ChatException) e.getCause();
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError("expected a failure, but nothing came", e);
    }
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail("waited in vain for: " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  static Envelope message(String id, String text) {
    return new Envelope(MessageId.of(id), UserName.of("alice"), UserName.of("bob"), text);
  }
}
