package chat.talk.http;

import static chat.talk.ChatException.Code.BAD_ANSWER;
import static chat.talk.ChatException.Code.INVALID;
import static chat.talk.ChatException.Code.REFUSED;
import static chat.talk.ChatException.Code.TIMED_OUT;
import static chat.talk.ChatException.Code.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.Claim;
import chat.talk.Registry;
import chat.talk.UserAddress;
import chat.talk.UserName;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpRegistryTest {
  private static final HttpSettings HASTY =
      HttpSettings.defaults()
          .withConnectTimeout(Duration.ofMillis(500))
          .withAnswerTimeout(Duration.ofMillis(300));
  private static final UserName BOB = UserName.of("bob");
  private static final UserAddress HOME = UserAddress.http("127.0.0.1", 8080);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:8070",
        "ws://localhost",
        "ftp://localhost",
        "http://",
        "http://localhost:0",
        "http://localhost:99999",
        "http://me:secret@localhost",
        "http://localhost?x=1",
        "http://localhost#x"
      })
  void urlThatIsNoneIsRefused(String url) {
    assertThatThrownBy(() -> HttpRegistry.at(url))
        .isInstanceOfSatisfying(ChatException.class, e -> assertThat(e.code()).isEqualTo(INVALID))
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/talk", "/talk/"})
  void requestsGoBelowTheUrl(String path) throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      server.enqueue(new MockResponse.Builder().body("{\"status\":\"ok\"}").build());
      String url = "http://127.0.0.1:" + server.getPort() + path;
      Outcomes.of(HttpRegistry.at(url).update(BOB, HOME, Claim.of("s3cret")));
      RecordedRequest request = server.takeRequest();
      assertThat(request.getRequestLine())
          .isEqualTo("PUT " + path.replaceFirst("/$", "") + "/v1/users/bob HTTP/1.1");
      assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer s3cret");
      assertThat(request.getBody().utf8()).isEqualTo("{\"host\":\"127.0.0.1\",\"port\":8080}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "[]",
        "{\"a b\":{\"host\":\"h\",\"port\":1}}",
        "{\"bob\":{\"host\":\"h\",\"port\":0}}",
        "{\"bob\":{\"host\":\"h\"}}",
      })
  void malformedUsersAreABadAnswer(String body) throws IOException {
    try (RawServer server = RawServer.answering(RawServer.answer("200 OK", body))) {
      assertThat(Outcomes.failure(HttpRegistry.at(server.url()).users()).code())
          .isEqualTo(BAD_ANSWER);
    }
  }

  @Test
  void endlessUsersAreNotReadToTheirEnd() throws IOException {
    RawServer.Script endless =
        (server, socket) -> {
          server.readRequest(socket.getInputStream());
          server.write(socket, "HTTP/1.1 200 OK\r\n\r\n");
          while (true) {
            server.write(socket, " ".repeat(1024 * 1024));
          }
        };
    try (RawServer server = RawServer.start(endless)) {
      Registry patient = HttpRegistry.at(server.url());
      assertThat(Outcomes.failure(patient.users()))
          .hasMessageContaining("more than 67108864 bytes");
    }
  }

  @Test
  void silenceTimesOutAndIsNotRepeated() throws IOException {
    try (RawServer server = RawServer.answering("")) {
      Registry registry = HttpRegistry.at(server.url(), HASTY);
      assertThat(Outcomes.failure(registry.register(BOB, HOME, Claim.random())).code())
          .isEqualTo(TIMED_OUT);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void lostConnectionIsTriedAgainUnlessThatCouldFindTheNameTakenByItself() throws IOException {
    RawServer.Script hangUp = (server, socket) -> server.readRequest(socket.getInputStream());
    try (RawServer server = RawServer.start(hangUp)) {
      Registry registry = HttpRegistry.at(server.url(), HASTY);
      assertUnreachable(registry.users(), server, 2);
      assertUnreachable(registry.remove(BOB, Claim.NONE), server, 4);
      assertUnreachable(registry.update(BOB, HOME, Claim.NONE), server, 6);
      assertUnreachable(registry.register(BOB, HOME, Claim.random()), server, 8);
      assertUnreachable(registry.register(BOB, HOME, Claim.NONE), server, 9);
    }
  }

  @Test
  void connectionThatTheServerClosedMeanwhileGoesUnnoticed() throws IOException {
    RawServer.Script onceEach =
        (server, socket) -> {
          server.readRequest(socket.getInputStream());
          server.write(socket, RawServer.answer("200 OK", "{\"status\":\"ok\"}"));
        };
    try (RawServer server = RawServer.start(onceEach)) {
      Registry registry = HttpRegistry.at(server.url());
      for (int i = 0; i < 10; i++) {
        Outcomes.of(registry.update(BOB, HOME, Claim.NONE));
        Outcomes.of(registry.register(BOB, HOME, Claim.NONE));
      }
    }
  }

  @Test
  void nobodyThereIsUnreachableAndSaidWithTheUrl() throws IOException {
    String url = "http://127.0.0.1:" + HttpTransportFailureTest.unusedPort();
    ChatException failure = Outcomes.failure(HttpRegistry.at(url).users());
    assertThat(failure.code()).isEqualTo(UNREACHABLE);
    assertThat(failure).hasMessageStartingWith(url + " cannot be reached: Connection refused");
  }

  @Test
  void anotherServiceIsARefusal() throws IOException {
    try (RawServer server =
        RawServer.answering(RawServer.answer("404 Not Found", "<p>What?</p>"))) {
      ChatException failure = Outcomes.failure(HttpRegistry.at(server.url()).users());
      assertThat(failure.code()).isEqualTo(REFUSED);
      assertThat(failure).hasMessage(server.url() + " answered 404: <p>What?</p>");
    }
  }

  @Test
  void tenThousandUsersArrive() {
    Registry local = Registry.inMemory();
    for (int i = 0; i < 10_000; i++) {
      Outcomes.of(local.update(UserName.of("user-" + i), HOME, Claim.NONE));
    }
    try (HttpServer server = RegistryApi.serve(local, HttpServer.builder()).start()) {
      Registry remote = HttpRegistry.at("http://127.0.0.1:" + server.port());
      assertThat(Outcomes.of(remote.users())).isEqualTo(Outcomes.of(local.users()));
    }
  }

  private static void assertUnreachable(
      CompletableFuture<?> call, RawServer server, int requestsSoFar) {
    assertThat(Outcomes.failure(call).code()).isEqualTo(UNREACHABLE);
    assertThat(server.requests()).isEqualTo(requestsSoFar);
  }
}
