package chat.talk.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jetbrains.annotations.Nullable;

/** The port of a {@link TroubledProxy}. While it is shut, nobody else gets it. */
final class TroubledDoor {
  private static final int BACKLOG = 1024;
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final TroubledProxy proxy;
  private final int port;

  /** Guarded by this, as what follows. Null while it is shut. */
  private @Nullable ServerSocket listening;

  /** When that nobody accepts any more. */
  private CompletableFuture<Void> accepting = CompletableFuture.completedFuture(null);

  /** Has the port while nobody listens at it. */
  private @Nullable Socket keeper;

  private boolean isClosed;

  TroubledDoor(TroubledProxy proxy) throws IOException {
    this.proxy = proxy;
    this.keeper = bound(0);
    this.port = keeper.getLocalPort();
  }

  int port() {
    return port;
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    return socket;
  }

  private static Socket bound(int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** A process that this one is just starting has all of its sockets for a moment. */
  private static Socket boundAtLast(int port) throws IOException {
    long end = System.nanoTime() + Await.LIMIT.toNanos();
    while (System.nanoTime() - end < 0) {
      try {
        return bound(port);
      } catch (BindException e) {
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
    return bound(port);
  }

  synchronized void open() {
    if (listening != null || isClosed) {
      return;
    }
    try {
      ServerSocket socket = listen(port);
      listening = socket;
      close(keeper);
      keeper = null;
      CompletableFuture<Void> end = new CompletableFuture<>();
      accepting = end;
      proxy.start("door", () -> accept(socket, end));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized void shut() {
    if (listening == null) {
      return;
    }
    close(listening);
    listening = null;
    Await.result(accepting); // The socket listens for as long as somebody waits at it.
    try {
      keeper = boundAtLast(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized void close() {
    isClosed = true;
    close(listening);
    close(keeper);
    listening = null;
    keeper = null;
  }

  private void accept(ServerSocket socket, CompletableFuture<Void> end) {
    try {
      while (true) {
        proxy.accept(socket.accept());
      }
    } catch (IOException e) {
      end.complete(null); // It was shut.
    }
  }

  private static void close(@Nullable Closeable socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
