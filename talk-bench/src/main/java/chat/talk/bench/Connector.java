package chat.talk.bench;

import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Connects clients, the next one as soon as one is in. For the load's thread. */
final class Connector {
  /** Bytes that are read at once. */
  static final int RECEIVE = 64 * 1024;

  private final EventLoop loop;
  private final InetSocketAddress address;
  private final List<LoadClient> clients;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private int next;
  private int ready;

  Connector(EventLoop loop, InetSocketAddress address, List<LoadClient> clients) {
    this.loop = loop;
    this.address = address;
    this.clients = clients;
  }

  /** By any thread: completes when all are in, or one has failed. */
  CompletableFuture<Void> done() {
    return done;
  }

  /** Begins with so many at a time. */
  void start(int inFlight) {
    if (clients.isEmpty()) {
      done.complete(null);
    }
    for (int i = 0; i < inFlight; i++) {
      connectNext();
    }
  }

  private void connectNext() {
    if (next < clients.size()) {
      LoadClient client = clients.get(next++);
      client.connected().whenComplete((in, failure) -> onEnd(failure));
      connect(client);
    }
  }

  private void connect(LoadClient client) {
    EpollSocketChannel channel = new EpollSocketChannel();
    channel.config().setTcpNoDelay(true);
    channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(RECEIVE));
    channel.pipeline().addLast(client);
    loop.register(channel);
    channel
        .connect(address)
        .addListener(
            opened -> {
              if (!opened.isSuccess()) {
                client.onTrouble(String.valueOf(opened.cause()));
              }
            });
  }

  private void onEnd(Throwable failure) {
    if (failure != null) {
      done.completeExceptionally(failure);
    } else if (++ready == clients.size()) {
      done.complete(null);
    } else {
      connectNext();
    }
  }
}
