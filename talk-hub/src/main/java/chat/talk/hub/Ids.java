package chat.talk.hub;

import chat.talk.MessageId;
import java.util.random.RandomGenerator;

/** Makes ids that nobody guesses. Only the loop's. */
final class Ids {
  private static final int RADIX = 36;

  private final RandomGenerator random;

  Ids(RandomGenerator random) {
    this.random = random;
  }

  MessageId message() {
    return MessageId.of("h-" + text());
  }

  String device() {
    return "d-" + text();
  }

  private String text() {
    return Long.toUnsignedString(random.nextLong(), RADIX)
        + Long.toUnsignedString(random.nextLong(), RADIX);
  }
}
