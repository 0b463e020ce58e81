package chat.talk.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Stands between clients and a server, and blocks what companies' networks block. */
final class Censor implements AutoCloseable {
  private static final String REFUSAL =
      "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

  private final ServerSocket door;
  private final int target;
  private final boolean blocksStreams;
  private final Queue<Closeable> open = new ConcurrentLinkedQueue<>();

  /**
   * Blocks WebSockets.
   *
   * @param blocksStreams whether it holds back streams of events as well
   */
  Censor(int target, boolean blocksStreams) throws IOException {
    this.target = target;
    this.blocksStreams = blocksStreams;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return door.getLocalPort();
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
        start(() -> pass(client, server, true));
        start(() -> pass(server, client, false));
      }
    } catch (IOException e) {
      // The door is closed.
    }
  }

  private void pass(Socket from, Socket to, boolean isRequest) {
    byte[] bytes = new byte[64 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      boolean isHeld = false;
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        String text = new String(bytes, 0, n, StandardCharsets.ISO_8859_1);
        if (isRequest && text.contains("Upgrade: websocket")) {
          from.getOutputStream().write(REFUSAL.getBytes(StandardCharsets.ISO_8859_1));
          return;
        }
        isHeld |= blocksStreams && !isRequest && text.contains("text/event-stream");
        if (!isHeld) {
          out.write(bytes, 0, n);
        }
      }
    } catch (IOException e) {
      // Both ends are closed.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Closeable socket : open) {
      socket.close();
    }
  }
}
