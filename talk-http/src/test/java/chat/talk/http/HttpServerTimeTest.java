package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that take their time. */
@ExtendWith(LeakWatch.class)
final class HttpServerTimeTest {
  private static final int BIG = 32 * 1024 * 1024;

  private final HttpServer server =
      new TestRoutes()
          .addTo(HttpServer.builder())
          .route("GET", "/big", r -> TestRoutes.done("x".repeat(BIG)))
          .headerTimeout(Duration.ofMillis(300))
          .idleTimeout(Duration.ofMillis(900))
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

  @Test
  void halfAHeadAndSilenceIsA408() throws IOException {
    client.send("GET /fixed HTTP/1.1", "Host: localhost");

    assertThat(client.read().status()).isEqualTo(408);
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void halfABodyAndSilenceIsA408() throws IOException {
    client.send("POST /echo HTTP/1.1", "Host: localhost", "Content-Type: application/json");
    client.send("Content-Length: 10", "", "abc");

    assertThat(client.read().status()).isEqualTo(408);
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void halfABodyThatWasRefusedAndSilenceIsTheRefusal() throws IOException {
    client.send("POST /nothing HTTP/1.1", "Host: localhost", "Content-Type: application/json");
    client.send("Content-Length: 10", "", "abc");

    assertThat(client.read().status()).isEqualTo(404);
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void aByteNowAndThenDoesNotKeepAHeadAlive() throws Exception {
    client.send("GET /fixed HTTP/1.1");

    assertThat(statusWhileTrickling("X")).isEqualTo(408);
  }

  @Test
  void aByteNowAndThenDoesNotKeepABodyAlive() throws Exception {
    client.send("POST /echo HTTP/1.1", "Host: localhost", "Content-Type: application/json");
    client.send("Content-Length: 900", "");

    assertThat(statusWhileTrickling("x")).isEqualTo(408);
  }

  private int statusWhileTrickling(String text) throws Exception {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    CompletableFuture<Void> reading =
        CompletableFuture.runAsync(
            () -> Waiting.unchecked(c -> status.complete(c.read().status()), client));
    for (int i = 0; i < 100 && !status.isDone(); i++) {
      client.sendRaw(text);
      status.copy().completeOnTimeout(0, 50, TimeUnit.MILLISECONDS).join();
    }
    reading.get(5, TimeUnit.SECONDS);
    return status.join();
  }

  @Test
  void connectionThatSaysNothingIsClosed() throws IOException {
    assertThat(client.millisToClose()).isBetween(200L, 2000L);
  }

  @Test
  void connectionThatIsIdleBetweenRequestsIsClosedLater() throws IOException {
    assertThat(client.get("/fixed").read().status()).isEqualTo(200);

    assertThat(client.millisToClose()).isBetween(800L, 3000L);
  }

  @Test
  void clientThatDoesNotReadItsAnswerIsCutOff() throws IOException {
    client.get("/big");
    assertThat(client.readHead().header("Content-Length")).isEqualTo(String.valueOf(BIG));
    Waiting.until(() -> server.openConnections() == 0);

    assertThatThrownBy(() -> client.readBytes(BIG)).isInstanceOf(IOException.class);
  }

  @Test
  void clientThatReadsSlowlyGetsAllOfIt() throws Exception {
    client.get("/big");
    client.readHead();
    for (int read = 0; read < BIG; read += BIG / 8) {
      assertThat(client.readBytes(BIG / 8)).hasSize(BIG / 8);
      new CompletableFuture<>().completeOnTimeout(null, 100, TimeUnit.MILLISECONDS).join();
    }
    assertThat(client.get("/fixed").read().status()).isEqualTo(200);
  }
}
