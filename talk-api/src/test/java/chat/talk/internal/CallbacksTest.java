package chat.talk.internal;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CallbacksTest {
  private static final int ROUNDS = 10_000;
  private static final int FUTURES = 20;

  @Test
  void everyFutureCompletesWhenTheThreadsEnd() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Callbacks callbacks = new Callbacks("talk-test-callback");
      CompletableFuture<?>[] futures = new CompletableFuture<?>[FUTURES];
      for (int i = 0; i < FUTURES; i++) {
        futures[i] = callbacks.future(CompletableFuture.completedFuture(i));
        spin(round % 100 * 3);
      }
      callbacks.shutdown();
      CompletableFuture.allOf(futures).get(20, TimeUnit.SECONDS);
    }
  }

  /** Lets the pool's thread come to another place. */
  private static void spin(int times) {
    for (int i = 0; i < times; i++) {
      Thread.onSpinWait();
    }
  }

  @Test
  void futureOfAThreadThatEndedCompletesWhereItIs() {
    Callbacks callbacks = new Callbacks("talk-test-callback");
    callbacks.shutdown();
    callbacks.shutdown();
    assertThat(callbacks.future(CompletableFuture.completedFuture("x"))).isCompletedWithValue("x");
  }

  @Test
  void failureIsToldInTalksTerms() {
    Callbacks callbacks = new Callbacks("talk-test-callback");
    CompletableFuture<Object> failed =
        callbacks.future(
            CompletableFuture.failedFuture(new CompletionException(Failures.closed("it"))));
    assertThat(failed)
        .failsWithin(20, TimeUnit.SECONDS)
        .withThrowableOfType(ExecutionException.class)
        .havingCause()
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.code()).isEqualTo(Code.CLOSED));
    callbacks.shutdown();
  }
}
