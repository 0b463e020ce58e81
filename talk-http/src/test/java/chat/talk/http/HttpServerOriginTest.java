package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.http.RawClient.Answer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Web pages of other origins, those that are allowed and those that are not. */
@ExtendWith(LeakWatch.class)
final class HttpServerOriginTest {
  private static final String OURS = "https://chat.example";
  private final HttpServer server = serve(HttpServer.builder().allowOrigins(OURS));

  private static HttpServer serve(HttpServer.Builder builder) {
    return new TestRoutes()
        .addTo(builder)
        .webSocket("/ws", 100, (session, text) -> CompletableFuture.completedFuture(null))
        .start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static Answer ask(HttpServer server, String request, String... headers)
      throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.send(request + " HTTP/1.1", "Host: localhost", "Content-Type: application/json");
      client.send("Content-Length: 0").send(headers).send("");
      return request.startsWith("HEAD") ? client.readHead() : client.read();
    }
  }

  private Answer from(String origin, String request) throws IOException {
    return ask(server, request, "Origin: " + origin);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /fixed, 200",
    "HEAD /fixed, 200",
    "POST /echo, 200",
    "GET /nothing, 404",
    "PUT /fixed, 405",
    "GET /fails/LIMITED, 429",
    "GET /ws, 426"
  })
  void allowedPageSeesAnswersAndErrors(String request, int status) throws IOException {
    Answer answer = from(OURS, request);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(OURS);
    assertThat(answer.header("Access-Control-Expose-Headers")).contains("ETag", "Retry-After");
    assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
    assertThat(answer.header("Vary")).isEqualTo("origin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "http://chat.example",
        "https://chat.example:8443",
        "https://chat.example.evil.example",
        "https://chat.example, https://evil.example",
        "null"
      })
  void otherPagesSeeNothingAndChangeNothing(String origin) throws IOException {
    Answer seen = from(origin, "GET /fixed");

    assertThat(seen.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(seen.header("Vary")).isEqualTo("origin");
    assertThat(from(origin, "POST /echo").status()).isEqualTo(403);
  }

  @Test
  void whoIsNoPageIsServedAsEver() throws IOException {
    Answer answer = ask(server, "POST /echo");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Vary")).isEqualTo("origin");
    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
  }

  private Answer preflight(String origin, String path) throws IOException {
    return ask(
        server,
        "OPTIONS " + path,
        "Origin: " + origin,
        "Access-Control-Request-Method: POST",
        "Access-Control-Request-Headers: authorization,content-type");
  }

  @Test
  void preflightOfAnAllowedPageIsAnswered() throws IOException {
    Answer answer = preflight(OURS, "/echo");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(OURS);
    assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("OPTIONS, POST, PUT");
    assertThat(answer.header("Access-Control-Allow-Headers"))
        .isEqualTo("authorization,content-type");
    assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("600");
  }

  @Test
  void preflightOfAnotherPageAllowsNothing() throws IOException {
    assertThat(preflight("https://evil.example", "/echo").headers().keySet())
        .noneMatch(name -> name.startsWith("access-control"));
  }

  @Test
  void preflightMayNotWriteWhatItLikes() throws IOException {
    Answer answer =
        ask(
            server,
            "OPTIONS /echo",
            "Origin: " + OURS,
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: a\"b; c");

    assertThat(answer.header("Access-Control-Allow-Headers")).isEmpty();
  }

  @Test
  void webSocketOfAnAllowedPageIsTaken() throws IOException {
    assertThat(webSocket(OURS)).isEqualTo(101);
    assertThat(webSocket("https://evil.example")).isEqualTo(403);
  }

  private int webSocket(String origin) throws IOException {
    try (RawClient client = new RawClient(server)) {
      return RawWebSocket.handshake(client, "/ws", "Origin: " + origin).readHead().status();
    }
  }

  @Test
  void starAllowsAll() throws IOException {
    try (HttpServer open = serve(HttpServer.builder().allowOrigins("*"))) {
      Answer answer = ask(open, "POST /echo", "Origin: https://anybody.example");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
      assertThat(answer.header("Vary")).isEmpty();
    }
  }

  @Test
  void portThatIsUsualIsTheSameOrigin() throws IOException {
    try (HttpServer other = serve(HttpServer.builder().allowOrigins("HTTPS://Chat.Example:443"))) {
      assertThat(ask(other, "POST /echo", "Origin: " + OURS).status()).isEqualTo(200);
    }
  }

  @Test
  void withoutAListNothingIsSaidAboutOrigins() throws IOException {
    try (HttpServer plain = serve(HttpServer.builder())) {
      Answer answer = ask(plain, "GET /fixed", "Origin: " + OURS);

      assertThat(answer.headers().keySet())
          .noneMatch(name -> name.startsWith("access-control") || name.equals("vary"));
    }
  }

  @Test
  void allowedPageMayUseAnyNameOfAPublicServer() throws IOException {
    try (HttpServer open = serve(HttpServer.builder().listenOn("0.0.0.0", 0).allowOrigins(OURS));
        RawClient client =
            new RawClient(
                new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), open.port()))) {
      client.send("GET /fixed HTTP/1.1", "Host: api.example", "Origin: " + OURS, "");
      assertThat(client.read().status()).isEqualTo(200);
      client.send("GET /fixed HTTP/1.1", "Host: api.example", "Origin: https://b.example", "");
      assertThat(client.read().status()).isEqualTo(421);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "chat.example",
        "https://",
        "https://a/b",
        "https://a/",
        "null",
        "https://*.a"
      })
  void whatIsNoOriginIsRefused(String origin) {
    assertThatThrownBy(() -> HttpServer.builder().allowOrigins(origin))
        .isInstanceOf(ChatException.class)
        .hasMessageContaining("not an origin");
  }
}
