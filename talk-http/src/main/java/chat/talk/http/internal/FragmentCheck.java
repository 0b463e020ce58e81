package chat.talk.http.internal;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;

/**
 * Ends a session at the first fragment of a text that is no UTF-8, not when all of it has been
 * collected. A text in one piece is checked when it is decoded.
 */
final class FragmentCheck extends Utf8FrameValidator {
  FragmentCheck() {
    super(false);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    boolean isFragment =
        message instanceof ContinuationWebSocketFrame
            || (message instanceof TextWebSocketFrame text && !text.isFinalFragment());
    if (isFragment) {
      super.channelRead(ctx, message);
    } else {
      ctx.fireChannelRead(message);
    }
  }
}
