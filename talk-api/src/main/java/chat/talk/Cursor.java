package chat.talk;

import chat.talk.internal.Failures;
import chat.talk.internal.Text;

/**
 * A place between two entries of a chat's log: all up to it has been read, what follows has not.
 *
 * <p>Applications keep a cursor and hand it back; they never compute one. Only a {@link Storage}
 * makes them: the <em>epoch</em> names one life of a log, and changes when a log loses its future
 * (a restored backup), so that a number from the lost future is not taken for a place in the new
 * one. Such a cursor, and one older than what a log retains, is answered with {@link Page#lost()},
 * never with silence.
 *
 * @param epoch which life of the log, 0 in {@link #START} and {@link #END} only
 * @param sequence the place of the entry before the cursor; entries are counted from 1
 */
public record Cursor(long epoch, long sequence) {
  /** Before the first entry of any chat. */
  public static final Cursor START = new Cursor(0, 0);

  /** After the newest entry of any chat, whichever that is when it is read. */
  public static final Cursor END = new Cursor(0, Long.MAX_VALUE);

  private static final int RADIX = 36;
  private static final int MAX_DIGITS = 13;

  /**
   * Checks the numbers.
   *
   * @throws ChatException with {@link ChatException.Code#INVALID} when one is negative
   */
  public Cursor {
    if (epoch < 0 || sequence < 0) {
      throw Failures.invalid("a cursor has no negative numbers: %d, %d", epoch, sequence);
    }
  }

  /**
   * Reads back what {@link #toString()} wrote.
   *
   * @param token the cursor as text
   * @return the cursor
   * @throws ChatException with {@link ChatException.Code#INVALID} when the text is no cursor
   */
  public static Cursor parse(String token) {
    int hyphen = token.indexOf('-');
    long epoch = number(token, 0, hyphen);
    long sequence = number(token, hyphen + 1, token.length());
    if (epoch < 0 || sequence < 0) {
      throw Failures.invalid("not a cursor: %s", Text.quote(token));
    }
    return new Cursor(epoch, sequence);
  }

  /** What digits and small letters stand for; less than 0 when it's none or too many of them. */
  private static long number(String token, int begin, int end) {
    if (end - begin < 1 || end - begin > MAX_DIGITS) {
      return -1;
    }
    long number = 0;
    for (int i = begin; i < end; i++) {
      char c = token.charAt(i);
      boolean isDigit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
      if (!isDigit || number > (Long.MAX_VALUE - Character.digit(c, RADIX)) / RADIX) {
        return -1;
      }
      number = RADIX * number + Character.digit(c, RADIX);
    }
    return number;
  }

  /** The cursor as an opaque token, safe in URLs and headers; {@link #parse} reads it back. */
  @Override
  public String toString() {
    return Long.toString(epoch, RADIX) + "-" + Long.toString(sequence, RADIX);
  }
}
