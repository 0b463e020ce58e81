package chat.talk.hub;

import chat.talk.MessageId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/** Makes ids that nobody guesses. Only the loop's. */
final class Ids {
  private static final int RADIX = 36;

  /** As many digits as a microsecond's number has until the year 6140. */
  private static final int TIME_DIGITS = 11;

  private final RandomGenerator random;
  private long last;

  Ids(RandomGenerator random) {
    this.random = random;
  }

  /** The later one is the greater, so that a storage keeps what is new in one place. */
  MessageId message(Instant now) {
    return MessageId.of("h-" + timed(now));
  }

  /** Likewise: whoever comes in is written beside who came just before. */
  String device(Instant now) {
    return "d-" + timed(now);
  }

  private String timed(Instant now) {
    last = Math.max(last + 1, ChronoUnit.MICROS.between(Instant.EPOCH, now));
    String time = Long.toString(last, RADIX);
    return "0".repeat(TIME_DIGITS - time.length()) + time + "-" + text();
  }

  /** 63 bits: a number with a sign takes ten times as long to write. */
  private String text() {
    return Long.toString(random.nextLong() >>> 1, RADIX);
  }
}
