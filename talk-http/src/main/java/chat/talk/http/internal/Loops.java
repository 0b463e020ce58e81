package chat.talk.http.internal;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The I/O threads of a server, with epoll where there is one. */
final class Loops {
  private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
  private final EventLoopGroup group;

  private Loops(String name, int count) {
    IoHandlerFactory factory =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    group = new MultiThreadIoEventLoopGroup(count, daemons(name), factory);
  }

  static Loops start(String name, int count) {
    return new Loops(name, count);
  }

  private ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new FastThreadLocalThread(task, name + "-" + (threads.size() + 1));
      thread.setDaemon(true);
      threads.add(thread);
      return thread;
    };
  }

  EventLoopGroup group() {
    return group;
  }

  boolean isOwn(Thread thread) {
    return threads.contains(thread);
  }

  /** Ends the threads, and waits until they are gone; at most twice the time given. */
  void stop(Duration grace) {
    group
        .shutdownGracefully(0, grace.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(grace.toMillis());
    threads.forEach(thread -> join(thread, grace));
  }

  /** The group reports its end from within its threads, when they still have a few steps to go. */
  private static void join(Thread thread, Duration grace) {
    boolean isInterrupted = Thread.interrupted();
    try {
      thread.join(grace.toMillis());
    } catch (InterruptedException e) {
      isInterrupted = true;
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  static Class<? extends ServerChannel> serverChannel() {
    return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }
}
