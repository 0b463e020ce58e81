package chat.talk.http.internal.client;

import chat.talk.ChatException;
import chat.talk.UserAddress;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Looks host names up aside, because the JDK's way blocks; addresses need no looking up. */
final class HostNames implements AutoCloseable {
  private static final int THREADS = 8;

  private final ThreadPoolExecutor threads;

  /**
   * Without threads as yet.
   *
   * @param most how many look-ups may wait; further ones fail
   */
  HostNames(int most) {
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(most),
            new DefaultThreadFactory("talk-health-names", true));
    threads.allowCoreThreadTimeOut(true);
  }

  /** Where the host is; fails when nobody knows or too many look-ups wait. */
  CompletableFuture<InetSocketAddress> resolve(UserAddress address) {
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(address.host());
    if (literal != null) {
      return CompletableFuture.completedFuture(socketAddress(literal, address.port()));
    }
    try {
      return CompletableFuture.supplyAsync(() -> lookUp(address), threads);
    } catch (RejectedExecutionException tooMany) {
      return CompletableFuture.failedFuture(tooMany);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static InetSocketAddress lookUp(UserAddress address) {
    try {
      return new InetSocketAddress(InetAddress.getByName(address.host()), address.port());
    } catch (UnknownHostException e) {
      throw new ChatException(ChatException.Code.UNREACHABLE, "no host " + address.host(), e);
    }
  }

  private static InetSocketAddress socketAddress(byte[] literal, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(literal), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an IP address has 4 or 16 bytes", e);
    }
  }
}
