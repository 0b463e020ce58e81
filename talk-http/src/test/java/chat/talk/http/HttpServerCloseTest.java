package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The end of a server is orderly, and leaves nothing behind. */
@ExtendWith(LeakWatch.class)
final class HttpServerCloseTest {
  private final TestRoutes routes = new TestRoutes();
  private final Queue<CompletableFuture<Void>> held = new ConcurrentLinkedQueue<>();
  private HttpServer server =
      routes
          .addTo(HttpServer.builder())
          .name("closing")
          .webSocket("/held", 1000, this::hold)
          .route("GET", "/close", request -> closeWithin())
          .start();

  private CompletableFuture<Void> hold(WebSocketSession session, String text) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    held.add(result);
    return result.thenRun(() -> session.send(text));
  }

  private CompletableFuture<HttpResponse> closeWithin() {
    server.close();
    return TestRoutes.done("closing");
  }

  @AfterEach
  void close() {
    server.close();
    assertThat(Waiting.threads("talk-closing-")).isZero();
    assertThat(server.openConnections()).isZero();
  }

  private CompletableFuture<Long> closeInBackground() {
    return CompletableFuture.supplyAsync(
        () -> {
          long start = System.nanoTime();
          server.close();
          return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        });
  }

  private static long millis(CompletableFuture<Long> closing) throws Exception {
    return closing.get(10, TimeUnit.SECONDS);
  }

  @Test
  void threadsAreNamedAndFew() {
    assertThat(Waiting.threads("talk-closing-io-")).isBetween(1L, 2L);
  }

  @Test
  void portIsFreeAfterwards() throws Exception {
    server.close();
    server.close();

    try (ServerSocket socket = new ServerSocket(server.port())) {
      assertThat(socket.getLocalPort()).isEqualTo(server.port());
    }
  }

  @Test
  void idleConnectionsEndAtOnce() throws Exception {
    try (RawClient idle = new RawClient(server);
        RawClient fresh = new RawClient(server);
        RawClient half = new RawClient(server)) {
      assertThat(idle.get("/fixed").read().status()).isEqualTo(200);
      half.send("GET /fixed HTTP/1.1");
      Waiting.until(() -> server.openConnections() == 3);

      assertThat(millis(closeInBackground())).isLessThan(1500);
      assertThat(idle.isClosed()).isTrue();
      assertThat(fresh.isClosed()).isTrue();
      assertThat(half.isClosed()).isTrue();
    }
  }

  @Test
  void openRequestIsAnsweredFirst() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.get("/slow");
      assertThat(routes.slowCalled.await(5, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Long> closing = closeInBackground();
      Waiting.until(this::isPortClosed);
      routes.slow.remove().complete(HttpResponse.json(200, "done"));

      RawClient.Answer answer = client.read();
      assertThat(answer.body()).isEqualTo("done");
      assertThat(client.isClosed()).isTrue();
      client.hangUp();
      assertThat(millis(closing)).isLessThan(4000);
    }
  }

  @Test
  void whatIsLeftToFetchMayBeFetchedFirst() {
    Queue<String> fetched = new ConcurrentLinkedQueue<>();
    HttpServer[] talkative = new HttpServer[1];
    talkative[0] =
        routes
            .addTo(HttpServer.builder())
            .name("closing")
            .lastWords(
                () ->
                    CompletableFuture.supplyAsync(() -> fetched.add(fixed(talkative[0])))
                        .thenAccept(added -> {}))
            .start();
    talkative[0].close();
    assertThat(fetched).containsExactly("fixed");
    assertThat(talkative[0].openConnections()).isZero();
  }

  private static String fixed(HttpServer from) {
    try (RawClient client = new RawClient(from)) {
      return client.get("/fixed").read().body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isPortClosed() {
    try (RawClient probe = new RawClient(server)) {
      return probe.socket().isClosed();
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void handlerThatNeverAnswersDoesNotHoldUpTheEnd() throws Exception {
    try (RawClient client = new RawClient(server);
        RawWebSocket socket = new RawWebSocket(server, "/held")) {
      client.get("/slow");
      socket.text("a");
      Waiting.until(() -> !held.isEmpty() && !routes.slow.isEmpty());

      assertThat(millis(closeInBackground())).isBetween(1900L, 6000L);
      assertThat(client.isClosed()).isTrue();
      held.remove().complete(null);
      routes.slow.remove().complete(HttpResponse.json(200, "late"));
    }
  }

  @Test
  void webSocketGetsItsAnswersAndThen1001() throws Exception {
    try (RawWebSocket socket = new RawWebSocket(server, "/held");
        RawWebSocket quiet = new RawWebSocket(server, "/held")) {
      socket.text("a").text("b");
      Waiting.until(() -> held.size() == 2);
      CompletableFuture<Long> closing = closeInBackground();
      assertThat(quiet.read().closeCode()).isEqualTo(1001);
      held.forEach(result -> result.complete(null));

      assertThat(socket.read().text()).isEqualTo("a");
      assertThat(socket.read().text()).isEqualTo("b");
      assertThat(socket.read().closeCode()).isEqualTo(1001);
      socket.frame(RawWebSocket.FIN | RawWebSocket.CLOSE, (byte) 0x03, (byte) 0xE9);
      quiet.frame(RawWebSocket.FIN | RawWebSocket.CLOSE, (byte) 0x03, (byte) 0xE9);
      assertThat(socket.client().isClosed()).isTrue();
      assertThat(millis(closing)).isLessThan(3000);
    }
  }

  @Test
  void handlerMayCloseItsOwnServer() throws Exception {
    try (RawClient client = new RawClient(server)) {
      assertThat(client.get("/close").read().body()).isEqualTo("closing");
    }
    Waiting.until(() -> Waiting.threads("talk-closing-io-") == 0);
  }

  @Test
  void interruptedThreadClosesAllTheSame() throws Exception {
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread closer =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              server.close();
              interrupted.complete(Thread.currentThread().isInterrupted());
            });
    closer.start();

    assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void manyServersLeaveNoThread() {
    for (int i = 0; i < 20; i++) {
      HttpServer.builder().name("one-of-many").start().close();
    }
    assertThat(Waiting.threads("talk-one-of-many")).isZero();
  }
}
