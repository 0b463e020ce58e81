package chat.talk.http.internal;

import chat.talk.http.WebSocketText;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import org.jetbrains.annotations.Nullable;

/**
 * Large frames that went out lately, where the system can take them from: copied there once for all
 * connections of a thread, not once for each. Only for the thread that asks.
 */
final class SharedFrames {
  /** What is smaller is copied as fast as a write of its own is arranged. */
  static final int LEAST_BYTES = 8 * 1024;

  private static final int MOST_BYTES = 256 * 1024;

  /**
   * Readers of one chat go through its frames about side by side, each through all that are new to
   * him before the next: with fewer than those, each frame would be copied for each reader.
   */
  private static final int SLOTS = 64;

  /** The most that all take together. */
  static final int MOST_BYTES_IN_ALL = 2 * 1024 * 1024;

  private static final FastThreadLocal<SharedFrames> OF_THREAD =
      new FastThreadLocal<>() {
        @Override
        protected SharedFrames initialValue() {
          return new SharedFrames();
        }

        @Override
        protected void onRemoval(SharedFrames frames) {
          frames.release();
        }
      };

  private final @Nullable WebSocketText[] texts = new WebSocketText[SLOTS];
  private final @Nullable ByteBuf[] frames = new ByteBuf[SLOTS];

  /** Where the newest is; the older ones are before it. */
  private int newest;

  private int bytesInAll;

  private SharedFrames() {}

  /** Whether a frame of so many bytes is to be shared. */
  static boolean areFor(int bytes) {
    return bytes >= LEAST_BYTES && bytes <= MOST_BYTES;
  }

  /** The frame of a text; whoever asks releases what he gets. */
  static ByteBuf of(WebSocketText text, ByteBufAllocator alloc) {
    return OF_THREAD.get().frame(text, alloc).retainedDuplicate();
  }

  @SuppressWarnings("ReferenceEquality")
  private ByteBuf frame(WebSocketText text, ByteBufAllocator alloc) {
    for (int i = 0; i < SLOTS; i++) {
      ByteBuf known = frames[i];
      if (known != null && texts[i] == text) {
        return known;
      }
    }
    byte[] bytes = text.frame();
    makeRoom(bytes.length);
    // As large as the frame: TLS appends what follows to a buffer that has room.
    ByteBuf made = alloc.directBuffer(bytes.length, bytes.length).writeBytes(bytes);
    newest = next(newest);
    texts[newest] = text;
    frames[newest] = made;
    bytesInAll += bytes.length;
    return made;
  }

  /** Lets the oldest go, until there is a slot, and so many bytes are left. */
  private void makeRoom(int bytes) {
    int oldest = next(newest);
    release(oldest);
    while (bytesInAll + bytes > MOST_BYTES_IN_ALL) {
      oldest = next(oldest);
      release(oldest);
    }
  }

  private static int next(int slot) {
    return (slot + 1) % SLOTS;
  }

  private void release() {
    for (int i = 0; i < SLOTS; i++) {
      release(i);
    }
  }

  private void release(int slot) {
    ByteBuf frame = frames[slot];
    if (frame != null) {
      bytesInAll -= frame.readableBytes();
      frames[slot] = null;
      texts[slot] = null;
      frame.release();
    }
  }
}
