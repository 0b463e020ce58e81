package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** By which names a server may be asked for, by way of what it listens on. */
@ExtendWith(LeakWatch.class)
final class HttpServerHostsTest {
  private static HttpServer serve(HttpServer.Builder server) {
    return new TestRoutes().addTo(server).start();
  }

  private static int status(HttpServer server, String... headers) throws IOException {
    try (RawClient client =
        new RawClient(new Socket(InetAddress.getLoopbackAddress(), server.port()))) {
      client.send("POST /echo HTTP/1.1", "Content-Type: application/json", "Content-Length: 0");
      return client.send(headers).send("").read().status();
    }
  }

  @Test
  void onLoopbackOnlyNamesThatWereAllowedAreServed() throws IOException {
    try (HttpServer server = serve(HttpServer.builder().allowHosts("Chat.example", "b.example"))) {
      assertThat(status(server, "Host: chat.example")).isEqualTo(200);
      assertThat(status(server, "Host: B.example:443")).isEqualTo(200);
      assertThat(status(server, "Host: b.example", "Origin: https://b.example")).isEqualTo(200);
      assertThat(status(server, "Host: c.example")).isEqualTo(421);
      assertThat(status(server, "Host: a.b.example")).isEqualTo(421);
    }
  }

  @Test
  void elsewhereAnyNameIsServedUnlessAPageAsks() throws IOException {
    try (HttpServer server = serve(HttpServer.builder().listenOn("0.0.0.0", 0))) {
      assertThat(status(server, "Host: chat.example")).isEqualTo(200);
      assertThat(status(server, "Host: chat.example", "Origin: http://chat.example"))
          .isEqualTo(421);
      assertThat(status(server, "Host: 127.0.0.1", "Origin: http://127.0.0.1")).isEqualTo(200);
    }
  }

  @Test
  void peerIsServedUnderThePublicNameItWasTold() throws IOException {
    HttpSettings settings = HttpSettings.defaults().withHosts("peer.example");
    try (Transport.Endpoint endpoint =
        new HttpTransport(settings)
            .open("127.0.0.1", 0, envelope -> CompletableFuture.completedFuture(null))) {
      int port = endpoint.address().port();
      assertThat(health(port, "peer.example")).isEqualTo(200);
      assertThat(health(port, "elsewhere.example")).isEqualTo(421);
    }
  }

  private static int health(int port, String host) throws IOException {
    try (RawClient client = new RawClient(new Socket(InetAddress.getLoopbackAddress(), port))) {
      return client.send("GET /v1/health HTTP/1.1", "Host: " + host, "").read().status();
    }
  }

  @Test
  void nameThatItListensOnIsServed() throws IOException {
    try (HttpServer server = serve(HttpServer.builder().listenOn("localhost", 0))) {
      assertThat(status(server, "Host: localhost")).isEqualTo(200);
      assertThat(status(server, "Host: chat.example")).isEqualTo(421);
    }
  }

  @Test
  void webSocketUnderAForeignNameIsMisdirected() throws IOException {
    HttpServer.Builder builder =
        HttpServer.builder()
            .webSocket("/ws", 1000, (session, text) -> CompletableFuture.completedFuture(null));
    try (HttpServer server = builder.start();
        RawClient client = new RawClient(server)) {
      client.send("GET /ws HTTP/1.1", "Host: evil.example", "Origin: http://evil.example");
      client.send("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13");
      client.send("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "");
      assertThat(client.read().status()).isEqualTo(421);
    }
  }
}
