package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.time.Duration;

/** Refuses what makes no sense, by the name of the parameter. */
final class Arguments {
  /** More than anybody means, and little enough to be added to any date that a clock shows. */
  static final Duration MAX_DURATION = Duration.ofDays(36_525);

  private Arguments() {}

  static int requireAtLeast(String name, int least, int value) {
    return (int) requireAtLeast(name, (long) least, (long) value);
  }

  static long requireAtLeast(String name, long least, long value) {
    if (value < least) {
      throw new ChatException(
          Code.INVALID, "%s is at least %d, but was %d".formatted(name, least, value));
    }
    return value;
  }

  static Duration requireSpan(String name, Duration span) {
    if (span.isZero() || span.isNegative() || span.compareTo(MAX_DURATION) > 0) {
      throw new ChatException(
          Code.INVALID,
          "%s is more than zero and at most %s, but was %s".formatted(name, MAX_DURATION, span));
    }
    return span;
  }
}
