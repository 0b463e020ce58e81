package chat.talk.http.internal;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Collects a body. It grows with what really comes, not with what the client announces. For the
 * channel's thread.
 */
final class BodyBuffer {
  private static final byte[] EMPTY = {};
  private static final int MAX_ADVANCE = 8 * 1024;

  private final int limit;
  private final int advance;
  private final Budget.Share share;
  private byte[] bytes;
  private int size;

  /**
   * A buffer.
   *
   * @param limit the most bytes it takes
   * @param announced how many the client says will come, negative when it does not say
   * @param share what is held counts here
   */
  BodyBuffer(int limit, long announced, Budget.Share share) {
    this.limit = limit;
    this.advance = (int) Math.min(Math.max(announced, 0), Math.min(limit, MAX_ADVANCE));
    this.share = share;
    this.bytes = EMPTY;
  }

  /**
   * Takes all that is readable.
   *
   * @throws Refusal with 413 when that is too much for a body, 503 when it is for the server
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
      long doubled = Math.max(Math.max(needed, advance), 2L * bytes.length);
      int capacity = (int) Math.min(doubled, limit);
      if (!share.set(capacity)) {
        throw Refusal.overloaded();
      }
      bytes = Arrays.copyOf(bytes, capacity);
    }
  }

  /** Counts no longer. */
  void release() {
    share.release();
  }

  byte[] toByteArray() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }
}
