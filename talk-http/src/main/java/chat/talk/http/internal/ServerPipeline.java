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
  private final Service service;

  ServerPipeline(Connections connections, @Nullable Tls tls, Service service) {
    this.connections = connections;
    this.tls = tls;
    this.service = service;
  }

  @Override
  protected void initChannel(Channel channel) {
    if (!connections.add(channel)) {
      channel.close();
      return;
    }
    ChannelPipeline pipeline = channel.pipeline();
    if (tls != null) {
      pipeline.addLast(tls.newHandler(channel.alloc(), service.limits().headerTimeout()));
    }
    HttpConnection connection = new HttpConnection(service);
    pipeline.addLast(connection.decoder(), new HttpResponseEncoder(), connection);
  }
}
