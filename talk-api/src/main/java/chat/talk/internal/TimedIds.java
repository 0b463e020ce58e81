package chat.talk.internal;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Makes UUIDs of version 7, each greater than those before. */
public final class TimedIds {
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * How many parts a millisecond has: they take the 12 bits behind it (RFC 9562, 6.2, method 3).
   */
  private static final int PARTS_BITS = 12;

  private static final long PARTS_MASK = (1L << PARTS_BITS) - 1;
  private static final long MICROS_PER_MILLI = 1_000;
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long RANDOM_MASK = 0x3fff_ffff_ffff_ffffL;

  /** The last moment that was given away, in parts of a millisecond. */
  private static final AtomicLong LAST = new AtomicLong();

  private TimedIds() {}

  /** The next one. Nobody waits for anybody: a moment that is taken is followed by the next. */
  public static UUID next() {
    long now = parts(Instant.now());
    return of(LAST.accumulateAndGet(now, (last, mine) -> Math.max(last + 1, mine)));
  }

  private static long parts(Instant time) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
    long rest = micros % MICROS_PER_MILLI;
    return ((micros / MICROS_PER_MILLI) << PARTS_BITS) + (rest << PARTS_BITS) / MICROS_PER_MILLI;
  }

  private static UUID of(long parts) {
    long millis = parts >>> PARTS_BITS;
    long most = (millis << 16) | VERSION | (parts & PARTS_MASK);
    return new UUID(most, VARIANT | (RANDOM.nextLong() & RANDOM_MASK));
  }
}
