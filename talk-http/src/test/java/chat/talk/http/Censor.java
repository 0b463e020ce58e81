package chat.talk.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Stands between clients and a server, and blocks what companies' networks block. */
final class Censor implements AutoCloseable {
  private static final String REFUSAL =
      "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

  private final ServerSocket door;
  private final int target;
  private final boolean holdsStreams;
  private final Queue<Closeable> open = new ConcurrentLinkedQueue<>();
  private final Queue<Closeable> openSockets = new ConcurrentLinkedQueue<>();
  private final Queue<Late> late = new ConcurrentLinkedQueue<>();
  private volatile Treatment sockets;

  /** What becomes of WebSockets. */
  enum Treatment {
    PASS,
    /** They are not let begin. */
    REFUSE,
    /** They are cut off when the client says something, which the server hears later. */
    CUT_AND_DELAY
  }

  /** What a server has not heard yet. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Late(Socket server, byte[] bytes) {}

  /**
   * Treats WebSockets somehow.
   *
   * @param holdsStreams whether it holds back streams of events as well
   */
  Censor(int target, Treatment sockets, boolean holdsStreams) throws IOException {
    this.target = target;
    this.sockets = sockets;
    this.holdsStreams = holdsStreams;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Refuses WebSockets from now on, and cuts off those that are open. */
  void refuseSockets() throws IOException {
    sockets = Treatment.REFUSE;
    for (Closeable socket : openSockets) {
      socket.close();
    }
  }

  /** How many WebSockets were cut off of which the server has something to hear. */
  int delayed() {
    return late.size();
  }

  /** Has the server hear it. */
  void release() throws IOException {
    for (Late each = late.poll(); each != null; each = late.poll()) {
      each.server.getOutputStream().write(each.bytes);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "censor");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(server);
        start(() -> passRequests(client, server));
        start(() -> passAnswers(server, client));
      }
    } catch (IOException e) {
      // The door is closed.
    }
  }

  private void passRequests(Socket client, Socket server) {
    byte[] bytes = new byte[64 * 1024];
    boolean keepsServer = false;
    try (client) {
      InputStream in = client.getInputStream();
      boolean isSocket = false;
      for (int n = in.read(bytes); n >= 0 && !keepsServer; n = keepsServer ? n : in.read(bytes)) {
        boolean asks = text(bytes, n).contains("Upgrade: websocket");
        if (asks && sockets == Treatment.REFUSE) {
          client.getOutputStream().write(REFUSAL.getBytes(StandardCharsets.ISO_8859_1));
          break;
        }
        if (asks) {
          openSockets.add(client);
        }
        if (isSocket && sockets == Treatment.CUT_AND_DELAY) {
          late.add(new Late(server, Arrays.copyOf(bytes, n)));
          keepsServer = true;
        } else {
          server.getOutputStream().write(bytes, 0, n);
        }
        isSocket |= asks;
      }
    } catch (IOException e) {
      // One of them is closed.
    }
    if (!keepsServer) {
      close(server);
    }
  }

  private void passAnswers(Socket server, Socket client) {
    byte[] bytes = new byte[64 * 1024];
    try (server;
        client) {
      InputStream in = server.getInputStream();
      OutputStream out = client.getOutputStream();
      boolean isHeld = false;
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        isHeld |= holdsStreams && text(bytes, n).contains("text/event-stream");
        if (!isHeld) {
          out.write(bytes, 0, n);
        }
      }
    } catch (IOException e) {
      // One of them is closed.
    }
  }

  private static String text(byte[] bytes, int length) {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  private static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    open.forEach(Censor::close);
  }
}
