package chat.talk.jdbc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** How many rows there are, and a sum over all that is in them; their order doesn't matter. */
final class Tally {
  private static final byte[] NULL = {0};
  private static final byte NUMBER = 1;
  private static final byte TEXT = 2;

  private long rows;
  private long sum;

  void add(Object[] row) {
    CRC32C crc = new CRC32C();
    for (Object value : row) {
      add(crc, value);
    }
    rows++;
    sum += crc.getValue();
  }

  private static void add(CRC32C crc, Object value) {
    if (value == null) {
      crc.update(NULL);
    } else if (value instanceof Long number) {
      add(crc, NUMBER, number);
    } else {
      byte[] text = ((String) value).getBytes(StandardCharsets.UTF_8);
      add(crc, TEXT, text.length);
      crc.update(text);
    }
  }

  private static void add(CRC32C crc, byte kind, long number) {
    crc.update(ByteBuffer.allocate(1 + Long.BYTES).put(kind).putLong(number).flip());
  }

  Total total() {
    return new Total(rows, sum);
  }

  /** What was counted. */
  record Total(long rows, long checksum) {}
}
