package chat.talk.hub;

import chat.talk.testkit.HubSimulation;
import chat.talk.testkit.Simulation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Thousands of bad days. {@code -Dtalk.simulation.seed=N} replays one of them, {@code
 * -Dtalk.simulation.seeds=N} asks for another number, {@code -Dtalk.simulation.base=N} for others
 * than a build takes.
 */
final class HubSimulationTest {
  private static final String SEEDS_PROPERTY = "talk.simulation.seeds";
  private static final String BASE_PROPERTY = "talk.simulation.base";
  private static final int SEEDS = 2_500;
  private static final int THREADS = 2;

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void allGuaranteesHoldOnBadDays() {
    Long seed = Long.getLong(Simulation.SEED_PROPERTY);
    if (seed != null) {
      HubSimulation.of(seed, new Engines()).run();
    } else {
      long base = Long.getLong(BASE_PROPERTY, 0);
      int count = Integer.getInteger(SEEDS_PROPERTY, SEEDS);
      System.out.println("Simulating " + count + " seeds from " + base);
      run(base, count);
    }
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
        HubSimulation.of(seed, new Engines()).run();
      } catch (RuntimeException | Error e) {
        failed.set(true);
        throw e;
      }
    }
  }
}
