package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LeakWatch.class)
final class TlsServerTest {
  private @TempDir Path folder;
  private SSLSocketFactory trusting;
  private Path certificate;
  private Path key;
  private final TestSource events = new TestSource(BodySource.UNKNOWN_LENGTH);
  private final TestSink sink = new TestSink(false);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    HeldCertificate held =
        new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
    certificate = Files.writeString(folder.resolve("cert.pem"), held.certificatePem());
    key = Files.writeString(folder.resolve("key.pem"), held.privateKeyPkcs8Pem());
    trusting =
        new HandshakeCertificates.Builder()
            .addTrustedCertificate(held.certificate())
            .build()
            .sslSocketFactory();
    server =
        new TestRoutes()
            .addTo(HttpServer.builder())
            .tls(certificate, key)
            .headerTimeout(Duration.ofMillis(500))
            .route("GET", "/events", request -> stream())
            .upload("PUT", "/upload", 10_000_000, request -> sink)
            .webSocket("/ws", 1000, TlsServerTest::echo)
            .start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static CompletableFuture<Void> echo(WebSocketSession session, String text) {
    session.send(text);
    return CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<HttpResponse> stream() {
    return CompletableFuture.completedFuture(HttpResponse.streaming(200, Map.of(), events));
  }

  private RawClient connect() throws IOException {
    return new RawClient(trusting.createSocket(server.host(), server.port()));
  }

  @Test
  void requestsAreAnswered() throws IOException {
    try (RawClient client = connect()) {
      assertThat(client.get("/fixed").read().body()).isEqualTo("fixed");
      assertThat(client.post("/echo", "[1]").read().body()).isEqualTo("[1]");
    }
  }

  @Test
  void answerIsStreamedAndItsClientsEndNoticed() throws IOException {
    try (RawClient client = connect()) {
      client.get("/events").readHead();
      events.give("abc");
      assertThat(client.readLine()).isEqualTo("3");
      Waiting.until(() -> events.count.get() == 2);
    }
    Waiting.until(() -> events.closed.get() == 1);
  }

  @Test
  void uploadPassesThrough() throws IOException {
    sink.answer.complete(HttpResponse.json(200, "done"));
    try (RawClient client = connect()) {
      client.send("PUT /upload HTTP/1.1", "Host: localhost", "Content-Length: 5000000", "");
      assertThat(client.sendRaw(new byte[5_000_000]).read().body()).isEqualTo("done");
    }
    assertThat(sink.bytes).hasValue(5_000_000);
    assertThat(sink.faults).isEmpty();
  }

  @Test
  void schemeOfTheCallerIsHttps() throws IOException {
    try (HttpServer other =
            HttpServer.builder()
                .tls(certificate, key)
                .route("GET", "/who", r -> TestRoutes.done(r.caller().scheme()))
                .start();
        RawClient client = new RawClient(trusting.createSocket(other.host(), other.port()))) {
      assertThat(client.get("/who").read().body()).isEqualTo("https");
    }
  }

  @Test
  void connectionThatMustEndDoesSoProperly() throws IOException {
    try (RawClient client = connect()) {
      client.sendRaw("nonsense\r\n\r\n" + "x".repeat(100_000));

      assertThat(client.read().status()).isEqualTo(400);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void webSocketWorks() throws IOException {
    try (RawWebSocket socket = new RawWebSocket(connect(), "/ws")) {
      for (int i = 0; i < 100; i++) {
        assertThat(socket.text("message " + i).read().text()).isEqualTo("message " + i);
      }
    }
  }

  @Test
  void plainTextIsCutOff() throws IOException {
    try (RawClient client = new RawClient(server)) {
      assertThat(client.get("/fixed").millisToClose()).isLessThan(3000);
    }
  }

  @Test
  void silenceInsteadOfAHandshakeIsCutOff() throws IOException {
    try (RawClient client = new RawClient(server)) {
      assertThat(client.millisToClose()).isBetween(300L, 3000L);
    }
  }

  @Test
  void filesThatAreNoneOrWrongAreNamed() {
    Path missing = folder.resolve("missing.pem");

    assertInvalid(missing, key, "cannot read " + missing);
    assertInvalid(certificate, certificate, "no PKCS #8 key of it in " + certificate);
    assertInvalid(key, key, "no certificate in " + key);
  }

  private static void assertInvalid(Path chain, Path key, String message) {
    HttpServer.Builder builder = HttpServer.builder();

    assertThatThrownBy(() -> builder.tls(chain, key))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.code()).isEqualTo(ChatException.Code.INVALID))
        .hasMessageContaining(message);
  }
}
