package chat.talk.jdbc;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as databases keep them: microseconds since 1970, which reach 292,000 years each way. */
final class Micros {
  private static final long PER_SECOND = 1_000_000;
  private static final long NANOS = 1000;
  private static final Instant FIRST = instant(Long.MIN_VALUE);
  private static final Instant LAST = instant(Long.MAX_VALUE);

  private Micros() {}

  /** What is finer is dropped, and what is out of reach is as far as it goes. */
  static long of(Instant time) {
    if (time.isAfter(LAST)) {
      return Long.MAX_VALUE;
    }
    return time.isBefore(FIRST) ? Long.MIN_VALUE : floor(time);
  }

  /** Before 1970 from the second's end: its beginning may be out of reach. */
  private static long floor(Instant time) {
    long micros = time.getNano() / NANOS;
    return time.getEpochSecond() < 0
        ? (time.getEpochSecond() + 1) * PER_SECOND + (micros - PER_SECOND)
        : time.getEpochSecond() * PER_SECOND + micros;
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
