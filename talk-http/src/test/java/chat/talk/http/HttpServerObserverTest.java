package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.http.RequestObserver.Answered;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of requests, and what is not. */
@ExtendWith(LeakWatch.class)
final class HttpServerObserverTest {
  private final BlockingQueue<Answered> seen = new LinkedBlockingQueue<>();
  private final TestSource source = new TestSource(BodySource.UNKNOWN_LENGTH);
  private final HttpServer server =
      new TestRoutes()
          .addTo(HttpServer.builder())
          .route("GET", "/stream", r -> stream())
          .webSocket("/ws", 100, (session, text) -> CompletableFuture.completedFuture(null))
          .observe(this::observe)
          .start();
  private RawClient client;

  private void observe(Answered request) {
    seen.add(request);
    throw new IllegalStateException("an observer that fails");
  }

  private CompletableFuture<HttpResponse> stream() {
    return CompletableFuture.completedFuture(HttpResponse.streaming(200, Map.of(), source));
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

  private void assertSeen(String method, String route, int status, long bytes) throws Exception {
    Answered request = seen.poll(10, TimeUnit.SECONDS);
    assertThat(request.nanos()).isPositive();
    assertThat(request).isEqualTo(new Answered(method, route, status, bytes, request.nanos()));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /fixed, GET, /fixed, 200, 5",
    "GET, /fixed?token=secret, GET, /fixed, 200, 5",
    "HEAD, /fixed, HEAD, /fixed, 200, 0",
    "OPTIONS, /fixed, OPTIONS, /fixed, 204, 0",
    "GET, /items/secret, GET, /items/{name}, 200, 6"
  })
  void answeredRequestIsTold(
      String method, String path, String shown, String route, int status, long bytes)
      throws Exception {
    client.send(method + " " + path + " HTTP/1.1", "Host: localhost", "");
    client.readHead();

    assertSeen(shown, route, status, bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /secret, GET, -, 404",
    "PUT, /items/secret, PUT, /items/{name}, 405",
    "BREW, /secret, OTHER, -, 404",
    "GET, /items/%zz, GET, /items/{name}, 400",
    "GET, /fails/LIMITED, GET, /fails/{code}, 429",
    "GET, /throws, GET, /throws, 500",
    "GET, /split, GET, /split, 500",
    "GET, /ws, GET, /ws, 426"
  })
  void refusedRequestIsTold(String method, String path, String shown, String route, int status)
      throws Exception {
    client.send(method + " " + path + " HTTP/1.1", "Host: localhost", "");
    long length = Long.parseLong(client.read().header("Content-Length"));

    assertSeen(shown, route, status, length);
  }

  @Test
  void streamedAnswerIsToldAtItsEnd() throws Exception {
    client.get("/stream").readHead();
    source.give("abc");
    source.give("de");
    Waiting.until(() -> source.count.get() == 3);
    assertThat(seen).isEmpty();
    source.end();

    assertSeen("GET", "/stream", 200, 5);
  }

  @Test
  void streamedAnswerThatIsBrokenOffIsToldToo() throws Exception {
    client.get("/stream").readHead();
    source.give("abc");
    assertThat(client.readLine()).isEqualTo("3");
    client.hangUp();

    assertSeen("GET", "/stream", 200, 3);
  }

  @Test
  void webSocketIsToldWhenItBegins() throws Exception {
    try (RawWebSocket socket = new RawWebSocket(server, "/ws")) {
      assertSeen("GET", "/ws", 101, 0);
    }
  }

  @Test
  void connectionWithoutARequestIsNotTold() throws Exception {
    client.hangUp();
    Waiting.until(() -> server.openConnections() == 0);

    assertThat(seen).isEmpty();
  }
}
