package chat.talk.http.internal;

import chat.talk.http.WebSocketText;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbrains.annotations.Nullable;

/**
 * What goes out of a WebSocket, in the order in which any threads put it in. It moves on to the
 * channel at the next opportunity; what piles up does so in the channel, where it is counted.
 *
 * <p>Small messages of one turn are written behind each other into one buffer: a write for each
 * would cost more than the copy. Large ones {@linkplain SharedFrames are shared}.
 */
final class Outbox {
  /** A client that leaves more than this unread is cut off. */
  private static final long MAX_UNSENT = 16L * 1024 * 1024;

  private static final int MAX_GATHERED = 32 * 1024;

  private final ChannelHandlerContext ctx;
  private final Runnable onGoodbye;
  private final Queue<Object> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isScheduled = new AtomicBoolean();
  private volatile boolean isShut;

  /** Only for the channel's thread: whether a flush will come anyway. */
  private boolean isBatching;

  /** Only for the channel's thread: whether there is something to flush. */
  private boolean isWritten;

  /** Only for the channel's thread: frames that are not in the channel yet. */
  private @Nullable ByteBuf gathered;

  private record Goodbye(int code, String reason) {}

  Outbox(ChannelHandlerContext ctx, Runnable onGoodbye) {
    this.ctx = ctx;
    this.onGoodbye = onGoodbye;
  }

  void send(String text) {
    add(WebSocketText.of(text));
  }

  void send(WebSocketText message) {
    add(message);
  }

  void send(byte[] message) {
    add(message);
  }

  void sendGoodbye(int code, String reason) {
    add(new Goodbye(code, reason));
  }

  private void add(Object item) {
    if (isShut) {
      return;
    }
    if (ctx.executor().inEventLoop()) {
      writeAll();
      write(item);
      flushUnlessBatching();
    } else {
      waiting.add(item);
      if (isScheduled.compareAndSet(false, true)) {
        schedule();
      }
    }
  }

  private void schedule() {
    try {
      ctx.executor().execute(this::drain);
    } catch (RejectedExecutionException e) {
      shut();
    }
  }

  private void drain() {
    isScheduled.set(false);
    writeAll();
    flushUnlessBatching();
  }

  /** What other threads have put in. */
  private void writeAll() {
    for (Object item = waiting.poll(); item != null; item = waiting.poll()) {
      write(item);
    }
  }

  private void flushUnlessBatching() {
    if (!isBatching) {
      flush();
    }
  }

  private void write(Object item) {
    if (isShut) {
      return;
    }
    if (item instanceof Goodbye goodbye) {
      shut();
      write(new CloseWebSocketFrame(goodbye.code, goodbye.reason));
      ctx.flush();
      onGoodbye.run();
    } else {
      send(item);
      cutOffIfTooMuch();
    }
  }

  private void send(Object message) {
    if (message instanceof byte[] bytes) {
      write(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)));
    } else {
      gather((WebSocketText) message);
    }
  }

  private void gather(WebSocketText message) {
    byte[] frame = message.frame();
    if (SharedFrames.areFor(frame.length)) {
      spill();
      pass(SharedFrames.of(message, ctx.alloc()));
    } else {
      gather(frame);
    }
  }

  private void gather(byte[] frame) {
    ByteBuf buffer = gathered;
    if (buffer != null && buffer.readableBytes() + frame.length > MAX_GATHERED) {
      spill();
      buffer = null;
    }
    if (buffer == null) {
      buffer = bufferFor(frame.length);
      gathered = buffer;
    }
    buffer.writeBytes(frame);
  }

  private ByteBuf bufferFor(int bytes) {
    return bytes > ReusedBuffer.MAX_CAPACITY
        ? ctx.alloc().directBuffer(bytes)
        : ReusedBuffer.take(ctx.alloc());
  }

  /** For the channel's thread: writes another frame, behind what was put in before. */
  void write(WebSocketFrame frame) {
    spill();
    pass(frame);
  }

  private void pass(Object written) {
    // Before, because a write that fills the channel has it flushed at once.
    isWritten = true;
    ctx.write(written, ctx.voidPromise());
  }

  private void spill() {
    ByteBuf buffer = gathered;
    if (buffer != null) {
      gathered = null;
      pass(buffer);
    }
  }

  /** For the channel's thread: moves on what is here. */
  void flush() {
    spill();
    if (isWritten) {
      isWritten = false;
      ctx.flush();
    }
  }

  private void cutOffIfTooMuch() {
    if (ctx.channel().bytesBeforeWritable() > MAX_UNSENT) {
      shut();
      ctx.close();
    }
  }

  /** Takes nothing more, and drops what has not been written. */
  void shut() {
    isShut = true;
    waiting.clear();
  }

  /** For the channel's thread: moves on what is here, and takes nothing more. */
  void end() {
    shut();
    spill();
  }

  boolean isShut() {
    return isShut;
  }

  /** While messages are being read, the answers to them go out together. */
  void beginBatch() {
    isBatching = true;
  }

  void endBatch() {
    isBatching = false;
    flush();
  }
}
