package chat.talk.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What Netty can do when it does nothing else: a broadcast over WebSocket that stores nothing. A
 * client's first text is {@code join} and a room's name; each one after that goes to all who are in
 * the room.
 *
 * <p>Frames are encoded once. Those of one turn of the event loop stand behind each other in one
 * buffer, which is written and flushed once for each connection.
 */
final class BareNetty implements AutoCloseable {
  private static final int HANDSHAKE = 8192;
  private static final int BACKLOG = 4096;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final Map<String, BareRoom> rooms = new HashMap<>();
  private final Channel listener;

  private BareNetty() throws InterruptedException {
    listener =
        new ServerBootstrap()
            .group(group)
            .channel(EpollServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Initializer())
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
  }

  static BareNetty start() throws InterruptedException {
    return new BareNetty();
  }

  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** For the event loop. */
  BareRoom room(String name) {
    return rooms.computeIfAbsent(name, absent -> new BareRoom(group.next()));
  }

  @Override
  public void close() throws InterruptedException {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
  }

  private final class Initializer extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      channel
          .pipeline()
          .addLast(
              new HttpServerCodec(),
              new HttpObjectAggregator(HANDSHAKE),
              new BareMember(BareNetty.this));
    }
  }
}
