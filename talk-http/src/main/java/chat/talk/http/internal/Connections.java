package chat.talk.http.internal;

import io.netty.channel.Channel;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/**
 * The open connections of a server, of which there are only so many, in all and from one address.
 * Guarded by itself.
 */
final class Connections {
  /** Somebody's own network in IPv6 has this many bytes in common. */
  private static final int IPV6_NETWORK = 8;

  private final int max;
  private final int maxPerAddress;

  /** Each with the address that it counts for, if any. */
  private final Map<Channel, Source> open = new HashMap<>();

  private final Map<InetAddress, Integer> counts = new HashMap<>();
  private boolean isClosed;

  private record Source(@Nullable InetAddress address) {}

  Connections(int max, int maxPerAddress) {
    this.max = max;
    this.maxPerAddress = maxPerAddress;
  }

  /**
   * Takes a new connection in; false when there is no room, or never will be.
   *
   * @param from whom it counts for, null when nobody yet
   */
  synchronized boolean add(Channel channel, @Nullable InetAddress from) {
    if (isClosed || open.size() >= max || !count(from)) {
      return false;
    }
    open.put(channel, new Source(from));
    channel.closeFuture().addListener(done -> remove(channel));
    return true;
  }

  /** Lets an open connection count for somebody else; false when there is no room for it. */
  synchronized boolean move(Channel channel, @Nullable InetAddress to) {
    Source before = open.get(channel);
    if (before == null) {
      return true;
    }
    uncount(before.address());
    boolean hasRoom = count(to);
    open.put(channel, new Source(hasRoom ? to : null));
    return hasRoom;
  }

  private synchronized void remove(Channel channel) {
    Source source = open.remove(channel);
    if (source != null) {
      uncount(source.address());
    }
    notifyAll();
  }

  private boolean count(@Nullable InetAddress from) {
    if (from == null || maxPerAddress == Limits.NO_MAXIMUM) {
      return true;
    }
    InetAddress network = network(from);
    int before = counts.getOrDefault(network, 0);
    boolean hasRoom = before < maxPerAddress;
    if (hasRoom) {
      counts.put(network, before + 1);
    }
    return hasRoom;
  }

  private void uncount(@Nullable InetAddress from) {
    if (from != null && maxPerAddress != Limits.NO_MAXIMUM) {
      counts.computeIfPresent(network(from), (key, count) -> count > 1 ? count - 1 : null);
    }
  }

  private static InetAddress network(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, IPV6_NETWORK, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }

  synchronized int count() {
    return open.size();
  }

  /** Takes no more connections in, and tells those that are open to end. */
  void sayGoodbye() {
    for (Channel channel : close()) {
      channel.pipeline().fireUserEventTriggered(Goodbye.GOODBYE);
    }
  }

  private synchronized List<Channel> close() {
    isClosed = true;
    return List.copyOf(open.keySet());
  }

  /** Waits until none is left, or time is up. */
  synchronized void awaitNone(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    for (long left = atMost.toMillis(); !open.isEmpty() && left > 0; ) {
      wait(left);
      left = Duration.ofNanos(end - System.nanoTime()).toMillis();
    }
  }
}
