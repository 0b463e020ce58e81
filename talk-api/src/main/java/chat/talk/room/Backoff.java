package chat.talk.room;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before another attempt: any time up to a limit that doubles with each failure,
 * so that those who failed together don't come back together.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(100);
  static final Duration MAX = Duration.ofSeconds(10);

  /** Enough doublings to reach the longest. */
  private static final int DOUBLINGS = 7;

  private final RandomGenerator random;
  private int failures;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  Duration next() {
    long limit = FIRST.toNanos() << failures;
    failures = Math.min(failures + 1, DOUBLINGS);
    return Duration.ofNanos(random.nextLong(Math.min(limit, MAX.toNanos()) + 1));
  }

  void reset() {
    failures = 0;
  }
}
