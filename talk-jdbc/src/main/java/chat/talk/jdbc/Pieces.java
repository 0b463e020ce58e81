package chat.talk.jdbc;

import java.nio.ByteBuffer;

/**
 * Parts of buffers to read into and to write from: a channel copies a buffer on the heap whole,
 * into memory that its thread keeps.
 */
final class Pieces {
  private static final int SIZE = 1 << 16;

  private Pieces() {}

  /** What comes first of a buffer's remaining bytes; the buffer's own position stays. */
  static ByteBuffer first(ByteBuffer buffer, long max) {
    int size = (int) Math.min(Math.min(buffer.remaining(), max), SIZE);
    return buffer.slice(buffer.position(), size);
  }
}
