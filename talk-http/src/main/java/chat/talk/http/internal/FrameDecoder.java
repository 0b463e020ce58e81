package chat.talk.http.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.util.List;

/** Decodes WebSocket frames while the valve is open, and counts what is not yet a message. */
final class FrameDecoder extends WebSocket13FrameDecoder {
  final Valve valve = new Valve(super::channelRead);

  /** Tells that the server has no room for what is being received. */
  static final Object OVERLOADED = new Object();

  private final int maxMessage;
  private final Budget.Share share;
  private boolean areFragmentsExpected;
  private long fragments;

  FrameDecoder(int maxMessage, Budget.Share share) {
    super(
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(maxMessage)
            .allowExtensions(false)
            .closeOnProtocolViolation(false)
            .withUTF8Validator(false)
            .build());
    this.maxMessage = maxMessage;
    this.share = share;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) throws Exception {
    valve.read(ctx, bytes);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    share.release();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    if (valve.isShut()) {
      // Netty's own would ask for more bytes, because none of these became a message.
      ctx.fireChannelReadComplete();
    } else {
      super.channelReadComplete(ctx);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (!valve.isShut()) {
      super.decode(ctx, in, out);
      for (int i = 0; i < out.size(); i++) {
        count(ctx, out.get(i));
      }
    }
    if (!share.set(fragments + in.readableBytes())) {
      ctx.fireUserEventTriggered(OVERLOADED);
    }
  }

  private void count(ChannelHandlerContext ctx, Object frame) {
    if (frame instanceof TextWebSocketFrame
        || frame instanceof BinaryWebSocketFrame
        || frame instanceof ContinuationWebSocketFrame) {
      WebSocketFrame part = (WebSocketFrame) frame;
      if (!part.isFinalFragment()) {
        expectFragments(ctx);
      }
      fragments = part.isFinalFragment() ? 0 : fragments + part.content().readableBytes();
    }
  }

  /** Few clients ever send any: only theirs pass what puts them together. */
  private void expectFragments(ChannelHandlerContext ctx) {
    if (!areFragmentsExpected) {
      areFragmentsExpected = true;
      ctx.pipeline()
          .addAfter(ctx.name(), null, new WebSocketFrameAggregator(maxMessage))
          .addAfter(ctx.name(), null, new FragmentCheck());
    }
  }
}
