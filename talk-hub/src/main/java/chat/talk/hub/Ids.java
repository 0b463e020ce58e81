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
    last = Math.max(last + 1, ChronoUnit.MICROS.between(Instant.EPOCH, now));
    String time = Long.toString(last, RADIX);
    return MessageId.of("h-" + "0".repeat(TIME_DIGITS - time.length()) + time + "-" + text());
  }

  String device() {
    return "d-" + text() + text();
  }

  private String text() {
    return Long.toUnsignedString(random.nextLong(), RADIX);
  }
}
