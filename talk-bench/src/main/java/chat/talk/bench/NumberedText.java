package chat.talk.bench;

import java.nio.charset.StandardCharsets;

/**
 * A message's text that tells where it belongs: eight signs that stand nowhere else, eight digits
 * for who sends it, eight digits for its number among what he sends, and letters.
 */
final class NumberedText {
  static final byte SIGN = '#';
  static final long SIGNS = 0x2323232323232323L;
  static final int DIGITS = 8;
  static final int MARK_LENGTH = 3 * DIGITS;

  private NumberedText() {}

  /** The text of a stream's first message. */
  static String of(int stream, int length) {
    StringBuilder text = new StringBuilder("########");
    text.append(String.format("%08d", stream)).append("00000000");
    for (int i = text.length(); i < length; i++) {
      text.append((char) ('a' + i % 26));
    }
    return text.toString();
  }

  static byte[] bytes(int length) {
    return of(0, length).getBytes(StandardCharsets.US_ASCII);
  }

  static void write(int number, byte[] into, int at) {
    int rest = number;
    for (int i = at + DIGITS - 1; i >= at; i--) {
      into[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** The value of eight digits, the first one lowest: pairs, then fours, then all. */
  static int number(long digits) {
    long pairs = ((digits & 0x0F0F0F0F0F0F0F0FL) * 2561) >>> 8;
    long fours = ((pairs & 0x00FF00FF00FF00FFL) * 6_553_601) >>> 16;
    return (int) (((fours & 0x0000FFFF0000FFFFL) * 42_949_672_960_001L) >>> 32);
  }
}
