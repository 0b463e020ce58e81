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

  private final ArrayDeque<Check> waiting = new ArrayDeque<>();
  private final Set<Check> underWay = new HashSet<>();
  private boolean closed;

  /** A client without work. */
  public HealthClient(int maxParallel, Duration timeout, List<Certificate> trusted) {
    this.maxParallel = maxParallel;
    this.timeout = timeout;
    this.names = new HostNames(maxParallel);
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
    waiting.add(check);
    startWaiting();
  }

  private void startWaiting() {
    while (!waiting.isEmpty() && underWay.size() < maxParallel) {
      Check next = waiting.remove();
      underWay.add(next);
      next.start();
    }
  }

  private void stop() {
    closed = true;
    waiting.forEach(check -> check.result.complete(false));
    waiting.clear();
    List.copyOf(underWay).forEach(check -> check.finish(false));
  }

  /** One check, from its start to its only result. */
  private final class Check implements HealthHandler.Listener {
    private final UserAddress address;
    private final CompletableFuture<Boolean> result = new CompletableFuture<>();
    private io.netty.util.concurrent.@Nullable ScheduledFuture<?> overdue;
    private @Nullable ChannelFuture connecting;

    Check(UserAddress address) {
      this.address = address;
    }

    void start() {
      overdue = loop.schedule(() -> finish(false), timeout.toMillis(), TimeUnit.MILLISECONDS);
      names
          .resolve(address)
          .whenComplete(
              (resolved, failure) -> {
                if (failure == null) {
                  onLoop(() -> connect(resolved));
                } else {
                  onLoop(() -> finish(false));
                }
              });
    }

    private void connect(InetSocketAddress resolved) {
      if (result.isDone()) {
        return;
      }
      connecting =
          new Bootstrap()
              .group(group)
              .channel(NioSocketChannel.class)
              .disableResolver()
              .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
              .handler(new HealthHandler.Setup(address, tls, this))
              .connect(resolved);
      connecting.addListener(
          connected -> {
            if (!connected.isSuccess()) {
              finish(false);
            }
          });
    }

    @Override
    public void finish(boolean isWell) {
      if (!underWay.remove(this)) {
        return;
      }
      overdue.cancel(false);
      if (connecting != null) {
        connecting.channel().close();
      }
      result.complete(isWell);
      if (!closed) {
        loop.execute(HealthClient.this::startWaiting);
      }
    }

    private void onLoop(Runnable task) {
      if (loop.inEventLoop()) {
        task.run();
        return;
      }
      try {
        loop.execute(task);
      } catch (RejectedExecutionException closed) {
        result.complete(false);
      }
    }
  }
}
