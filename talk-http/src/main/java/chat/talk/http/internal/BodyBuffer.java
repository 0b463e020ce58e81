package chat.talk.http.internal;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Collects a body. It grows with what really comes, not with what the client announces. */
final class BodyBuffer {
  private static final byte[] EMPTY = {};
  private static final int MAX_ADVANCE = 8 * 1024;

  private final int limit;
  private byte[] bytes;
  private int size;

  /**
   * A buffer.
   *
   * @param limit the most bytes it takes
   * @param announced how many the client says will come, negative when it does not say
   */
  BodyBuffer(int limit, long announced) {
    this.limit = limit;
    int advance = (int) Math.min(Math.max(announced, 0), Math.min(limit, MAX_ADVANCE));
    this.bytes = advance == 0 ? EMPTY : new byte[advance];
  }

  /**
   * Takes all that is readable.
   *
   * @throws Refusal with 413 when that is too much
   */
  void add(ByteBuf content) {
    int count = content.readableBytes();
    if (count > limit - size) {
      throw Refusal.tooLarge(limit);
    }
    reserve(size + count);
    content.readBytes(bytes, size, count);
    size += count;
  }

  private void reserve(int needed) {
    if (needed > bytes.length) {
      long doubled = Math.max(needed, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, limit));
    }
  }

  byte[] toByteArray() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }
}
