package chat.talk.http.internal;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import org.jetbrains.annotations.Nullable;

/**
 * Stops a decoder between two messages and lets it go on. What has come in meanwhile waits as
 * bytes, of which there is at most one read, because a shut valve stops reading when more comes.
 * Only for the channel's own thread.
 */
final class Valve {
  /** The decoder's own {@code channelRead}. */
  @FunctionalInterface
  interface Feed {
    void channelRead(ChannelHandlerContext ctx, Object bytes) throws Exception;
  }

  private final Feed decoder;
  private @Nullable ChannelHandlerContext ctx;
  private boolean shut;
  private boolean feeding;
  private boolean reopened;

  Valve(Feed decoder) {
    this.decoder = decoder;
  }

  boolean isShut() {
    return shut;
  }

  /** Whether the decoder is at work, further up in this very call. */
  boolean isBusy() {
    return feeding;
  }

  void shut() {
    shut = true;
  }

  /** Feeds the decoder, which must decode nothing while the valve is shut. */
  void read(ChannelHandlerContext decoderCtx, Object bytes) throws Exception {
    ctx = decoderCtx;
    if (shut) {
      ctx.channel().config().setAutoRead(false);
    }
    boolean outermost = !feeding;
    feeding = true;
    try {
      decoder.channelRead(ctx, bytes);
      while (outermost && reopened && !ctx.isRemoved()) {
        reopened = false;
        decoder.channelRead(ctx, Unpooled.EMPTY_BUFFER);
      }
    } finally {
      feeding = !outermost;
    }
  }

  /** Decodes what has been waiting, and reads on. */
  void open() throws Exception {
    if (!shut) {
      return;
    }
    shut = false;
    reopened = feeding;
    if (ctx != null && !feeding && !ctx.isRemoved()) {
      read(ctx, Unpooled.EMPTY_BUFFER);
      ctx.fireChannelReadComplete();
    }
    if (ctx != null && !shut && !ctx.isRemoved()) {
      ctx.channel().config().setAutoRead(true);
    }
  }
}
