package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class BoundedWorkTest {
  private final Deque<Runnable> turns = new ArrayDeque<>();

  @Test
  void tasksRunInOrder() {
    List<Integer> ran = new ArrayList<>();
    try (BoundedWork work = new BoundedWork("test", 2, 8, turns::add)) {
      for (int i = 0; i < 8; i++) {
        int number = i;
        work.submit(() -> ran.add(number));
      }
      runTurns();
    }
    assertThat(ran).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void noMoreTurnsAreTakenThanMayRunAtOnce() {
    try (BoundedWork work = new BoundedWork("test", 2, 8, turns::add)) {
      for (int i = 0; i < 8; i++) {
        work.submit(() -> "");
      }
      assertThat(turns).hasSize(2);
      runTurns();
      work.submit(() -> "");
      assertThat(turns).hasSize(1);
    }
  }

  @Test
  void whatDoesNotFitIsOverloadedAndFitsLater() {
    try (BoundedWork work = new BoundedWork("test", 1, 2, turns::add)) {
      CompletableFuture<String> first = work.submit(() -> "first");
      work.submit(() -> "second");
      assertThat(code(work.submit(() -> "third"))).isEqualTo(Code.OVERLOADED);
      runTurns();
      assertThat(first).isCompletedWithValue("first");
      CompletableFuture<String> again = work.submit(() -> "third");
      runTurns();
      assertThat(again).isCompletedWithValue("third");
    }
  }

  @Test
  void taskThatThrowsFailsAloneAsAChatException() {
    try (BoundedWork work = new BoundedWork("test", 1, 8, turns::add)) {
      CompletableFuture<String> broken =
          work.submit(
              () -> {
                throw new IllegalStateException("planned");
              });
      CompletableFuture<String> next = work.submit(() -> "next");
      runTurns();
      assertThat(code(broken)).isEqualTo(Code.INTERNAL);
      assertThat(next).isCompletedWithValue("next");
    }
  }

  @Test
  void closeFailsWhatWaitsAndWhatComesLater() {
    BoundedWork work = new BoundedWork("test", 1, 8, turns::add);
    CompletableFuture<String> waiting = work.submit(() -> "never");
    work.close();
    work.close();
    assertThat(code(waiting)).isEqualTo(Code.CLOSED);
    assertThat(code(work.submit(() -> "later"))).isEqualTo(Code.CLOSED);
    runTurns();
  }

  @Test
  void executorThatRefusesIsOverloadedAndTriedAgain() {
    AtomicInteger calls = new AtomicInteger();
    try (BoundedWork work =
        new BoundedWork(
            "test",
            1,
            8,
            turn -> {
              if (calls.getAndIncrement() == 0) {
                throw new RejectedExecutionException("planned");
              }
              turn.run();
            })) {
      assertThat(code(work.submit(() -> "first"))).isEqualTo(Code.OVERLOADED);
      assertThat(work.submit(() -> "second")).isCompletedWithValue("second");
    }
  }

  @Test
  void threadsOfItsOwnAreAsManyAsMayRunAtOnceAndNamed() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<CompletableFuture<String>> results = new ArrayList<>();
    try (BoundedWork work = new BoundedWork("test-work", 2, 64, null)) {
      for (int i = 0; i < 20; i++) {
        results.add(
            work.submit(
                () -> {
                  most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                  running.countDown();
                  await(release);
                  atOnce.decrementAndGet();
                  return Thread.currentThread().getName();
                }));
      }
      await(running);
      release.countDown();
      for (CompletableFuture<String> result : results) {
        assertThat(result.orTimeout(20, TimeUnit.SECONDS).join()).matches("test-work-[12]");
      }
    }
    assertThat(most).hasValue(2);
  }

  @Test
  void closeLetsFinishWhatHasBegun() {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    BoundedWork work = new BoundedWork("test-work", 1, 8, null);
    CompletableFuture<String> begun =
        work.submit(
            () -> {
              running.countDown();
              await(release);
              return "done";
            });
    await(running);
    CompletableFuture<String> waiting = work.submit(() -> "never");
    work.close();
    assertThat(code(waiting)).isEqualTo(Code.CLOSED);
    assertThat(begun).isNotDone();
    release.countDown();
    assertThat(begun.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo("done");
  }

  private void runTurns() {
    for (Runnable turn = turns.poll(); turn != null; turn = turns.poll()) {
      turn.run();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Code code(CompletableFuture<?> failed) {
    assertThat(failed).isCompletedExceptionally();
    return ChatException.of(failed.handle((value, thrown) -> thrown).join()).code();
  }
}
