package chat.talk.http.internal;

import chat.talk.ChatException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens, and owns the threads and connections that come of it. */
public final class NettyServer {
  private static final Logger LOG = LoggerFactory.getLogger(NettyServer.class);

  private static final int MAX_THREADS = 2;
  private static final int BACKLOG = 1024;
  private static final WriteBufferWaterMark UNSENT =
      new WriteBufferWaterMark(64 * 1024, 256 * 1024);

  /** How long each step of closing may take. */
  static final Duration GRACE = Duration.ofSeconds(2);

  private final String host;
  private final Loops loops;
  private final Service service;
  private final Channel listener;
  private final AtomicBoolean isClosing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  private NettyServer(String host, Loops loops, Service service, Channel listener) {
    this.host = host;
    this.loops = loops;
    this.service = service;
    this.listener = listener;
  }

  /**
   * Starts to listen.
   *
   * @throws ChatException with {@link ChatException.Code#CANNOT_LISTEN} when that is not possible
   */
  public static NettyServer start(
      String host,
      int port,
      String name,
      @Nullable Tls tls,
      Rules rules,
      Limits limits,
      Router router) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    Service service = service(hosts(address, rules.hosts()), rules, limits, router);
    int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    Loops loops = Loops.start("talk-" + name + "-io", threads);
    ServerPipeline pipeline = new ServerPipeline(tls, service);
    ChannelFuture bound = bootstrap(loops, pipeline).bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loops.stop(GRACE);
      throw cannotListen(host, port, bound.cause());
    }
    return new NettyServer(host, loops, service, bound.channel());
  }

  private static Service service(Hosts hosts, Rules rules, Limits limits, Router router) {
    return new Service(
        router,
        hosts,
        limits,
        new Budget(limits.maxHeld()),
        new Budget(limits.maxHeld()),
        new Connections(limits.maxConnections(), limits.maxConnectionsPerAddress()),
        rules,
        new AccessLog(rules.observer()));
  }

  private static Hosts hosts(InetSocketAddress listening, Set<String> names) {
    Set<String> all = new HashSet<>(names);
    all.add(listening.getHostString());
    boolean isLoopback = !listening.isUnresolved() && listening.getAddress().isLoopbackAddress();
    return new Hosts(all, isLoopback);
  }

  private static ServerBootstrap bootstrap(Loops loops, ServerPipeline pipeline) {
    return new ServerBootstrap()
        .group(loops.group())
        .channel(Loops.serverChannel())
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT)
        .childHandler(pipeline);
  }

  private static ChatException cannotListen(String host, int port, Throwable cause) {
    String message = "cannot listen on %s:%d: %s".formatted(host, port, reason(cause));
    return new ChatException(ChatException.Code.CANNOT_LISTEN, message, cause);
  }

  /** Without the name of the system call that epoll puts in front. */
  private static String reason(Throwable cause) {
    if (cause instanceof java.nio.channels.UnresolvedAddressException
        || cause instanceof java.net.UnknownHostException) {
      return "no such host";
    }
    String message = String.valueOf(cause.getMessage());
    int failed = message.indexOf("failed with error(");
    int colon = message.indexOf(": ", Math.max(failed, 0));
    return failed >= 0 && colon >= 0 ? message.substring(colon + 2) : message;
  }

  public String host() {
    return host;
  }

  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  public int openConnections() {
    return service.connections().count();
  }

  public long heldBytes() {
    return service.budget().held();
  }

  /** Stops as {@code HttpServer.close} says. */
  public void close() {
    if (loops.isOwn(Thread.currentThread())) {
      Thread closer = new Thread(this::close, "talk-closer");
      closer.setDaemon(true);
      closer.start();
    } else if (isClosing.compareAndSet(false, true)) {
      closeGracefully();
      closed.countDown();
    } else {
      uninterruptibly(() -> closed.await());
    }
  }

  private void closeGracefully() {
    uninterruptibly(this::awaitLastWords);
    listener.close().awaitUninterruptibly(GRACE.toMillis());
    service.connections().sayGoodbye();
    uninterruptibly(() -> service.connections().awaitNone(GRACE));
    loops.stop(GRACE);
  }

  /** New connections may bring the polls that fetch them. */
  private void awaitLastWords() throws InterruptedException {
    try {
      service.router().lastWords().get();
    } catch (ExecutionException | RuntimeException e) {
      LOG.debug("The server closes before all was fetched", e);
    }
  }

  private interface Wait {
    void await() throws InterruptedException;
  }

  /** Gives up the wait when the thread is interrupted, but not what comes after it. */
  private static void uninterruptibly(Wait wait) {
    try {
      wait.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
