package chat.talk.http.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.function.Consumer;
import org.jetbrains.annotations.Nullable;

/** Decodes requests, each only when the valve is open; stricter than Netty's own. */
final class RequestDecoder extends HttpRequestDecoder {
  private static final byte TLS_HANDSHAKE = 0x16;
  private static final int MAX_PIECE = 64 * 1024;

  final Valve valve = new Valve(super::channelRead);
  private final Runnable onFirstByte;
  private final Consumer<ChannelHandlerContext> onInputEnd;
  private Part part = Part.NONE;
  private boolean isFolded;
  private byte last;
  private @Nullable ChannelInputShutdownEvent inputEnd;

  private enum Part {
    NONE,
    HEAD,
    BODY
  }

  /**
   * A decoder.
   *
   * @param onFirstByte is told when a request begins
   * @param onInputEnd is told at once that the client sends nothing more, whatever waits before it
   */
  RequestDecoder(int maxHeader, Runnable onFirstByte, Consumer<ChannelHandlerContext> onInputEnd) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(maxHeader)
            .setMaxHeaderSize(maxHeader)
            .setMaxChunkSize(MAX_PIECE));
    this.onFirstByte = onFirstByte;
    this.onInputEnd = onInputEnd;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) throws Exception {
    valve.read(ctx, bytes);
    endInput(ctx);
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

  /** The end of input waits its turn behind the requests that came before it. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof ChannelInputShutdownEvent end) {
      inputEnd = end;
      onInputEnd.accept(ctx);
      endInput(ctx);
    } else {
      super.userEventTriggered(ctx, event);
    }
  }

  /** Goes on with the next request. */
  void next(ChannelHandlerContext ctx) throws Exception {
    valve.open();
    endInput(ctx);
  }

  /** Whether the end of input waits behind the request that is being answered. */
  boolean isInputEnded() {
    return inputEnd != null;
  }

  private void endInput(ChannelHandlerContext ctx) throws Exception {
    ChannelInputShutdownEvent end = inputEnd;
    if (end != null && !valve.isShut() && !valve.isBusy()) {
      inputEnd = null;
      super.userEventTriggered(ctx, end);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (valve.isShut()) {
      return;
    }
    if (part == Part.NONE && in.isReadable()) {
      begin(in, out);
    }
    int from = in.readerIndex();
    super.decode(ctx, in, out);
    if (part == Part.HEAD) {
      isFolded |= hasFold(in, from, in.readerIndex());
    }
    out.forEach(this::note);
  }

  private void begin(ByteBuf in, List<Object> out) {
    part = Part.HEAD;
    isFolded = false;
    last = 0;
    onFirstByte.run();
    if (in.getByte(in.readerIndex()) == TLS_HANDSHAKE) {
      in.skipBytes(in.readableBytes());
      out.add(unreadable("this port does not speak TLS"));
    }
  }

  private static FullHttpRequest unreadable(String why) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_0, HttpMethod.GET, "/unreadable");
    request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(why)));
    return request;
  }

  /** A header that goes on in the next line: proxies read it differently, so it may be a trick. */
  private boolean hasFold(ByteBuf in, int from, int to) {
    boolean found = false;
    for (int i = from; i < to; i++) {
      byte b = in.getByte(i);
      found |= last == '\n' && (b == ' ' || b == '\t');
      last = b;
    }
    return found;
  }

  private void note(Object decoded) {
    if (decoded instanceof HttpRequest request) {
      part = Part.BODY;
      if (isFolded) {
        request.setDecoderResult(
            DecoderResult.failure(new IllegalArgumentException("a header is folded")));
      }
    }
    if (decoded instanceof LastHttpContent) {
      part = Part.NONE;
    }
  }
}
