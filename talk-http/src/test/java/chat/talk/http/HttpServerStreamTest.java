package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.http.RawClient.Answer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Answers that are sent as they come about. */
@ExtendWith(LeakWatch.class)
final class HttpServerStreamTest {
  private static final int PIECE = 64 * 1024;

  /** More than all buffers between server and client together take. */
  private static final int MANY = 600;

  private final TestSource events = new TestSource(BodySource.UNKNOWN_LENGTH);
  private final TestSource file = new TestSource(6);
  private final Flood flood = new Flood();
  private final CompletableFuture<HttpResponse> late = new CompletableFuture<>();
  private RawClient client;
  private final HttpServer server = serve(HttpServer.builder());

  private HttpServer serve(HttpServer.Builder builder) {
    return new TestRoutes()
        .addTo(builder)
        .route("GET", "/events", r -> answer(200, events))
        .route("GET", "/file", r -> answer(200, file))
        .route("GET", "/flood", r -> answer(200, flood))
        .route("GET", "/none", r -> answer(204, events))
        .route("GET", "/broken", r -> answer(200, new Broken()))
        .route("GET", "/late", r -> late)
        .start();
  }

  /** Serves the same, with timeouts that a test can wait for. */
  private HttpServer serveInHaste() {
    return serve(
        HttpServer.builder()
            .headerTimeout(Duration.ofMillis(400))
            .idleTimeout(Duration.ofMillis(800))
            .handlerTimeout(Duration.ofMillis(400)));
  }

  private static CompletableFuture<HttpResponse> answer(int status, BodySource source) {
    Map<String, String> headers = Map.of("Content-Type", "text/event-stream");
    return CompletableFuture.completedFuture(HttpResponse.streaming(status, headers, source));
  }

  /** Gives the same piece again and again, at once. */
  private static final class Flood implements BodySource {
    private final AtomicLong given = new AtomicLong();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    @Override
    public CompletableFuture<@Nullable ByteBuffer> next() {
      boolean isEnd = given.getAndIncrement() == MANY;
      return CompletableFuture.completedFuture(isEnd ? null : ByteBuffer.allocate(PIECE));
    }

    @Override
    public long length() {
      return (long) MANY * PIECE;
    }

    @Override
    public void close() {
      closed.complete(null);
    }
  }

  private static final class Broken implements BodySource {
    @Override
    public CompletableFuture<@Nullable ByteBuffer> next() {
      throw new IllegalStateException("broken");
    }

    @Override
    public void close() {
      throw new IllegalStateException("broken at the end too");
    }
  }

  @BeforeEach
  void connect() throws IOException {
    client = new RawClient(server);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
    assertThat(events.closed.get()).isLessThanOrEqualTo(1);
    assertThat(file.closed.get()).isLessThanOrEqualTo(1);
  }

  private String chunk() throws IOException {
    return chunk(client);
  }

  private static String chunk(RawClient client) throws IOException {
    int size = Integer.parseInt(client.readLine(), 16);
    String text = new String(client.readBytes(size), StandardCharsets.UTF_8);
    client.readLine();
    return text;
  }

  @Test
  void bodyOfUnknownLengthGoesOutInChunksAsItComes() throws IOException {
    Answer head = client.get("/events").readHead();
    assertThat(head.header("Transfer-Encoding")).isEqualTo("chunked");
    assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
    assertThat(head.header("Content-Length")).isEmpty();

    events.give("one");
    assertThat(chunk()).isEqualTo("one");
    events.give("");
    events.give("two");
    assertThat(chunk()).isEqualTo("two");
    events.end();
    assertThat(chunk()).isEmpty();
    assertThat(events.closed).hasValue(1);
    assertThat(client.get("/fixed").read().body()).isEqualTo("fixed");
  }

  @Test
  void bodyOfKnownLengthHasItInTheHead() throws IOException {
    client.get("/file").get("/fixed");
    file.give("abc");
    file.give("def");
    file.end();

    assertThat(client.read().body()).isEqualTo("abcdef");
    assertThat(client.read().body()).isEqualTo("fixed");
    assertThat(file.closed).hasValue(1);
  }

  @Test
  void pieceIsAskedForOnlyWhenTheOneBeforeIsThere() throws IOException {
    client.get("/file").readHead();
    Waiting.until(() -> file.count.get() == 1);
    file.give("abc");
    Waiting.until(() -> file.count.get() == 2);

    assertThat(new String(client.readBytes(3), StandardCharsets.UTF_8)).isEqualTo("abc");
    assertThat(file.asked).hasSize(1);
    file.give("def");
    file.end();
  }

  @Test
  void sourceMayTakeLongerThanAnyTimeout() throws Exception {
    try (HttpServer hasty = serveInHaste();
        RawClient waiting = new RawClient(hasty)) {
      waiting.get("/events").readHead();
      for (int i = 0; i < 2; i++) {
        pause(1000);
        events.give(": ping\n\n");
        assertThat(chunk(waiting)).isEqualTo(": ping\n\n");
      }
    }
  }

  private static void pause(int millis) {
    new CompletableFuture<>().completeOnTimeout(null, millis, TimeUnit.MILLISECONDS).join();
  }

  @Test
  void clientThatDoesNotReadIsNotReadForAndCutOff() throws Exception {
    try (HttpServer hasty = serveInHaste();
        RawClient lazy = new RawClient(hasty)) {
      lazy.get("/flood").readHead();

      flood.closed.get(20, TimeUnit.SECONDS);
      assertThat(flood.given.get()).isLessThan(MANY);
      Waiting.until(() -> hasty.openConnections() == 0);
    }
  }

  @Test
  void clientThatReadsSlowlyGetsAllOfIt() throws Exception {
    client.get("/flood").readHead();
    for (int i = 0; i < 5; i++) {
      client.readBytes(MANY / 5 * PIECE);
      pause(100);
    }
    flood.closed.get(10, TimeUnit.SECONDS);
    assertThat(client.get("/fixed").read().body()).isEqualTo("fixed");
  }

  @Test
  void otherClientsAreServedWhileOneIsFlooded() throws Exception {
    client.get("/flood");
    try (RawClient other = new RawClient(server)) {
      assertThat(other.get("/fixed").read().body()).isEqualTo("fixed");
    }
  }

  @Test
  void clientThatHangsUpWhileTheSourceWaitsIsNoticed() throws IOException {
    client.get("/events").readHead();
    Waiting.until(() -> events.count.get() == 1);
    client.hangUp();

    Waiting.until(() -> events.closed.get() == 1);
    Waiting.until(() -> server.openConnections() == 0);
    events.give("too late");
    assertThat(events.count).hasValue(1);
  }

  @Test
  void clientThatCrashesWhileTheSourceWaitsIsNoticed() throws IOException {
    client.get("/file").readHead();
    Waiting.until(() -> file.count.get() == 1);
    client.reset();

    Waiting.until(() -> file.closed.get() == 1);
  }

  @Test
  void clientThatOnlyEndsItsSideGetsABodyOfKnownLength() throws IOException {
    client.get("/file").finish();
    client.readHead();
    file.give("abcdef");
    file.end();

    assertThat(new String(client.readBytes(6), StandardCharsets.UTF_8)).isEqualTo("abcdef");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void clientThatEndedItsSideWaitsForNothingEndless() throws IOException {
    client.get("/late").finish();
    late.complete(HttpResponse.streaming(200, Map.of(), events));

    Waiting.until(() -> events.closed.get() == 1);
  }

  @Test
  void headAsksForNothing() throws IOException {
    client.send("HEAD /file HTTP/1.1", "Host: localhost", "");
    assertThat(client.readHead().header("Content-Length")).isEqualTo("6");
    client.send("HEAD /events HTTP/1.1", "Host: localhost", "");
    assertThat(client.readHead().header("Content-Length")).isEmpty();

    assertThat(client.get("/fixed").read().body()).isEqualTo("fixed");
    assertThat(file.count.get() + events.count.get()).isZero();
    assertThat(file.closed.get() + events.closed.get()).isEqualTo(2);
  }

  @Test
  void statusWithoutABodyAsksForNothing() throws IOException {
    assertThat(client.get("/none").readHead().status()).isEqualTo(204);
    assertThat(client.get("/fixed").read().body()).isEqualTo("fixed");
    assertThat(events.count).hasValue(0);
    assertThat(events.closed).hasValue(1);
  }

  @Test
  void oldClientGetsTheBodyUpToTheEndOfTheConnection() throws IOException {
    client.send("GET /events HTTP/1.0", "Connection: keep-alive", "");
    events.give("one");
    events.end();

    Answer head = client.readHead();
    assertThat(head.header("Transfer-Encoding")).isEmpty();
    assertThat(head.header("Connection")).isEqualTo("close");
    assertThat(new String(client.readBytes(3), StandardCharsets.UTF_8)).isEqualTo("one");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void sourceThatFailsCutsTheConnection() throws IOException {
    client.get("/events").readHead();
    events.give("one");
    assertThat(chunk()).isEqualTo("one");
    events.take().completeExceptionally(new IllegalStateException("broken"));

    assertThat(client.isClosed()).isTrue();
    assertThat(events.closed).hasValue(1);
  }

  @Test
  void sourceThatThrowsCutsTheConnection() throws IOException {
    assertThat(client.get("/broken").isClosed()).isTrue();
  }

  @Test
  void bodyThatIsLongerThanAnnouncedIsCut() throws IOException {
    client.get("/file").readHead();
    file.give("abcd");
    file.give("efg");

    client.readBytes(4);
    assertThat(client.isClosed()).isTrue();
    assertThat(file.closed).hasValue(1);
  }

  @Test
  void bodyThatIsShorterThanAnnouncedIsCut() throws IOException {
    client.get("/file").readHead();
    file.give("abcd");
    file.end();

    assertThatThrownBy(() -> client.readBytes(6)).isInstanceOf(EOFException.class);
    assertThat(file.closed).hasValue(1);
  }

  @Test
  void sourceOfAnAnswerThatComesTooLateIsClosed() throws IOException {
    try (HttpServer hasty = serveInHaste();
        RawClient early = new RawClient(hasty)) {
      assertThat(early.get("/late").read().status()).isEqualTo(504);
      late.complete(HttpResponse.streaming(200, Map.of(), events));

      Waiting.until(() -> events.closed.get() == 1);
      assertThat(early.get("/fixed").read().body()).isEqualTo("fixed");
      assertThat(events.count).hasValue(0);
    }
  }

  @Test
  void closingServerEndsWhatHasNoEnd() throws Exception {
    client.get("/events").readHead();
    events.give("one");
    assertThat(chunk()).isEqualTo("one");
    CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);

    assertThat(chunk()).isEmpty();
    assertThat(events.closed).hasValue(1);
    client.hangUp();
    closing.get(10, TimeUnit.SECONDS);
  }

  @Test
  void closingServerLetsAFileGoOutOrCutsItOff() throws Exception {
    client.get("/file").readHead();
    Waiting.until(() -> file.count.get() == 1);
    server.close();

    assertThat(client.isClosed()).isTrue();
    assertThat(file.closed).hasValue(1);
    file.give("abc");
  }
}
