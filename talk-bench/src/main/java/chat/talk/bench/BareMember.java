package chat.talk.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.jetbrains.annotations.Nullable;

/** One connection: a place in what is said in its room. */
final class BareMember extends ChannelInboundHandlerAdapter {
  private static final int MAX_TEXT = 64 * 1024;
  private static final WebSocketDecoderConfig DECODER =
      WebSocketDecoderConfig.newBuilder()
          .maxFramePayloadLength(MAX_TEXT)
          .withUTF8Validator(false)
          .build();

  private final BareNetty server;
  private ChannelHandlerContext ctx;
  private @Nullable BareRoom room;
  private BareRoom.Chunk place;
  private boolean isWriting;

  BareMember(BareNetty server) {
    this.server = server;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    ctx = added;
  }

  @Override
  public void channelRead(ChannelHandlerContext unused, Object message) {
    try {
      if (message instanceof FullHttpRequest request) {
        new WebSocketServerHandshaker13(request.uri(), null, DECODER)
            .handshake(ctx.channel(), request);
      } else if (message instanceof TextWebSocketFrame frame) {
        take(frame.content());
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void take(ByteBuf text) {
    if (room == null) {
      String name = text.toString(StandardCharsets.UTF_8).substring("join ".length());
      room = server.room(name);
      place = room.join(this);
      ctx.writeAndFlush(new TextWebSocketFrame("joined"), ctx.voidPromise());
    } else {
      room.say(text);
    }
  }

  /** Writes what is there, as long as it can be taken, and flushes it at once. */
  void write() {
    while (!isWriting && BareRoom.frames(place) != null && ctx.channel().isWritable()) {
      isWriting = true;
      gather();
      ctx.flush();
      isWriting = false;
    }
  }

  private void gather() {
    ByteBuf frames = BareRoom.frames(place);
    while (frames != null && ctx.channel().isWritable()) {
      ctx.write(frames.retainedDuplicate(), ctx.voidPromise());
      place = BareRoom.next(place);
      frames = BareRoom.frames(place);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext unused) {
    if (room != null && ctx.channel().isWritable()) {
      write();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext unused) {
    if (room != null) {
      room.leave(this, place);
      room = null;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext unused, Throwable cause) {
    ctx.close();
  }
}
