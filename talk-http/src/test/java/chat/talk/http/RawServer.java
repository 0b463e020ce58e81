package chat.talk.http;

import chat.talk.UserAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that treats every connection as a script says, however badly that may be. */
final class RawServer implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

  private final ServerSocket server;
  private final Script script;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger requests = new AtomicInteger();

  /** What happens to a connection. */
  @FunctionalInterface
  interface Script {
    void run(RawServer server, Socket socket) throws Exception;
  }

  private RawServer(Script script) throws IOException {
    this.server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    this.script = script;
  }

  static RawServer start(Script script) throws IOException {
    RawServer server = new RawServer(script);
    daemon(server::accept);
    return server;
  }

  /** Gives every request the same answer. */
  static RawServer answering(String answer) throws IOException {
    return start(
        (server, socket) -> {
          while (server.readRequest(socket.getInputStream())) {
            server.write(socket, answer);
          }
        });
  }

  /** The answer with that body. */
  static String answer(String status, String body) {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + length + "\r\n\r\n" + body;
  }

  UserAddress address(String protocol) {
    return new UserAddress(protocol, "127.0.0.1", server.getLocalPort());
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  int requests() {
    return requests.get();
  }

  /** Waits till the server is closed, but no longer than so; whether it's still open. */
  boolean pause(long millis) throws InterruptedException {
    return !closed.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Reads a request with its body; false at the end. */
  boolean readRequest(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      head.write(next);
    }
    Matcher length = LENGTH.matcher(head.toString(StandardCharsets.ISO_8859_1));
    in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    requests.incrementAndGet();
    return true;
  }

  void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a text byte by byte, until the server is closed. */
  void drip(OutputStream out, String text, long millisBetween) throws Exception {
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      out.write(each);
      out.flush();
      if (!pause(millisBetween)) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        daemon(() -> serve(socket));
      }
    } catch (IOException serverClosed) {
      return;
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      script.run(this, socket);
    } catch (Exception clientGone) {
      return;
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }
}
