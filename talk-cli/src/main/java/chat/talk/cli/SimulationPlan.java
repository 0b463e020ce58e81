package chat.talk.cli;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jetbrains.annotations.Nullable;

/**
 * How much is emulated.
 *
 * @param clients how many users
 * @param rate what they do in a second, all together
 * @param length for how long
 * @param seed decides who does what
 */
record SimulationPlan(int clients, double rate, Duration length, long seed) {
  private static final int MOST_CLIENTS = 100_000;
  private static final double MOST_RATE = 1_000_000;

  /**
   * A plan.
   *
   * @param seed a new one when it is null
   * @throws Failure when it can't be
   */
  static SimulationPlan of(int clients, double rate, Duration length, @Nullable Long seed) {
    require(clients >= 2 && clients <= MOST_CLIENTS, "--clients is 2 to 100000");
    require(rate > 0 && rate <= MOST_RATE, "--rate is more than 0 and up to 1000000");
    long given = seed == null ? ThreadLocalRandom.current().nextLong(1_000_000) : seed;
    return new SimulationPlan(clients, rate, length, given);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new Failure(ExitCode.USAGE, rule);
    }
  }

  /** How much is to be done by now. */
  long due(Duration sinceStart) {
    Duration counted = sinceStart.compareTo(length) < 0 ? sinceStart : length;
    return (long) (counted.toNanos() / 1e9 * rate);
  }
}
