package chat.talk.http.internal.client;

import chat.talk.ChatException;
import chat.talk.UserAddress;
import chat.talk.http.internal.StrictUtf8;
import chat.talk.http.internal.json.AnswerJson;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import javax.net.ssl.SSLException;

/** Asks once, over a connection of its own, and judges the answer. */
final class HealthHandler extends SimpleChannelInboundHandler<FullHttpResponse> {
  private static final int LINE = 1024;
  private static final int HEADERS = 8 * 1024;
  private static final int BODY = 4 * 1024;

  private final UserAddress address;
  private final Listener listener;

  /** Is told on the event loop how it ended, perhaps more than once. */
  @FunctionalInterface
  interface Listener {
    void finish(boolean isWell);
  }

  private HealthHandler(UserAddress address, Listener listener) {
    this.address = address;
    this.listener = listener;
  }

  /** Sets up the connection of a check. */
  static final class Setup extends ChannelInitializer<SocketChannel> {
    private final UserAddress address;
    private final HealthTls tls;
    private final Listener listener;

    Setup(UserAddress address, HealthTls tls, Listener listener) {
      this.address = address;
      this.tls = tls;
      this.listener = listener;
    }

    @Override
    protected void initChannel(SocketChannel channel) throws SSLException {
      if (Urls.isSecure(address)) {
        channel
            .pipeline()
            .addLast(tls.context().newHandler(channel.alloc(), address.host(), address.port()));
      }
      channel
          .pipeline()
          .addLast(
              new HttpClientCodec(LINE, HEADERS, BODY),
              new HttpObjectAggregator(BODY),
              new HealthHandler(address, listener));
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    HttpRequest request =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, Urls.HEALTH);
    request.headers().set(HttpHeaderNames.HOST, host());
    request.headers().set(HttpHeaderNames.CONNECTION, "close");
    request.headers().set(HttpHeaderNames.ACCEPT, "application/json");
    context.writeAndFlush(request, context.voidPromise());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
    listener.finish(
        response.decoderResult().isSuccess()
            && response.status().code() == 200
            && isOk(ByteBufUtil.getBytes(response.content())));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    listener.finish(false);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    listener.finish(false);
  }

  private static boolean isOk(byte[] body) {
    try {
      return AnswerJson.decode(StrictUtf8.decode(body)).error() == null;
    } catch (ChatException notOurs) {
      return false;
    }
  }

  private String host() {
    String host = address.host();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.port();
  }
}
