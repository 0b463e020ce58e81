package chat.talk.http.internal;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jetbrains.annotations.Nullable;

/** Makes a connection of what was accepted. */
final class ServerPipeline extends ChannelInitializer<Channel> {
  private final @Nullable Tls tls;
  private final Service service;

  ServerPipeline(@Nullable Tls tls, Service service) {
    this.tls = tls;
    this.service = service;
  }

  @Override
  protected void initChannel(Channel channel) {
    InetAddress peer = peer(channel);
    boolean isProxy = service.rules().proxies().trusts(peer);
    if (!service.connections().add(channel, isProxy ? null : peer)) {
      channel.close();
      return;
    }
    ChannelPipeline pipeline = channel.pipeline();
    if (tls != null) {
      pipeline.addLast(tls.newHandler(channel.alloc(), service.limits().headerTimeout()));
    }
    HttpConnection connection = new HttpConnection(service, peer, tls != null);
    pipeline.addLast(connection.decoder(), new HttpResponseEncoder(), connection);
  }

  private static @Nullable InetAddress peer(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress()
        : null;
  }
}
