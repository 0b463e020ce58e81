package chat.talk.http.internal.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Writes times as {@link Instant#toString} does, into bytes: each entry has one. */
final class TimeText {
  /** The most that a time takes. */
  static final int MAX_LENGTH = Instant.MIN.toString().length() + ".123456789".length();

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant AFTER_LAST = Instant.parse("+10000-01-01T00:00:00Z");

  private TimeText() {}

  /** Writes a time from an index on, and tells where it ends. */
  static int put(Instant time, byte[] into, int at) {
    if (time.isBefore(FIRST) || !time.isBefore(AFTER_LAST)) {
      byte[] text = time.toString().getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(text, 0, into, at, text.length);
      return at + text.length;
    }
    LocalDateTime parts = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
    int end = putDigits(parts.getYear(), 4, into, at);
    end = putPart('-', parts.getMonthValue(), into, end);
    end = putPart('-', parts.getDayOfMonth(), into, end);
    end = putPart('T', parts.getHour(), into, end);
    end = putPart(':', parts.getMinute(), into, end);
    end = putPart(':', parts.getSecond(), into, end);
    end = putFraction(time.getNano(), into, end);
    into[end] = 'Z';
    return end + 1;
  }

  private static int putPart(char mark, int number, byte[] into, int at) {
    into[at] = (byte) mark;
    return putDigits(number, 2, into, at + 1);
  }

  /** Thousandths, millionths, billionths, as many as it takes; nothing when it is zero. */
  private static int putFraction(int nanos, byte[] into, int at) {
    if (nanos == 0) {
      return at;
    }
    into[at] = '.';
    if (nanos % 1_000_000 == 0) {
      return putDigits(nanos / 1_000_000, 3, into, at + 1);
    }
    return nanos % 1_000 == 0
        ? putDigits(nanos / 1_000, 6, into, at + 1)
        : putDigits(nanos, 9, into, at + 1);
  }

  private static int putDigits(int number, int length, byte[] into, int at) {
    int rest = number;
    for (int i = at + length - 1; i >= at; i--) {
      into[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return at + length;
  }
}
