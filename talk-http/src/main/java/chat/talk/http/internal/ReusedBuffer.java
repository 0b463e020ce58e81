package chat.talk.http.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import org.jetbrains.annotations.Nullable;

/**
 * A small buffer that a thread takes again and again, as what it writes has nearly always gone out
 * by the time that it writes more. Only for the thread that asks.
 */
final class ReusedBuffer {
  private static final int FIRST_CAPACITY = 1024;

  /** One that has grown beyond this is not kept: a connection that is stuck may hold it. */
  static final int MAX_CAPACITY = 8 * 1024;

  private static final FastThreadLocal<ReusedBuffer> OF_THREAD =
      new FastThreadLocal<>() {
        @Override
        protected ReusedBuffer initialValue() {
          return new ReusedBuffer();
        }

        @Override
        protected void onRemoval(ReusedBuffer buffer) {
          buffer.release();
        }
      };

  private @Nullable ByteBuf buffer;

  private ReusedBuffer() {}

  /**
   * An empty buffer that grows as it must; whoever asks releases it. It is the one of the time
   * before once that is released, and a new one until then.
   */
  static ByteBuf take(ByteBufAllocator alloc) {
    return OF_THREAD.get().empty(alloc).retain();
  }

  private ByteBuf empty(ByteBufAllocator alloc) {
    ByteBuf known = buffer;
    if (known != null && known.refCnt() == 1 && known.capacity() <= MAX_CAPACITY) {
      return known.clear();
    }
    release();
    ByteBuf made = alloc.directBuffer(FIRST_CAPACITY);
    buffer = made;
    return made;
  }

  private void release() {
    ByteBuf known = buffer;
    if (known != null) {
      buffer = null;
      known.release();
    }
  }
}
