package chat.talk.http.internal;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The open connections of a server, of which there are only so many. Guarded by itself. */
final class Connections {
  private final int max;
  private final Set<Channel> open = new HashSet<>();
  private boolean isClosed;

  Connections(int max) {
    this.max = max;
  }

  /** Takes a new connection in; false when there is no room, or never will be. */
  synchronized boolean add(Channel channel) {
    if (isClosed || open.size() >= max) {
      return false;
    }
    open.add(channel);
    channel.closeFuture().addListener(done -> remove(channel));
    return true;
  }

  private synchronized void remove(Channel channel) {
    open.remove(channel);
    notifyAll();
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
    return List.copyOf(open);
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
