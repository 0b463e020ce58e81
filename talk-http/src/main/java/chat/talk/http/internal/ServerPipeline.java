package chat.talk.http.internal;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseEncoder;
import org.jetbrains.annotations.Nullable;

/** Makes a connection of what was accepted. */
final class ServerPipeline extends ChannelInitializer<Channel> {
  private final Connections connections;
  private final @Nullable Tls tls;
  private final Limits limits;
  private final Router router;

  ServerPipeline(Connections connections, @Nullable Tls tls, Limits limits, Router router) {
    this.connections = connections;
    this.tls = tls;
    this.limits = limits;
    this.router = router;
  }

  @Override
  protected void initChannel(Channel channel) {
    if (!connections.add(channel)) {
      channel.close();
      return;
    }
    ChannelPipeline pipeline = channel.pipeline();
    if (tls != null) {
      pipeline.addLast(tls.newHandler(channel.alloc(), limits.headerTimeout()));
    }
    HttpConnection connection = new HttpConnection(router, limits);
    pipeline.addLast(connection.decoder(), new HttpResponseEncoder(), connection);
  }
}
