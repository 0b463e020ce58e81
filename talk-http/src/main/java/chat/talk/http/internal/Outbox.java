package chat.talk.http.internal;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What goes out of a WebSocket, in the order in which any threads put it in. It moves on to the
 * channel at the next opportunity; what piles up does so in the channel, where it is counted.
 */
final class Outbox {
  /** A client that leaves more than this unread is cut off. */
  private static final long MAX_UNSENT = 16L * 1024 * 1024;

  private final ChannelHandlerContext ctx;
  private final Runnable onGoodbye;
  private final Queue<Object> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isScheduled = new AtomicBoolean();
  private volatile boolean isShut;

  /** Only for the channel's thread: whether a flush will come anyway. */
  private boolean isBatching;

  private record Goodbye(int code, String reason) {}

  Outbox(ChannelHandlerContext ctx, Runnable onGoodbye) {
    this.ctx = ctx;
    this.onGoodbye = onGoodbye;
  }

  void send(String text) {
    add(text);
  }

  void sendGoodbye(int code, String reason) {
    add(new Goodbye(code, reason));
  }

  private void add(Object item) {
    if (isShut) {
      return;
    }
    waiting.add(item);
    if (ctx.executor().inEventLoop()) {
      drain();
    } else if (isScheduled.compareAndSet(false, true)) {
      schedule();
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
    for (Object item = waiting.poll(); item != null && !isShut; item = waiting.poll()) {
      write(item);
    }
    if (!isBatching) {
      ctx.flush();
    }
  }

  private void write(Object item) {
    if (item instanceof Goodbye goodbye) {
      shut();
      ctx.writeAndFlush(new CloseWebSocketFrame(goodbye.code, goodbye.reason), ctx.voidPromise());
      onGoodbye.run();
    } else {
      TextWebSocketFrame frame =
          new TextWebSocketFrame(ByteBufUtil.writeUtf8(ctx.alloc(), (String) item));
      ctx.write(frame, ctx.voidPromise());
      cutOffIfTooMuch();
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

  boolean isShut() {
    return isShut;
  }

  /** While messages are being read, the answers to them go out together. */
  void beginBatch() {
    isBatching = true;
  }

  void endBatch() {
    isBatching = false;
    ctx.flush();
  }
}
