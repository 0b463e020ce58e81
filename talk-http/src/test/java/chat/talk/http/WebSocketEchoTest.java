package chat.talk.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.http.RawWebSocket.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What conformance suites try, in their order: messages, pings, bits, fragments, UTF-8, the end.
 */
@ExtendWith(LeakWatch.class)
final class WebSocketEchoTest {
  private static final int MAX = 1 << 20;
  private static final int FIN = RawWebSocket.FIN;
  private static final int FIN_TEXT = FIN | RawWebSocket.TEXT;
  private static final int FIN_BINARY = FIN | RawWebSocket.BINARY;

  private final HttpServer server = HttpServer.builder().echo("/echo", MAX).start();
  private RawWebSocket socket;

  @BeforeEach
  void connect() throws IOException {
    socket = new RawWebSocket(server, "/echo");
  }

  @AfterEach
  void close() throws IOException {
    socket.close();
    server.close();
  }

  private void assertEchoed(int first, byte[] payload) throws IOException {
    Frame frame = socket.read();
    assertThat(frame.first()).isEqualTo(first);
    assertThat(frame.payload()).isEqualTo(payload);
  }

  private void assertEndsWith(int code) throws IOException {
    assertThat(socket.read().closeCode()).isEqualTo(code);
    assertThat(socket.client().isClosed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 128, 65535, 65536, 65537, MAX})
  void messageOfAnyLengthComesBack(int length) throws IOException {
    byte[] text = "*".repeat(length).getBytes(UTF_8);
    byte[] binary = new byte[length];
    new Random(length).nextBytes(binary);
    socket.frame(FIN_TEXT, text).frame(FIN_BINARY, binary);

    assertEchoed(FIN_TEXT, text);
    assertEchoed(FIN_BINARY, binary);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1024})
  void messageInPiecesOfTheWireComesBack(int chop) throws IOException {
    byte[] frame = RawWebSocket.encode(FIN_BINARY, new byte[3000]);
    for (int from = 0; from < frame.length; from += chop) {
      socket.client().sendRaw(Arrays.copyOfRange(frame, from, Math.min(from + chop, frame.length)));
    }
    assertEchoed(FIN_BINARY, new byte[3000]);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 5", "100, 3", "1, 4000"})
  void fragmentsComeBackAsOneMessage(int size, int count) throws IOException {
    socket.frame(RawWebSocket.BINARY, new byte[size]);
    for (int i = 0; i < count; i++) {
      socket.frame(RawWebSocket.CONTINUATION, new byte[size]);
    }
    socket.frame(FIN | RawWebSocket.CONTINUATION);

    assertEchoed(FIN_BINARY, new byte[size * (count + 1)]);
  }

  @Test
  void fragmentsMayBeEmpty() throws IOException {
    socket.frame(RawWebSocket.TEXT).frame(RawWebSocket.CONTINUATION);
    socket.frame(FIN | RawWebSocket.CONTINUATION);

    assertEchoed(FIN_TEXT, new byte[0]);
  }

  @Test
  void controlFramesComeBetweenFragments() throws IOException {
    byte[] umlaut = "ä".getBytes(UTF_8);
    socket.frame(RawWebSocket.TEXT, umlaut[0]).frame(FIN | RawWebSocket.PING, (byte) 7);
    socket.frame(FIN | RawWebSocket.PONG).frame(RawWebSocket.CONTINUATION, umlaut[1]);
    socket.frame(FIN | RawWebSocket.PING).frame(FIN | RawWebSocket.CONTINUATION, (byte) 'b');

    assertEchoed(FIN | RawWebSocket.PONG, new byte[] {7});
    assertEchoed(FIN | RawWebSocket.PONG, new byte[0]);
    assertEchoed(FIN_TEXT, "äb".getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125})
  void pingIsAnsweredWithWhatItHolds(int length) throws IOException {
    byte[] payload = new byte[length];
    Arrays.fill(payload, (byte) 0xFE);
    socket.frame(FIN | RawWebSocket.PONG, payload).frame(FIN | RawWebSocket.PING, payload);

    assertEchoed(FIN | RawWebSocket.PONG, payload);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70})
  void reservedBitsEndTheSession(int bits) throws IOException {
    socket.text("before").frame(FIN_TEXT | bits, (byte) 'a');

    assertEchoed(FIN_TEXT, "before".getBytes(UTF_8));
    assertEndsWith(1002);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF})
  void reservedOpcodesEndTheSession(int opcode) throws IOException {
    socket.text("before").frame(FIN | opcode);

    assertEchoed(FIN_TEXT, "before".getBytes(UTF_8));
    assertEndsWith(1002);
  }

  @ParameterizedTest
  @ValueSource(ints = {RawWebSocket.PING, RawWebSocket.PONG, RawWebSocket.CLOSE})
  void controlFramesAreNeitherLongNorFragmented(int opcode) throws IOException {
    socket.frame(FIN | opcode, new byte[126]);
    assertEndsWith(1002);
    socket.close();
    socket = new RawWebSocket(server, "/echo");
    socket.frame(opcode);
    assertEndsWith(1002);
  }

  @Test
  void continuationOfNothingEndsTheSession() throws IOException {
    socket.frame(RawWebSocket.TEXT, (byte) 'a').frame(FIN | RawWebSocket.CONTINUATION, (byte) 'b');
    assertEchoed(FIN_TEXT, "ab".getBytes(UTF_8));
    socket.frame(RawWebSocket.CONTINUATION, (byte) 'c');

    assertEndsWith(1002);
  }

  static Stream<byte[]> goodTexts() {
    return Stream.of(
            "κόσμε",
            "\u0000",
            "\u007f",
            "\u0080",
            "\u07ff",
            "\u0800",
            "\ud7ff",
            "\ue000",
            "\ufffd",
            "\uffff",
            "\ufeff",
            "𐀀",
            "😀",
            "\udbff\udfff")
        .map(text -> text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @MethodSource("goodTexts")
  void textComesBackHoweverItIsCut(byte[] text) throws IOException {
    socket.frame(FIN_TEXT, text);
    assertEchoed(FIN_TEXT, text);
    for (int cut = 0; cut <= text.length; cut++) {
      socket.frame(RawWebSocket.TEXT, Arrays.copyOf(text, cut));
      socket.frame(FIN | RawWebSocket.CONTINUATION, Arrays.copyOfRange(text, cut, text.length));
      assertEchoed(FIN_TEXT, text);
    }
  }

  static Stream<byte[]> badTexts() {
    return Stream.of(
            "80",
            "BF",
            "C0",
            "FE",
            "FF",
            "C080",
            "C1BF",
            "E08080",
            "E09FBF",
            "F0808080",
            "F08FBFBF",
            "EDA080",
            "EDBFBF",
            "EDA080EDB080",
            "F4908080",
            "F8888080AF",
            "FC84808080AF",
            "C320",
            "E28220",
            "F09F9820")
        .map(hex -> java.util.HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @MethodSource("badTexts")
  void textThatIsNoUtf8EndsTheSession(byte[] bad) throws IOException {
    byte[] text = concat("κόσμε".getBytes(UTF_8), bad, "end".getBytes(UTF_8));
    socket.frame(FIN_TEXT, text);

    assertEndsWith(1007);
  }

  /** The last fragment never comes, so that only who looks at each of them can tell. */
  @ParameterizedTest
  @MethodSource("badTexts")
  void fragmentThatIsNoUtf8EndsTheSessionAtOnce(byte[] bad) throws IOException {
    socket.frame(RawWebSocket.TEXT, "κόσμε".getBytes(UTF_8));
    for (byte each : bad) {
      sendIfOpen(each);
    }
    assertEndsWith(1007);
  }

  private void sendIfOpen(byte each) {
    try {
      socket.frame(RawWebSocket.CONTINUATION, each);
    } catch (IOException e) {
      // The server has found it out already.
    }
  }

  @Test
  void textThatEndsAmidACharacterEndsTheSession() throws IOException {
    socket.frame(RawWebSocket.TEXT, (byte) 0xE2, (byte) 0x82);
    socket.frame(FIN | RawWebSocket.CONTINUATION);

    assertEndsWith(1007);
  }

  @Test
  void binaryNeedsNotBeUtf8() throws IOException {
    socket.frame(RawWebSocket.BINARY, (byte) 0xFF).frame(FIN, (byte) 0xFE);

    assertEchoed(FIN_BINARY, new byte[] {(byte) 0xFF, (byte) 0xFE});
  }

  private static byte[] concat(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Stream.of(parts).mapToInt(part -> part.length).sum());
    Stream.of(parts).forEach(all::put);
    return all.array();
  }

  private static byte[] goodbye(int code, String reason) {
    return concat(ByteBuffer.allocate(2).putShort((short) code).array(), reason.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999})
  void goodbyeIsAnsweredWithTheSame(int code) throws IOException {
    socket.frame(FIN | RawWebSocket.CLOSE, goodbye(code, "bye")).text("after");

    assertEchoed(FIN | RawWebSocket.CLOSE, goodbye(code, "bye"));
    assertThat(socket.client().isClosed()).isTrue();
  }

  @Test
  void goodbyeMaySayNothingOrMuch() throws IOException {
    socket.frame(FIN | RawWebSocket.CLOSE, goodbye(1000, "*".repeat(123)));
    assertEchoed(FIN | RawWebSocket.CLOSE, goodbye(1000, "*".repeat(123)));
    socket.close();
    socket = new RawWebSocket(server, "/echo");
    socket.frame(FIN | RawWebSocket.CLOSE);
    assertEchoed(FIN | RawWebSocket.CLOSE, new byte[0]);
    assertThat(socket.client().isClosed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999})
  void goodbyeWithACodeThatIsNoneIsMalformed(int code) throws IOException {
    socket.frame(FIN | RawWebSocket.CLOSE, goodbye(code, ""));

    assertEndsWith(1002);
  }

  @Test
  void goodbyeWhoseReasonIsNoUtf8IsMalformed() throws IOException {
    socket.frame(FIN | RawWebSocket.CLOSE, concat(goodbye(1000, "a"), new byte[] {(byte) 0xC3}));

    assertEndsWith(1007);
  }

  @Test
  void goodbyeAmidFragmentsIsAnswered() throws IOException {
    socket.frame(RawWebSocket.TEXT, (byte) 'a').frame(FIN | RawWebSocket.CLOSE);

    assertEchoed(FIN | RawWebSocket.CLOSE, new byte[0]);
    assertThat(socket.client().isClosed()).isTrue();
  }
}
