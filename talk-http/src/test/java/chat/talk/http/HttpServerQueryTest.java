package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.http.RawClient.Answer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a handler learns from behind the question mark, and of who asks. */
@ExtendWith(LeakWatch.class)
final class HttpServerQueryTest {
  private final HttpServer server =
      HttpServer.builder()
          .route("GET", "/q", r -> TestRoutes.done("<" + r.query("ä").orElse("none") + ">"))
          .route("GET", "/unasked", r -> TestRoutes.done("fine"))
          .route("GET", "/who", r -> TestRoutes.done(r.remoteAddress() + " " + r.caller()))
          .start();
  private RawClient client;

  @BeforeEach
  void connect() throws IOException {
    client = new RawClient(server);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'', <none>",
    "'?', <none>",
    "?a=b, <none>",
    "?%C3%A4=b, <b>",
    "?%c3%a4, <>",
    "?%C3%A4=, <>",
    "?%C3%A4=a=b, <a=b>",
    "?x=1&%C3%A4=b&y=2, <b>",
    "?&&%C3%A4=b&, <b>",
    "?%C3%A4=a%20b%2Fc%3F%26, <a b/c?&>",
    "?%C3%A4=2026-11-21T20:00+01:00, <2026-11-21T20:00+01:00>",
    "?%C3%A4=%F0%9F%98%80, <😀>",
    "?%C3%A4=a?b/c, <a?b/c>",
    "?x=1&x=2&%C3%A4=b, <b>"
  })
  void queryIsDecoded(String query, String seen) throws IOException {
    assertThat(client.get("/q" + query).read().body()).isEqualTo(seen);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?%C3%A4=1&%C3%A4=2",
        "?%C3%A4&%c3%a4",
        "?%C3%A4=%",
        "?%C3%A4=%4",
        "?%C3%A4=%zz",
        "?%C3%A4=%FF",
        "?%C3%A4=%00",
        "?%ED%A0%80=1",
        "?x=%",
        "?x=\u00e4"
      })
  void malformedQueryIsA400WhenAskedFor(String query) throws IOException {
    Answer answer = client.get("/q" + query).read();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("\"INVALID\"", "the query");
    assertThat(client.get("/unasked" + query).read().status()).isEqualTo(200);
  }

  @Test
  void callerIsWhoConnected() throws IOException {
    client.send("GET /who HTTP/1.1", "Host: localhost:80", "X-Forwarded-For: 192.0.2.1");
    client.send("X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https", "");

    assertThat(client.read().body())
        .isEqualTo("127.0.0.1 Caller[address=127.0.0.1, scheme=http, host=localhost:80]");
  }

  @Test
  void requestMadeByATestHasNoCallerAndNoQuery() {
    HttpRequest request =
        new HttpRequest("GET", "/", java.util.Map.of(), java.util.Map.of(), new byte[0]);

    assertThat(request.query("a")).isEmpty();
    assertThat(request.remoteAddress()).isEqualTo("-");
  }
}
