package chat.talk.http.internal;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jetbrains.annotations.Nullable;

/** Pings a WebSocket that has gone silent, and closes it when even then nothing comes. */
final class Liveness {
  private final long timeout;
  private final LongSupplier progress;
  private long lastSign = System.nanoTime();
  private long lastProgress;
  private @Nullable Future<?> next;

  /**
   * A watch.
   *
   * @param progress a number; that it changes is a sign of life too
   */
  Liveness(Duration timeout, LongSupplier progress) {
    this.timeout = timeout.toNanos();
    this.progress = progress;
  }

  void watch(ChannelHandlerContext ctx) {
    next = ctx.executor().schedule(() -> look(ctx), timeout / 2, TimeUnit.NANOSECONDS);
  }

  void end() {
    if (next != null) {
      next.cancel(false);
    }
  }

  void noteSign() {
    lastSign = System.nanoTime();
  }

  private void look(ChannelHandlerContext ctx) {
    long now = progress.getAsLong();
    if (now != lastProgress) {
      lastProgress = now;
      noteSign();
    }
    long silence = System.nanoTime() - lastSign;
    if (silence >= timeout) {
      ctx.close();
    } else {
      look(ctx, silence);
    }
  }

  private void look(ChannelHandlerContext ctx, long silence) {
    boolean isSilent = silence >= timeout / 2;
    // A ping that only joins a queue asks nothing, and would look like progress.
    if (isSilent && ctx.channel().isWritable()) {
      ctx.writeAndFlush(new PingWebSocketFrame(), ctx.voidPromise());
    }
    long pause = (isSilent ? timeout : timeout / 2) - silence;
    next = ctx.executor().schedule(() -> look(ctx), pause, TimeUnit.NANOSECONDS);
  }
}
