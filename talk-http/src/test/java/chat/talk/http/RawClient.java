package chat.talk.http;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A client that sends any bytes whatever. */
final class RawClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  RawClient(HttpServer server) throws IOException {
    this(new Socket(server.host(), server.port()));
  }

  RawClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  record Answer(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  /** Sends lines, each ended by CR LF. */
  RawClient send(String... lines) throws IOException {
    return sendRaw(String.join("\r\n", lines) + "\r\n");
  }

  RawClient sendRaw(String text) throws IOException {
    return sendRaw(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient sendRaw(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
    return this;
  }

  RawClient get(String path) throws IOException {
    return send("GET " + path + " HTTP/1.1", "Host: localhost", "");
  }

  RawClient post(String path, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    send("POST " + path + " HTTP/1.1", "Host: localhost", "Content-Type: application/json");
    return send("Content-Length: " + body.length, "").sendRaw(body);
  }

  /** Reads an answer with the body that it announces. */
  Answer read() throws IOException {
    Answer head = readHead();
    String length = head.header("Content-Length");
    byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
    return new Answer(head.status, head.headers, new String(body, StandardCharsets.UTF_8));
  }

  /** Reads an answer that has no body, whatever it announces. */
  Answer readHead() throws IOException {
    String[] status = readLine().split(" ", 3);
    Map<String, String> headers = new TreeMap<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      String[] header = line.split(": ", 2);
      headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
    }
    return new Answer(Integer.parseInt(status[1]), headers, "");
  }

  String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("closed after: " + line);
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  byte[] readBytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("closed after " + bytes.length + " of " + count + " bytes");
    }
    return bytes;
  }

  /** Waits for the server to close. False when it sends something instead, or does nothing. */
  boolean isClosed() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  /** How long the server takes to close, in milliseconds; whatever it sends is dropped. */
  long millisToClose() throws IOException {
    long start = System.nanoTime();
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (SocketException e) {
      // A reset is an end as well.
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  Socket socket() {
    return socket;
  }

  /** Ends this side; the answer can still be read. */
  RawClient finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  void hangUp() throws IOException {
    socket.close();
  }

  /** Ends with a reset, as a crash would. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
