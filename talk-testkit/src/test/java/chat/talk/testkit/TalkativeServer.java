package chat.talk.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/** Answers each byte with the same one, and writes down what has come. */
final class TalkativeServer implements AutoCloseable {
  private final ServerSocket socket;

  /** Guarded by this, as what follows. */
  private final List<Guest> guests = new ArrayList<>();

  private boolean isClosed;

  TalkativeServer() {
    try {
      socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Background.run(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Guest guest = new Guest(socket.accept());
        synchronized (this) {
          if (isClosed) {
            guest.socket.close();
            return;
          }
          guests.add(guest);
        }
        Background.run(guest::talk);
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  synchronized int count() {
    return guests.size();
  }

  Guest guest(int number) {
    Await.until("guest " + number, () -> count() > number);
    synchronized (this) {
      return guests.get(number);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    isClosed = true;
    socket.close();
    for (Guest guest : guests) {
      guest.socket.close();
    }
  }

  /** One connection. */
  static final class Guest {
    final Socket socket;

    /** Null when the stream ended in order. */
    final CompletableFuture<@Nullable IOException> end = new CompletableFuture<>();

    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    Guest(Socket socket) {
      this.socket = socket;
    }

    private void talk() {
      byte[] buffer = new byte[8192];
      try {
        for (int n = socket.getInputStream().read(buffer); n >= 0; ) {
          hear(buffer, n);
          socket.getOutputStream().write(buffer, 0, n);
          n = socket.getInputStream().read(buffer);
        }
        end.complete(null);
      } catch (IOException e) {
        end.complete(e);
      }
    }

    private synchronized void hear(byte[] buffer, int count) {
      heard.write(buffer, 0, count);
    }

    synchronized byte[] heard() {
      return heard.toByteArray();
    }

    void awaitHeard(int count) {
      Await.until(count + " bytes", () -> heard().length >= count);
    }

    void say(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }
  }
}
