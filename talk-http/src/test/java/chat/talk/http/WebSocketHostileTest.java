package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.http.RawWebSocket.Frame;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames that break the rules end the session, with the code that the RFC has for it. */
@ExtendWith(LeakWatch.class)
final class WebSocketHostileTest {
  private static final int MAX_MESSAGE = 1000;
  private static final int FIN_TEXT = RawWebSocket.FIN | RawWebSocket.TEXT;

  private final HttpServer server =
      HttpServer.builder().webSocket("/ws", MAX_MESSAGE, WebSocketHostileTest::echo).start();
  private RawWebSocket socket;

  private static CompletableFuture<Void> echo(WebSocketSession session, String text) {
    session.send(text);
    return CompletableFuture.completedFuture(null);
  }

  @BeforeEach
  void connect() throws IOException {
    socket = new RawWebSocket(server, "/ws");
  }

  @AfterEach
  void close() throws IOException {
    socket.close();
    try (RawWebSocket other = new RawWebSocket(server, "/ws")) {
      assertThat(other.text("alive").read().text()).isEqualTo("alive");
    }
    server.close();
  }

  private void assertEndsWith(int code) throws IOException {
    assertThat(socket.read().closeCode()).isEqualTo(code);
    assertThat(socket.client().isClosed()).isTrue();
  }

  static Stream<Arguments> brokenFrames() {
    return Stream.of(
        Arguments.of("binary", 1003, frame(RawWebSocket.FIN | RawWebSocket.BINARY, 1)),
        Arguments.of("no UTF-8", 1007, frame(FIN_TEXT, 0xFF)),
        Arguments.of("half a character", 1007, frame(FIN_TEXT, 0xC3)),
        Arguments.of("half a surrogate pair", 1007, frame(FIN_TEXT, 0xED, 0xA0, 0x80)),
        Arguments.of("unmasked", 1002, bytes(FIN_TEXT, 1, 'a')),
        Arguments.of("first reserved bit", 1002, frame(0x40 | FIN_TEXT, 'a')),
        Arguments.of("last reserved bit", 1002, frame(0x10 | FIN_TEXT, 'a')),
        Arguments.of("reserved opcode", 1002, frame(RawWebSocket.FIN | 0x3, 'a')),
        Arguments.of("reserved control opcode", 1002, frame(RawWebSocket.FIN | 0xB)),
        Arguments.of("fragmented ping", 1002, frame(RawWebSocket.PING)),
        Arguments.of("long ping", 1002, bytes(0x89, 0xFE, 0, 126, 1, 2, 3, 4)),
        Arguments.of("lost continuation", 1002, frame(RawWebSocket.FIN, 'a')),
        Arguments.of("length in too many bytes", 1002, bytes(FIN_TEXT, 0xFE, 0, 1, 1, 2, 3, 4)),
        Arguments.of("negative length", 1002, bytes(FIN_TEXT, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 1)),
        Arguments.of("close with one byte", 1002, frame(0x88, 3)),
        Arguments.of("close with a forbidden code", 1002, frame(0x88, 0x03, 0xED)),
        Arguments.of("too large", 1009, bytes(FIN_TEXT, 0xFE, 0x03, 0xE9, 1, 2, 3, 4)),
        Arguments.of("far too large", 1009, bytes(FIN_TEXT, 0xFF, 0x7F, 0, 0, 0, 0, 0, 0, 0)));
  }

  private static byte[] frame(int first, int... payload) {
    try {
      return RawWebSocket.encode(first, bytes(payload));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenFrames")
  void brokenFrameEndsTheSession(String what, int code, byte[] frame) throws IOException {
    socket.client().sendRaw(frame).sendRaw(new byte[10_000]);

    assertEndsWith(code);
  }

  @Test
  void messageThatIsTooLargeIsToldSo() throws IOException {
    socket.client().sendRaw(bytes(FIN_TEXT, 0xFE, 0x03, 0xE9, 1, 2, 3, 4));

    assertThat(socket.read().text()).endsWith("the message is too large");
  }

  @Test
  void newMessageAmidFragmentsEndsTheSession() throws IOException {
    socket.frame(RawWebSocket.TEXT, (byte) 'a').text("b");

    assertEndsWith(1002);
  }

  @Test
  void fragmentsThatAreTooLargeTogetherEndTheSession() throws IOException {
    socket.frame(RawWebSocket.TEXT, new byte[600]);
    socket.frame(RawWebSocket.CONTINUATION, new byte[600]);

    assertEndsWith(1009);
  }

  @Test
  void pingsOfAFloodAreAllAnswered() throws IOException {
    for (int i = 0; i < 2000; i++) {
      socket.frame(RawWebSocket.FIN | RawWebSocket.PING, (byte) i);
    }
    for (int i = 0; i < 2000; i++) {
      Frame pong = socket.read();
      assertThat(pong.opcode()).isEqualTo(RawWebSocket.PONG);
      assertThat(pong.payload()).containsExactly((byte) i);
    }
  }

  @Test
  void sessionsThatVanishHurtNobody() throws IOException {
    for (int i = 0; i < 30; i++) {
      RawWebSocket vanishing = new RawWebSocket(server, "/ws");
      vanishing.text("a").frame(RawWebSocket.TEXT, (byte) 'b');
      vanishing.client().reset();
    }
    Waiting.until(() -> server.openConnections() == 1);
  }

  @Test
  void randomFramesAreNeverMoreThanRefused() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = new byte[1 + random.nextInt(40)];
      random.nextBytes(bytes);
      try (RawWebSocket guess = new RawWebSocket(server, "/ws")) {
        guess.client().sendRaw(frame(FIN_TEXT, 'a')).sendRaw(bytes).finish();
        assertThat(guess.read().text()).as("seed %d, try %d", seed, i).isEqualTo("a");
        guess.client().millisToClose();
      }
    }
    Waiting.until(() -> server.openConnections() == 1);
  }
}
