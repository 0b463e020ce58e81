package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.http.RawClient.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LeakWatch.class)
final class HttpServerTest {
  private final TestRoutes routes = new TestRoutes();
  private final HttpServer server =
      routes.addTo(HttpServer.builder()).handlerTimeout(Duration.ofMillis(400)).start();
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

  @Test
  void requestIsAnsweredAndTheConnectionKept() throws IOException {
    Answer first = client.get("/fixed").read();
    Answer second = client.get("/items/Ada").read();

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body()).isEqualTo("fixed");
    assertThat(first.header("Content-Type")).isEqualTo("application/json");
    assertThat(second.body()).isEqualTo("Ada");
  }

  @Test
  void queryDoesNotCountForRouting() throws IOException {
    assertThat(client.get("/items/Ada?x=/fixed").read().body()).isEqualTo("Ada");
  }

  @Test
  void absoluteTargetIsUnderstood() throws IOException {
    assertThat(client.get("http://x:80/items/Ada?q").read().body()).isEqualTo("Ada");
  }

  @Test
  void parameterIsPercentDecoded() throws IOException {
    assertThat(client.get("/items/J%C3%BCrgen%20%2e%2E").read().body()).isEqualTo("Jürgen ..");
  }

  @ParameterizedTest
  @CsvSource({
    "/",
    "http://x",
    "http://x?/fixed",
    "/nothing",
    "/fixed/",
    "/items/",
    "/items/a/b",
    "/FIXED",
    "/%66ixed",
    "//fixed"
  })
  void unknownPathIsAnswered404(String path) throws IOException {
    Answer answer = client.get(path).read();

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body())
        .startsWith("{\"status\":\"error\",\"code\":\"NOT_FOUND\",\"message\":");
    assertThat(client.get("/fixed").read().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"POST, /fixed, 'GET, HEAD, OPTIONS'", "get, /items/a, 'DELETE, GET, HEAD, OPTIONS'"})
  void wrongMethodIsAnswered405WithThoseAllowed(String method, String path, String allowed)
      throws IOException {
    Answer answer = client.send(method + " " + path + " HTTP/1.1", "Host: localhost", "").read();

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo(allowed);
    assertThat(answer.body()).contains("\"METHOD_NOT_ALLOWED\"");
  }

  @Test
  void optionsTellsTheMethods() throws IOException {
    Answer answer = client.send("OPTIONS /echo HTTP/1.1", "Host: localhost", "").read();

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Allow")).isEqualTo("OPTIONS, POST, PUT");
  }

  @Test
  void headIsGetWithoutTheBody() throws IOException {
    Answer answer = client.send("HEAD /fixed HTTP/1.1", "Host: localhost", "").readHead();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).isEqualTo("5");
    assertThat(client.get("/items/Ada").read().body()).isEqualTo("Ada");
  }

  @Test
  void headOfAnErrorHasNoBodyEither() throws IOException {
    client.send("HEAD /nothing HTTP/1.1", "Host: localhost", "");

    assertThat(client.readHead().status()).isEqualTo(404);
    assertThat(client.get("/fixed").read().body()).isEqualTo("fixed");
  }

  @Test
  void bodyReachesTheHandler() throws IOException {
    assertThat(client.post("/echo", "{\"a\":\"ä\"}").read().body()).isEqualTo("{\"a\":\"ä\"}");
    assertThat(client.post("/echo", "").read().body()).isEmpty();
  }

  @Test
  void chunkedBodyReachesTheHandler() throws IOException {
    client.send("POST /echo HTTP/1.1", "Host: localhost", "Content-Type: application/json");
    client.send("Transfer-Encoding: chunked", "", "3", "abc", "2;x=y", "de", "0", "Trailer: t", "");

    assertThat(client.read().body()).isEqualTo("abcde");
    assertThat(client.get("/fixed").read().body()).isEqualTo("fixed");
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Type: text/plain",
    "Content-Type: application/json; charset=latin1",
    "Content-Type: application/jsonp",
    "Content-Type:",
    "X-No: type"
  })
  void otherContentTypesAreAnswered415(String header) throws IOException {
    client
        .send("POST /echo HTTP/1.1", "Host: localhost", header, "Content-Length: 2", "")
        .sendRaw("{}");
    Answer answer = client.read();

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.body()).contains("\"UNSUPPORTED_MEDIA_TYPE\"");
    assertThat(client.post("/echo", "1").read().body()).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({"application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\""})
  void contentTypeMayNameUtf8(String type) throws IOException {
    client.send(
        "PUT /echo HTTP/1.1", "Host: localhost", "Content-Type: " + type, "Content-Length: 1", "");

    assertThat(client.sendRaw("1").read().status()).isEqualTo(200);
  }

  @Test
  void deleteNeedsNoContentType() throws IOException {
    assertThat(client.send("DELETE /items/a HTTP/1.1", "Host: localhost", "").read().body())
        .isEqualTo("-a");
  }

  @Test
  void bodyThatIsNoUtf8IsInvalid() throws IOException {
    client.send("POST /echo HTTP/1.1", "Host: localhost", "Content-Type: application/json");
    Answer answer = client.send("Content-Length: 1", "").sendRaw("\u00ff").read();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("\"INVALID\"");
  }

  @Test
  void replacementCharacterItselfIsGoodUtf8() throws IOException {
    assertThat(client.post("/echo", "\ufffd").read().body()).isEqualTo("\ufffd");
  }

  @Test
  void repeatedHeadersAreJoined() throws IOException {
    client.send("GET /header HTTP/1.1", "Host: localhost", "X-Test: a", "x-test: b", "");

    assertThat(client.read().body()).isEqualTo("a, b");
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID, 400",
    "FORBIDDEN, 403",
    "UNKNOWN_USER, 404",
    "NAME_TAKEN, 409",
    "TOO_LARGE, 413",
    "MISDIRECTED, 421",
    "OVERLOADED, 503",
    "STORAGE, 503",
    "CLOSED, 503",
    "UNREACHABLE, 502",
    "TIMED_OUT, 504",
    "REFUSED, 422"
  })
  void failureBecomesTheStatusOfItsCode(String code, int status) throws IOException {
    Answer answer = client.get("/fails/" + code).read();

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body())
        .isEqualTo("{\"status\":\"error\",\"code\":\"%s\",\"message\":\"because\"}", code);
    assertThat(answer.header("Retry-After")).isEqualTo(code.equals("OVERLOADED") ? "1" : "");
  }

  @ParameterizedTest
  @CsvSource({"/throws", "/null", "/nullAnswer", "/fails/INTERNAL", "/fails/NOT_A_CODE", "/split"})
  void faultOfAHandlerIsA500ThatTellsNothing(String path) throws IOException {
    Answer answer = client.get(path).read();

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body())
        .isEqualTo("{\"status\":\"error\",\"code\":\"INTERNAL\",\"message\":\"internal error\"}");
    assertThat(client.get("/fixed").read().status()).isEqualTo(200);
  }

  @Test
  void handlerWithoutAnswerIsA504AndItsLateAnswerIsDropped() throws IOException {
    Answer answer = client.get("/slow").read();
    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.body()).contains("\"TIMED_OUT\"");

    client.get("/slow");
    routes.slow.remove().complete(HttpResponse.json(200, "late"));
    assertThat(client.read().status()).isEqualTo(504);
  }

  @Test
  void pipelinedRequestsAreAnsweredOneAfterTheOther() throws Exception {
    client.get("/slow").get("/slow").get("/items/last");
    assertThat(routes.slowCalled.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(routes.slow).hasSize(1);

    routes.slow.remove().complete(HttpResponse.json(200, "1"));
    assertThat(client.read().body()).isEqualTo("1");
    Waiting.until(() -> !routes.slow.isEmpty());
    routes.slow.remove().complete(HttpResponse.json(200, "2"));
    assertThat(client.read().body()).isEqualTo("2");
    assertThat(client.read().body()).isEqualTo("last");
  }

  @Test
  void thousandsOfPipelinedRequestsAreAnsweredInOrder() throws Exception {
    int count = 3000;
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < count; i++) {
                Waiting.unchecked(client::get, "/items/" + i);
              }
            });
    for (int i = 0; i < count; i++) {
      assertThat(client.read().body()).isEqualTo(String.valueOf(i));
    }
    sending.get(5, TimeUnit.SECONDS);
  }

  @Test
  void clientThatHasFinishedSendingStillGetsItsAnswers() throws Exception {
    client.get("/slow").get("/items/b").finish();
    assertThat(routes.slowCalled.await(5, TimeUnit.SECONDS)).isTrue();
    routes.slow.remove().complete(HttpResponse.json(200, "a"));

    assertThat(client.read().body()).isEqualTo("a");
    assertThat(client.read().body()).isEqualTo("b");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void connectionEndsWhenTheClientSaysSo() throws IOException {
    client.send("GET /fixed HTTP/1.1", "Host: localhost", "Connection: close", "");

    assertThat(client.read().header("Connection")).isEqualTo("close");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void oldClientsNeedNoHostAndGetAnEnd() throws IOException {
    assertThat(client.send("GET /fixed HTTP/1.0", "").read().body()).isEqualTo("fixed");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void oldClientsMayKeepTheConnection() throws IOException {
    client.send("GET /fixed HTTP/1.0", "Connection: keep-alive", "");

    assertThat(client.read().header("Connection")).isEqualTo("keep-alive");
    assertThat(client.get("/fixed").read().status()).isEqualTo(200);
  }

  @Test
  void portInUseIsNamed() {
    assertThatThrownBy(() -> HttpServer.builder().listenOn("127.0.0.1", server.port()).start())
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.code()).isEqualTo(ChatException.Code.CANNOT_LISTEN))
        .hasMessage("cannot listen on 127.0.0.1:%d: Address already in use", server.port());
  }

  @Test
  void unknownLocalHostIsNamed() {
    assertThatThrownBy(() -> HttpServer.builder().listenOn("no.such.host.invalid", 0).start())
        .hasMessage("cannot listen on no.such.host.invalid:0: no such host");
  }

  @Test
  void routeIsServedOnce() {
    HttpServer.Builder builder = HttpServer.builder().route("GET", "/a", r -> null);

    assertThatThrownBy(() -> builder.route("GET", "/a", r -> null))
        .isInstanceOf(ChatException.class)
        .hasMessage("GET /a is served already");
  }

  @ParameterizedTest
  @CsvSource({"a", "''", "/a b", "/{}", "/a{b}", "/{a b}"})
  void malformedPatternIsRefused(String pattern) {
    assertThatThrownBy(() -> HttpServer.builder().route("GET", pattern, r -> null))
        .isInstanceOf(ChatException.class)
        .hasMessageContaining("not a path pattern");
  }
}
