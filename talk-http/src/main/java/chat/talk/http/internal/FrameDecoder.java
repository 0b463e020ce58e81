package chat.talk.http.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.util.List;

/** Decodes WebSocket frames while the valve is open. */
final class FrameDecoder extends WebSocket13FrameDecoder {
  final Valve valve = new Valve(super::channelRead);

  FrameDecoder(int maxMessage) {
    super(
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(maxMessage)
            .allowExtensions(false)
            .closeOnProtocolViolation(false)
            .withUTF8Validator(false)
            .build());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) throws Exception {
    valve.read(ctx, bytes);
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
    }
  }
}
