package chat.talk.http;

import static chat.talk.ChatException.Code.BAD_ANSWER;
import static chat.talk.ChatException.Code.CLOSED;
import static chat.talk.ChatException.Code.FORBIDDEN;
import static chat.talk.ChatException.Code.REFUSED;
import static chat.talk.ChatException.Code.TIMED_OUT;
import static chat.talk.ChatException.Code.TOO_LARGE;
import static chat.talk.ChatException.Code.UNREACHABLE;
import static chat.talk.http.Outcomes.message;
import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.Transport;
import chat.talk.UserAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jetbrains.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebSocketTransportFailureTest {
  private static final String OK = "{\"status\":\"ok\"}";

  private final Transport transport =
      new WebSocketTransport(
          HttpSettings.defaults()
              .withConnectTimeout(Duration.ofMillis(500))
              .withAnswerTimeout(Duration.ofMillis(400))
              .withMaxMessage(1024 * 1024));
  private final MockWebServer server = new MockWebServer();
  private @Nullable Transport.Connection connection;

  @BeforeEach
  void connect() throws IOException {
    server.start();
    connection = transport.connect(new UserAddress("WS", "127.0.0.1", server.getPort()));
  }

  @AfterEach
  void close() {
    connection.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "[]",
        "{}",
        "{\"status\":\"fine\"}",
        "{\"status\":\"ok\",\"id\":\"another\"}",
        "{\"status\":\"ok\"} {}",
      })
  void nonsenseIsABadAnswerAndSpendsTheConnection(String answer) {
    onMessage((socket, text) -> socket.send(answer));
    assertThat(failure().code()).isEqualTo(BAD_ANSWER);
    assertThat(failure().code()).isEqualTo(BAD_ANSWER);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void binaryAnswerIsABadOne() {
    onMessage((socket, text) -> socket.send(ByteString.encodeUtf8(OK)));
    assertThat(failure().code()).isEqualTo(BAD_ANSWER);
  }

  @Test
  void giantAnswerIsABadOneAndIsNotReadToItsEnd() {
    onMessage((socket, text) -> socket.send(OK + " ".repeat(10_000_000)));
    assertThat(failure()).hasMessageContaining("more than 131072 bytes");
  }

  @Test
  void answerThatNobodyAskedForSpendsTheConnection() {
    onMessage(
        (socket, text) -> {
          socket.send(OK);
          socket.send(OK);
        });
    Outcomes.of(deliver("1"));
    Outcomes.await("the end", () -> deliver("2").isCompletedExceptionally());
  }

  @Test
  void errorsAreAnswersAndTheConnectionGoesOn() {
    String error = "{\"status\":\"error\",\"code\":\"FORBIDDEN\",\"message\":\"not you\"}";
    onMessage((socket, text) -> socket.send(text.contains("\"bad\"") ? error : OK));
    CompletableFuture<Void> good = deliver("1");
    CompletableFuture<Void> bad = deliver("bad");
    CompletableFuture<Void> last = deliver("2");
    Outcomes.of(good);
    Outcomes.of(last);
    assertThat(Outcomes.failure(bad)).hasMessage("not you");
    assertThat(Outcomes.failure(bad).code()).isEqualTo(FORBIDDEN);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void silenceTimesOutForAllThatIsUnderWay() {
    onMessage((socket, text) -> {});
    for (CompletableFuture<Void> each : deliver(5)) {
      assertThat(Outcomes.failure(each).code()).isEqualTo(TIMED_OUT);
    }
    assertThat(failure().code()).isEqualTo(TIMED_OUT);
  }

  @Test
  void upgradeThatIsNeverAnsweredTimesOut() throws IOException {
    try (RawServer silent = RawServer.answering("");
        Transport.Connection lost = transport.connect(silent.address("WS"))) {
      assertThat(Outcomes.failure(lost.deliver(message("1", "x"))).code()).isEqualTo(TIMED_OUT);
    }
  }

  @Test
  void goingAwayIsUnreachable() {
    onMessage((socket, text) -> socket.close(1001, "bye\u0007now"));
    assertThat(failure()).hasMessageEndingWith("ended: WebSocket closed with 1001 bye now");
    assertThat(failure().code()).isEqualTo(UNREACHABLE);
  }

  @Test
  void connectionThatBreaksIsUnreachable() {
    onMessage((socket, text) -> socket.cancel());
    assertThat(failure().code()).isEqualTo(UNREACHABLE);
  }

  @Test
  void nobodyThereIsUnreachable() throws IOException {
    int port = HttpTransportFailureTest.unusedPort();
    try (Transport.Connection lost = transport.connect(new UserAddress("WS", "127.0.0.1", port))) {
      ChatException failure = Outcomes.failure(lost.deliver(message("1", "x")));
      assertThat(failure).hasMessageStartingWith("ws://127.0.0.1:" + port + " cannot be reached");
      assertThat(failure.code()).isEqualTo(UNREACHABLE);
    }
  }

  @Test
  void refusedUpgradeTellsWhyAndTheNextMessageTriesAgain() {
    String error = "{\"status\":\"error\",\"code\":\"OVERLOADED\",\"message\":\"come back\"}";
    server.enqueue(new MockResponse.Builder().code(503).body(error).build());
    server.enqueue(new MockResponse.Builder().code(404).body("<p>No</p>").build());
    onMessage((socket, text) -> socket.send(OK));
    assertThat(failure()).hasMessage("come back");
    ChatException second = failure();
    assertThat(second.code()).isEqualTo(REFUSED);
    assertThat(second).hasMessageEndingWith("answered 404: <p>No</p>");
    Outcomes.of(deliver("3"));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 302})
  void anythingElseThanAnUpgradeIsABadAnswer(int status) {
    server.enqueue(new MockResponse.Builder().code(status).addHeader("Location", "/").build());
    assertThat(failure().code()).isEqualTo(BAD_ANSWER);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void messageThatIsTooLargeForThePeerIsNotTakenForALostOne() {
    onMessage((socket, text) -> closeIfLarge(socket, text));
    CompletableFuture<Void> large = connection.deliver(message("1", "x".repeat(1000)));
    CompletableFuture<Void> small = deliver("2");
    assertThat(Outcomes.failure(large).code()).isEqualTo(TOO_LARGE);
    assertThat(Outcomes.failure(small).code()).isEqualTo(UNREACHABLE);
  }

  @Test
  void tooLargeAMessageIsNotSent() {
    onMessage((socket, text) -> socket.send(OK));
    ChatException failure =
        Outcomes.failure(connection.deliver(message("1", "x".repeat(1024 * 1024))));
    assertThat(failure.code()).isEqualTo(TOO_LARGE);
    Outcomes.of(deliver("2"));
  }

  @Test
  void moreThanOkHttpWouldQueueArrives() {
    onMessage((socket, text) -> socket.send(OK));
    List<CompletableFuture<Void>> all =
        IntStream.range(0, 60)
            .mapToObj(i -> connection.deliver(message("m" + i, "x".repeat(900_000))))
            .toList();
    all.forEach(Outcomes::of);
  }

  @Test
  void closeFailsWhatIsUnderWay() {
    onMessage((socket, text) -> {});
    List<CompletableFuture<Void>> all = deliver(3);
    connection.close();
    connection.close();
    for (CompletableFuture<Void> each : all) {
      assertThat(Outcomes.failure(each).code()).isEqualTo(CLOSED);
    }
    assertThat(failure().code()).isEqualTo(CLOSED);
  }

  private static void closeIfLarge(WebSocket socket, String text) {
    if (text.length() > 500) {
      socket.close(1009, "too big");
    }
  }

  private void onMessage(BiConsumer<WebSocket, String> reaction) {
    WebSocketListener listener =
        new WebSocketListener() {
          @Override
          public void onMessage(WebSocket socket, String text) {
            reaction.accept(socket, text);
          }

          @Override
          public void onClosing(WebSocket socket, int code, String reason) {
            socket.close(1000, null);
          }
        };
    server.enqueue(new MockResponse.Builder().webSocketUpgrade(listener).build());
  }

  private List<CompletableFuture<Void>> deliver(int many) {
    return IntStream.range(0, many).mapToObj(i -> deliver("m" + i)).toList();
  }

  private CompletableFuture<Void> deliver(String id) {
    return connection.deliver(message(id, "Hello"));
  }

  private ChatException failure() {
    return Outcomes.failure(deliver("1"));
  }
}
