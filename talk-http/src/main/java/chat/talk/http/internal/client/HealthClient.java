package chat.talk.http.internal.client;

import chat.talk.UserAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jetbrains.annotations.Nullable;

/** Carries out health checks on one event loop, which all mutable state is confined to. */
public final class HealthClient implements AutoCloseable {
  private static final int CLOSE_MILLIS = 2000;

  private final int maxParallel;
  private final Duration timeout;
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("talk-health", true), NioIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final HostNames names;
  private final HealthTls tls;

  private final Set<Check> open = new HashSet<>();
  private final ArrayDeque<Check> waiting = new ArrayDeque<>();
  private int connected;
  private boolean closed;

  /** A client without work. */
  public HealthClient(int maxParallel, Duration timeout, List<Certificate> trusted) {
    this(maxParallel, timeout, trusted, InetAddress::getByName);
  }

  HealthClient(
      int maxParallel, Duration timeout, List<Certificate> trusted, HostNames.Service names) {
    this.maxParallel = maxParallel;
    this.timeout = timeout;
    this.names = new HostNames(names, loop);
    this.tls = new HealthTls(trusted);
  }

  /** Asks an address. */
  public CompletableFuture<Boolean> check(UserAddress address) {
    Check check = new Check(address);
    try {
      loop.execute(() -> submit(check));
    } catch (RejectedExecutionException closed) {
      check.result.complete(false);
    }
    return check.result;
  }

  @Override
  public void close() {
    try {
      loop.execute(this::stop);
    } catch (RejectedExecutionException alreadyClosed) {
      return;
    }
    names.close();
    group.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    if (!loop.inEventLoop()) {
      group.terminationFuture().awaitUninterruptibly(CLOSE_MILLIS);
    }
  }

  private void submit(Check check) {
    if (closed) {
      check.result.complete(false);
      return;
    }
    open.add(check);
    names.find(check.address.host(), check);
  }

  private void startWaiting() {
    while (!waiting.isEmpty() && connected < maxParallel) {
      waiting.remove().connect();
    }
  }

  private void stop() {
    closed = true;
    waiting.clear();
    List.copyOf(open).forEach(check -> check.finish(false));
  }

  /**
   * One check, from its start to its only result. Its time runs while its name is looked up and
   * while it has a connection, but not while it waits for its turn at either.
   */
  private final class Check implements HostNames.Asker, HealthHandler.Listener {
    private final UserAddress address;
    private final CompletableFuture<Boolean> result = new CompletableFuture<>();
    private long nanosLeft = timeout.toNanos();
    private long running;
    private io.netty.util.concurrent.@Nullable ScheduledFuture<?> overdue;
    private @Nullable InetAddress found;
    private boolean hasTurn;
    private @Nullable ChannelFuture connecting;

    Check(UserAddress address) {
      this.address = address;
    }

    @Override
    public void begun() {
      startClock();
    }

    @Override
    public void found(@Nullable InetAddress there) {
      if (there == null) {
        finish(false);
      } else if (open.contains(this)) {
        stopClock();
        found = there;
        waiting.add(this);
        startWaiting();
      }
    }

    void connect() {
      connected++;
      hasTurn = true;
      startClock();
      connecting =
          new Bootstrap()
              .group(group)
              .channel(NioSocketChannel.class)
              .disableResolver()
              .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
              .handler(new HealthHandler.Setup(address, tls, this))
              .connect(new InetSocketAddress(found, address.port()));
      connecting.addListener(
          done -> {
            if (!done.isSuccess()) {
              finish(false);
            }
          });
    }

    @Override
    public void finish(boolean isWell) {
      if (!open.remove(this)) {
        return;
      }
      stopClock();
      connected -= hasTurn ? 1 : 0;
      if (connecting != null) {
        connecting.channel().close();
      }
      result.complete(isWell);
      if (!closed) {
        loop.execute(HealthClient.this::startWaiting);
      }
    }

    private void startClock() {
      running = System.nanoTime();
      overdue = loop.schedule(() -> finish(false), nanosLeft, TimeUnit.NANOSECONDS);
    }

    private void stopClock() {
      if (overdue != null) {
        nanosLeft -= System.nanoTime() - running;
        overdue.cancel(false);
        overdue = null;
      }
    }
  }
}
