package chat.talk.hub;

import chat.talk.Scheduler;
import chat.talk.room.Hub;
import chat.talk.room.HubStorage;
import chat.talk.testkit.HubSimulation;
import chat.talk.testkit.Simulation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Thousands of bad days. {@code -Dtalk.simulation.seed=N} replays one of them, {@code
 * -Dtalk.simulation.seeds=N} asks for another number.
 */
final class HubSimulationTest {
  private static final String SEEDS_PROPERTY = "talk.simulation.seeds";
  private static final int SEEDS = 5_000;
  private static final int THREADS = 2;

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void allGuaranteesHoldOnBadDays() {
    Long seed = Long.getLong(Simulation.SEED_PROPERTY);
    if (seed != null) {
      HubSimulation.of(seed, HubSimulationTest::open).run();
    } else {
      long base = System.currentTimeMillis() * 1_000;
      int count = Integer.getInteger(SEEDS_PROPERTY, SEEDS);
      System.out.println("Simulating " + count + " seeds from " + base);
      run(base, count);
    }
  }

  private static Hub open(
      HubStorage storage, Scheduler scheduler, Executor executor, RandomGenerator random) {
    return HubEngine.builder(storage).scheduler(scheduler).executor(executor).random(random).open();
  }

  private static void run(long base, int count) {
    AtomicLong next = new AtomicLong(base);
    AtomicBoolean failed = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CompletableFuture<?>[] all =
          Stream.generate(
                  () -> CompletableFuture.runAsync(() -> work(next, base + count, failed), threads))
              .limit(THREADS)
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(all).join();
    } finally {
      threads.shutdown();
    }
  }

  private static void work(AtomicLong next, long end, AtomicBoolean failed) {
    for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
      if (failed.get()) {
        return;
      }
      try {
        HubSimulation.of(seed, HubSimulationTest::open).run();
      } catch (RuntimeException | Error e) {
        failed.set(true);
        throw e;
      }
    }
  }
}
