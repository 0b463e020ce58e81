package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.http.RawClient.Answer;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors as RFC 9457 has them. */
@ExtendWith(LeakWatch.class)
final class HttpServerProblemTest {
  private static final Instant LATER = Instant.parse("2999-01-01T00:00:00.5Z");

  private final HttpServer server =
      new TestRoutes()
          .addTo(HttpServer.builder().problems())
          .route("GET", "/until/{code}/{time}", HttpServerProblemTest::failUntil)
          .webSocket("/ws", 100, (session, text) -> CompletableFuture.completedFuture(null))
          .start();
  private RawClient client;

  private static CompletableFuture<HttpResponse> failUntil(HttpRequest request) {
    Code code = Code.valueOf(request.parameter("code"));
    Instant time = Instant.parse(request.parameter("time"));
    return CompletableFuture.failedFuture(new ChatException(code, "wait", time));
  }

  @BeforeEach
  void connect() throws IOException {
    client = new RawClient(server);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void failureOfAHandlerIsAProblem() throws IOException {
    Answer answer = client.get("/fails/NOT_FOUND").read();

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                + "\"detail\":\"because\",\"code\":\"NOT_FOUND\"}");
    assertThat(answer.header("Retry-After")).isEmpty();
  }

  @Test
  void timeWhenItMayBeTriedAgainIsTold() throws IOException {
    Answer answer = client.get("/until/LIMITED/" + LATER).read();

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.body()).contains("\"retryAt\":\"2999-01-01T00:00:00.500Z\"");
    long seconds = LATER.getEpochSecond() - Instant.now().getEpochSecond();
    assertThat(Long.parseLong(answer.header("Retry-After"))).isBetween(seconds - 60, seconds + 1);
  }

  @Test
  void banSaysWhenItEnds() throws IOException {
    Answer answer = client.get("/until/BANNED/" + LATER).read();

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("Retry-After")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "LIMITED, 1",
    "OVERLOADED, 1",
    "STORAGE, 1",
    "CLOSED, 1",
    "BANNED, ''",
    "INVALID, ''"
  })
  void retryAfterIsASecondWhereItIsNotKnown(String code, String seconds) throws IOException {
    assertThat(client.get("/fails/" + code).read().header("Retry-After")).isEqualTo(seconds);
  }

  @Test
  void retryAfterIsNeverInThePast() throws IOException {
    assertThat(client.get("/until/LIMITED/2001-01-01T00:00:00Z").read().header("Retry-After"))
        .isEqualTo("1");
    assertThat(client.get("/until/LIMITED/" + Instant.MAX).read().status()).isEqualTo(429);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /nothing HTTP/1.1,404,NOT_FOUND",
        "PUT /fixed HTTP/1.1,405,METHOD_NOT_ALLOWED",
        "POST /echo HTTP/1.1,415,UNSUPPORTED_MEDIA_TYPE",
        "GET /items/%ff HTTP/1.1,400,INVALID",
        "GET /ws HTTP/1.1,426,UPGRADE_REQUIRED",
        "GET /throws HTTP/1.1,500,INTERNAL",
        "GET /split HTTP/1.1,500,INTERNAL",
        "GET,400,INVALID"
      })
  void errorsOfTheServerItselfAreProblems(String given) throws IOException {
    String[] parts = given.split(",", -1);
    Answer answer = client.send(parts[0], "Host: localhost", "").read();

    assertThat(answer.status()).isEqualTo(Integer.parseInt(parts[1]));
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.body())
        .contains("\"status\":" + parts[1], "\"code\":\"" + parts[2] + "\"")
        .doesNotContain("secret");
  }

  @Test
  void headersOfARefusalStay() throws IOException {
    Answer answer = client.send("PUT /fixed HTTP/1.1", "Host: localhost", "").read();

    assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
  }
}
