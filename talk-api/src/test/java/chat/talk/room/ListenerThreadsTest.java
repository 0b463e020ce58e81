package chat.talk.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ListenerThreadsTest {
  private final ListenerThreads threads =
      new ListenerThreads(2, TimeUnit.MILLISECONDS.toNanos(100));

  @Test
  void everyTaskIsRunOnceWhoeverBringsIt() throws InterruptedException {
    int count = 100_000;
    AtomicInteger run = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(4 * count);
    for (int i = 0; i < 4; i++) {
      daemon(
          () -> {
            for (int k = 0; k < count; k++) {
              threads.execute(
                  () -> {
                    run.incrementAndGet();
                    done.countDown();
                  });
            }
          });
    }
    await(done);
    assertThat(run).hasValue(4 * count);
  }

  @Test
  void tasksThatComeWhenThreadsAreAboutToEndAreRun() throws InterruptedException {
    ListenerThreads hasty = new ListenerThreads(2, 1);
    for (int i = 0; i < 2_000; i++) {
      CountDownLatch done = new CountDownLatch(1);
      hasty.execute(done::countDown);
      await(done);
    }
  }

  @Test
  void stuckTasksHoldTheirThreadsAndOthersAreRun() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch stuck = new CountDownLatch(300);
    for (int i = 0; i < 300; i++) {
      threads.execute(
          () -> {
            stuck.countDown();
            awaitQuietly(release);
          });
    }
    CountDownLatch done = new CountDownLatch(1);
    threads.execute(done::countDown);
    await(stuck);
    await(done);
    assertThat(threads.size()).isGreaterThanOrEqualTo(300);
    release.countDown();
    until(() -> threads.size() == 0);
  }

  @Test
  void surplusThreadsEndThoughThereIsWorkAllTheTime() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch stuck = new CountDownLatch(50);
    for (int i = 0; i < 50; i++) {
      threads.execute(
          () -> {
            stuck.countDown();
            awaitQuietly(release);
          });
    }
    await(stuck);
    release.countDown();
    AtomicBoolean isOver = new AtomicBoolean();
    again(isOver);
    until(() -> threads.size() < 25);
    isOver.set(true);
    until(() -> threads.size() == 0);
  }

  private void again(AtomicBoolean isOver) {
    if (!isOver.get()) {
      threads.execute(() -> again(isOver));
    }
  }

  @Test
  void threadsEndWhenThereIsNothingToDo() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    threads.execute(done::countDown);
    await(done);
    until(() -> threads.size() == 0);
  }

  @Test
  void taskThatThrowsHarmsNobody() throws InterruptedException {
    ListenerThreads single = new ListenerThreads(1, TimeUnit.SECONDS.toNanos(10));
    CountDownLatch done = new CountDownLatch(1);
    single.execute(
        () -> {
          throw new IllegalStateException("as the test wants it");
        });
    single.execute(done::countDown);
    await(done);
  }

  @Test
  void interruptOfOneTaskIsNotSeenByTheNext() throws InterruptedException {
    ListenerThreads single = new ListenerThreads(1, TimeUnit.SECONDS.toNanos(10));
    AtomicBoolean interrupted = new AtomicBoolean(true);
    CountDownLatch done = new CountDownLatch(1);
    single.execute(() -> Thread.currentThread().interrupt());
    single.execute(
        () -> {
          interrupted.set(Thread.currentThread().isInterrupted());
          done.countDown();
        });
    await(done);
    assertThat(interrupted).isFalse();
  }

  @Test
  void interruptOfAThreadWithoutWorkMakesItNotSpin() throws InterruptedException {
    ListenerThreads single = new ListenerThreads(1, TimeUnit.SECONDS.toNanos(60));
    AtomicReference<Thread> worker = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(1);
    single.execute(
        () -> {
          worker.set(Thread.currentThread());
          done.countDown();
        });
    await(done);
    until(() -> worker.get().getState() == Thread.State.TIMED_WAITING);
    worker.get().interrupt();
    until(() -> !worker.get().isInterrupted());
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "background");
    thread.setDaemon(true);
    thread.start();
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(30, TimeUnit.SECONDS)).as("it was run").isTrue();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it became true in time").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }
}
