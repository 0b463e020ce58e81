package chat.talk.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class LimitContenderTest {
  private static final String REQUEST =
      "GET / HTTP/1.1\r\nHost: x\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  private static final String AGREED =
      String.join(
          "\r\n",
          "HTTP/1.1 101 Switching Protocols",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
          "",
          "");
  private static final String JOINED = "\u0081\6joined";

  private static ServerProcess server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    Contender limit = Contenders.named("limit");
    assumeTrue(limit.obstacle() == null, limit.obstacle());
    server = limit.start(folder, List.of());
  }

  @AfterAll
  static void end() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void whatComesByteByByteIsUnderstood() throws Exception {
    try (Socket socket = connect()) {
      for (byte one : (REQUEST + frame("join here") + frame("hello")).getBytes(ISO_8859_1)) {
        socket.getOutputStream().write(one);
      }
      assertThat(read(socket, AGREED + JOINED + "\u0081\5hello")).isTrue();
    }
  }

  @Test
  void aTextComesBackHoweverLongItIs() throws Exception {
    try (Socket socket = joined()) {
      for (int length : new int[] {0, 125, 126, 65_535}) {
        String text = "x".repeat(length);
        write(socket, frame(text));
        assertThat(read(socket, head(length) + text)).as("%d", length).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        REQUEST + "\u0081\5hello and more of it",
        REQUEST + "\u0001\u0085kkkkhello",
        REQUEST + "\u0081\u00ffkkkkhello",
        REQUEST + "\u0088\u0080kkkk",
        REQUEST + "\u0081\u0085kkkkhello"
      })
  void whoeverSpeaksAnotherLanguageIsLeftAndTheOthersGoOn(String said) throws Exception {
    try (Socket other = joined();
        Socket socket = connect()) {
      write(socket, said);
      String heard = readToEnd(socket);
      assertThat(heard).isEqualTo(said.startsWith(REQUEST) ? AGREED : "");
      write(other, frame("still here"));
      assertThat(read(other, "\u0081\12still here")).isTrue();
    }
  }

  /** Many times, so that the end comes together with what was said before it. */
  @Test
  void whoeverHasSaidAllIsLeft() throws Exception {
    for (int i = 0; i < 200; i++) {
      try (Socket socket = connect()) {
        write(socket, REQUEST + frame("join the end"));
        socket.shutdownOutput();
        assertThat(readToEnd(socket)).isEqualTo(AGREED + JOINED);
      }
    }
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static Socket joined() throws IOException {
    Socket socket = connect();
    write(socket, REQUEST + frame("join there"));
    assertThat(read(socket, AGREED + JOINED)).isTrue();
    return socket;
  }

  private static void write(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
  }

  private static boolean read(Socket socket, String expected) throws IOException {
    byte[] bytes = socket.getInputStream().readNBytes(expected.length());
    return new String(bytes, ISO_8859_1).equals(expected);
  }

  /** What wasn't read by the other side may end it with a reset. */
  private static String readToEnd(Socket socket) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        out.write(next);
      }
    } catch (SocketException e) {
      // So it has ended.
    }
    return out.toString(ISO_8859_1);
  }

  private static String frame(String text) {
    return new String(ClientText.frame(text), ISO_8859_1);
  }

  private static String head(int length) {
    return length < 126
        ? "\u0081" + (char) length
        : "\u0081~" + (char) (length >> 8) + (char) (length & 0xff);
  }
}
