package chat.talk.http;

import static chat.talk.ChatException.Code.BAD_ANSWER;
import static chat.talk.ChatException.Code.CLOSED;
import static chat.talk.ChatException.Code.FORBIDDEN;
import static chat.talk.ChatException.Code.NO_TRANSPORT;
import static chat.talk.ChatException.Code.OVERLOADED;
import static chat.talk.ChatException.Code.TIMED_OUT;
import static chat.talk.ChatException.Code.TOO_LARGE;
import static chat.talk.ChatException.Code.UNREACHABLE;
import static chat.talk.http.Outcomes.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.Transport;
import chat.talk.UserAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpTransportFailureTest {
  private static final Queue<Socket> TAKEN = new ConcurrentLinkedQueue<>();

  private static final HttpSettings HASTY =
      HttpSettings.defaults()
          .withConnectTimeout(Duration.ofMillis(500))
          .withAnswerTimeout(Duration.ofMillis(300))
          .withMaxMessage(10_000);
  private static final String OK = RawServer.answer("200 OK", "{\"status\":\"ok\"}");

  private final Transport transport = new HttpTransport(HASTY);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n\r\n",
        "HTTP/9.9 maybe\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"status\":\"fine\"}",
        "HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{\"status\":\"error\"}",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\u00ff",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: /v1/message\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 307 Again\r\nLocation: /v1/message\r\nContent-Length: 0\r\n\r\n",
      })
  void nonsenseIsABadAnswerAndSpendsTheConnection(String answer) throws IOException {
    try (RawServer server = RawServer.answering(answer);
        Transport.Connection connection = transport.connect(server.address("HTTP"))) {
      assertThat(failure(connection).code()).isEqualTo(BAD_ANSWER);
      assertThat(failure(connection).code()).isEqualTo(BAD_ANSWER);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "429, OVERLOADED",
    "502, OVERLOADED",
    "503, OVERLOADED",
    "504, OVERLOADED",
    "500, REFUSED",
    "501, REFUSED",
    "404, REFUSED",
    "408, TIMED_OUT"
  })
  void proxyThatIsBusyMayBeAskedAgainLater(int status, ChatException.Code code) throws IOException {
    try (RawServer server = RawServer.answering(RawServer.answer(status + " So", "a proxy's"));
        Transport.Connection connection = transport.connect(server.address("HTTP"))) {
      assertThat(failure(connection).code()).isEqualTo(code);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void htmlOfAProxyIsShown() throws IOException {
    String html = "<html>\r\n\u001b[31m<h1>Bad Gateway</h1>" + "x".repeat(5000);
    try (RawServer server = RawServer.answering(RawServer.answer("502 Bad Gateway", html));
        Transport.Connection connection = transport.connect(server.address("HTTP"))) {
      ChatException failure = failure(connection);
      assertThat(failure.code()).isEqualTo(OVERLOADED);
      assertThat(failure.getMessage())
          .contains("answered 502: <html> [31m<h1>Bad Gateway</h1>xxx")
          .doesNotContain("\n", "\u001b")
          .hasSizeLessThan(300);
    }
  }

  @Test
  void errorOfThePeerArrivesAndTheConnectionGoesOn() throws IOException {
    String error = "{\"status\":\"error\",\"code\":\"FORBIDDEN\",\"message\":\"not you\"}";
    try (RawServer server = RawServer.answering(RawServer.answer("403 Forbidden", error));
        Transport.Connection connection = transport.connect(server.address("HTTP"))) {
      assertThat(failure(connection)).hasMessage("not you");
      assertThat(failure(connection).code()).isEqualTo(FORBIDDEN);
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @Test
  void endlessBodyIsABadAnswer() throws IOException {
    RawServer.Script endless =
        (server, socket) -> {
          server.readRequest(socket.getInputStream());
          String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
          server.write(socket, head);
          while (true) {
            server.write(socket, "8\r\n        \r\n");
          }
        };
    assertFails(endless, BAD_ANSWER);
  }

  @Test
  void silenceTimesOutAndWhatWaitedFailsToo() throws IOException {
    try (RawServer server = RawServer.answering("");
        Transport.Connection connection = transport.connect(server.address("HTTP"))) {
      List<CompletableFuture<Void>> all = deliver(connection, 5);
      for (CompletableFuture<Void> each : all) {
        assertThat(Outcomes.failure(each).code()).isEqualTo(TIMED_OUT);
      }
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void answerByDripsTimesOut() throws IOException {
    assertFails(
        (server, socket) -> {
          server.readRequest(socket.getInputStream());
          server.drip(socket.getOutputStream(), OK, 100);
        },
        TIMED_OUT);
  }

  @Test
  void hostThatNobodyKnowsIsCalledSo() {
    UserAddress nowhere = UserAddress.http("nowhere.invalid", 80);
    try (Transport.Connection connection = transport.connect(nowhere)) {
      ChatException failure = failure(connection);
      assertThat(failure.code()).isEqualTo(UNREACHABLE);
      assertThat(failure).hasMessage("http://nowhere.invalid:80 cannot be reached: no such host");
    }
  }

  @Test
  void connectionClosedInsteadOfAnAnswerIsUnreachable() throws IOException {
    assertFails((server, socket) -> server.readRequest(socket.getInputStream()), UNREACHABLE);
  }

  @Test
  void connectionResetIsUnreachable() throws IOException {
    assertFails(
        (server, socket) -> {
          socket.getInputStream().read();
          socket.setSoLinger(true, 0);
        },
        UNREACHABLE);
  }

  @Test
  void answerThatIsCutOffIsUnreachable() throws IOException {
    assertFails(
        (server, socket) -> {
          server.readRequest(socket.getInputStream());
          server.write(socket, OK.substring(0, OK.length() - 3));
        },
        UNREACHABLE);
  }

  @Test
  void nobodyThereIsUnreachable() throws IOException {
    int port = unusedPort();
    try (Transport.Connection connection = transport.connect(UserAddress.http("127.0.0.1", port))) {
      assertThat(failure(connection))
          .hasMessage("http://127.0.0.1:" + port + " cannot be reached: Connection refused");
      assertThat(failure(connection).code()).isEqualTo(UNREACHABLE);
    }
  }

  @Test
  void hostThatIsNoneIsUnreachable() {
    for (String host : List.of("a..b", "x".repeat(64))) {
      try (Transport.Connection connection = transport.connect(UserAddress.http(host, 80))) {
        assertThat(failure(connection).code()).isEqualTo(UNREACHABLE);
      }
    }
  }

  @Test
  void tooLargeAMessageIsNotSent() throws IOException {
    try (RawServer server = RawServer.answering(OK);
        Transport.Connection connection = transport.connect(server.address("HTTP"))) {
      ChatException failure =
          Outcomes.failure(connection.deliver(message("1", "x".repeat(10_000))));
      assertThat(failure.code()).isEqualTo(TOO_LARGE);
      Outcomes.of(connection.deliver(message("2", "x".repeat(9_000))));
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void closeFailsWhatIsUnderWay() throws IOException {
    try (RawServer server = RawServer.answering("")) {
      Transport.Connection connection = transport.connect(server.address("HTTP"));
      List<CompletableFuture<Void>> all = deliver(connection, 3);
      connection.close();
      connection.close();
      for (CompletableFuture<Void> each : all) {
        assertThat(Outcomes.failure(each).code()).isEqualTo(CLOSED);
      }
      assertThat(failure(connection).code()).isEqualTo(CLOSED);
    }
  }

  @Test
  void otherProtocolsAreRefused() {
    assertThatThrownBy(() -> transport.connect(new UserAddress("WS", "127.0.0.1", 80)))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.code()).isEqualTo(NO_TRANSPORT));
  }

  private void assertFails(RawServer.Script script, ChatException.Code code) throws IOException {
    try (RawServer server = RawServer.start(script);
        Transport.Connection connection = transport.connect(server.address("HTTP"))) {
      assertThat(failure(connection).code()).isEqualTo(code);
    }
  }

  private static List<CompletableFuture<Void>> deliver(Transport.Connection connection, int many) {
    return IntStream.range(0, many)
        .mapToObj(i -> connection.deliver(message("m" + i, "text")))
        .toList();
  }

  private static ChatException failure(Transport.Connection connection) {
    return Outcomes.failure(connection.deliver(message("1", "Hello")));
  }

  /** Refuses connections as long as this JVM lives: it is taken, and nobody listens at it. */
  static int unusedPort() throws IOException {
    Socket taken = new Socket();
    taken.bind(new InetSocketAddress(0));
    TAKEN.add(taken);
    return taken.getLocalPort();
  }
}
