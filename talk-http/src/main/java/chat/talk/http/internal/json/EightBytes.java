package chat.talk.http.internal.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for characters of ASCII in UTF-8, eight bytes at a time. What is found has the highest bit
 * of its byte set, the first one in the lowest byte; in bytes above that one it may be set in vain.
 */
final class EightBytes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** In each of eight bytes the lowest bit, and the highest. */
  private static final long ONES = 0x0101010101010101L;

  private static final long TOPS = ONES << 7;

  private EightBytes() {}

  static long at(byte[] bytes, int index) {
    return (long) LONG.get(bytes, index);
  }

  /** What cannot stand in a JSON string as it is: controls, quotation marks and backslashes. */
  static long specials(long eight) {
    long controls = (eight - ONES * ' ') & ~eight & TOPS;
    return controls | equal(eight, '"') | equal(eight, '\\');
  }

  static long equal(long eight, int wanted) {
    long differing = eight ^ (ONES * wanted);
    return (differing - ONES) & ~differing & TOPS;
  }

  /** Which of the eight bytes was found first. */
  static int first(long found) {
    return Long.numberOfTrailingZeros(found) / Byte.SIZE;
  }
}
