package chat.talk.http.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection whose input nobody wants any more. Closing it at once, with bytes unread, would
 * make the system send a reset, and that destroys the last answer before the client reads it.
 */
final class Linger extends ChannelInboundHandlerAdapter {
  private static final long SECONDS = 2;

  private long discarded;

  /** Says that nothing more will come, and closes when the client does or time is up. */
  static void start(Channel channel) {
    if (!(channel instanceof DuplexChannel duplex) || duplex.isInputShutdown()) {
      channel.close();
      return;
    }
    channel.pipeline().addFirst(new Linger());
    channel.config().setAutoRead(true);
    channel.eventLoop().schedule(() -> channel.close(), SECONDS, TimeUnit.SECONDS);
    SslHandler ssl = channel.pipeline().get(SslHandler.class);
    if (ssl == null) {
      duplex.shutdownOutput();
    } else {
      ssl.closeOutbound().addListener(done -> duplex.shutdownOutput());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    discarded += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
    ReferenceCountUtil.release(message);
    if (discarded > Turn.MAX_DISCARDED) {
      ctx.close();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      ctx.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
