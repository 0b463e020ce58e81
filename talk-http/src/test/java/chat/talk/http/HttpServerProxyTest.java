package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who a client is, by its address or by the word of a proxy, and how many connections it may have.
 */
@ExtendWith(LeakWatch.class)
final class HttpServerProxyTest {
  private static HttpServer serve(HttpServer.Builder builder) {
    return builder
        .route("GET", "/who", r -> TestRoutes.done(r.remoteAddress()))
        .route("GET", "/caller", r -> TestRoutes.done(r.caller().toString()))
        .route("POST", "/post", r -> TestRoutes.done("posted"))
        .webSocket("/ws", 100, (session, text) -> CompletableFuture.completedFuture(null))
        .start();
  }

  private static String who(HttpServer server, String... headers) throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.send("GET /who HTTP/1.1", "Host: localhost").send(headers);
      return client.send("").read().body();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "'192.0.2.1, 10.0.0.7', 192.0.2.1",
    "'6.6.6.6, 192.0.2.1, 10.0.0.7 ', 192.0.2.1",
    "'192.0.2.1:4711', 192.0.2.1",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1",
    "'[2001:db8::1]:80', 2001:db8:0:0:0:0:0:1",
    "unknown, 127.0.0.1",
    "'192.0.2.1, unknown, 10.0.0.7', 10.0.0.7",
    "'', 127.0.0.1",
    "'192.0.2.1,', 127.0.0.1",
    "localhost, 127.0.0.1",
    "10.0.0.7, 10.0.0.7"
  })
  void trustedProxyTellsWhoTheClientIs(String told, String seen) throws IOException {
    try (HttpServer server = serve(HttpServer.builder().trustProxies("127.0.0.0/8", "10.0.0.7"))) {
      assertThat(who(server, "X-Forwarded-For: " + told)).isEqualTo(seen);
    }
  }

  @Test
  void severalHeadersAreOneList() throws IOException {
    try (HttpServer server = serve(HttpServer.builder().trustProxies("127.0.0.1", "::1"))) {
      assertThat(who(server, "X-Forwarded-For: 6.6.6.6", "X-Forwarded-For: 192.0.2.1"))
          .isEqualTo("192.0.2.1");
    }
  }

  @Test
  void othersAreNotBelieved() throws IOException {
    try (HttpServer server = serve(HttpServer.builder().trustProxies("10.0.0.0/8"))) {
      assertThat(who(server, "X-Forwarded-For: 192.0.2.1")).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void hostAndSchemeAreThoseThatTheClientUsed() throws IOException {
    HttpServer.Builder builder =
        HttpServer.builder().trustProxies("127.0.0.1").allowHosts("chat.example");
    try (HttpServer server = serve(builder);
        RawClient client = new RawClient(server)) {
      client.send("GET /caller HTTP/1.1", "Host: inside", "X-Forwarded-Host: Chat.example");
      assertThat(client.send("X-Forwarded-Proto: HTTPS", "").read().body())
          .isEqualTo("Caller[address=127.0.0.1, scheme=https, host=Chat.example]");
      client.send("GET /caller HTTP/1.1", "Host: localhost", "X-Forwarded-Host: evil.example", "");
      assertThat(client.read().status()).isEqualTo(421);
      client.send("POST /post HTTP/1.1", "Host: inside", "X-Forwarded-Host: chat.example");
      client.send("Origin: https://chat.example", "Content-Type: application/json");
      assertThat(client.send("Content-Length: 0", "").read().body()).isEqualTo("posted");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "10.0.0.0/", "10.0.0.0/33", "::/129", "a/8", "1.2.3"})
  void whatIsNoAddressIsRefused(String block) {
    assertThatThrownBy(() -> HttpServer.builder().trustProxies(block))
        .isInstanceOf(ChatException.class)
        .hasMessageContaining("neither an IP address");
  }

  @Test
  void connectionsFromOneAddressAreLimitedAndGivenBack() throws IOException {
    try (HttpServer server = serve(HttpServer.builder().maxConnectionsPerAddress(2));
        RawClient one = new RawClient(server)) {
      assertThat(one.get("/who").read().status()).isEqualTo(200);
      try (RawClient two = new RawClient(server);
          RawClient three = new RawClient(server)) {
        assertThat(two.get("/who").read().status()).isEqualTo(200);
        assertThat(three.isClosed()).isTrue();
      }
      Waiting.until(() -> isServed(server));
      assertThat(one.get("/who").read().status()).isEqualTo(200);
    }
  }

  private static boolean isServed(HttpServer server) {
    try {
      return !who(server).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private static int webSocket(RawClient client, String address) throws IOException {
    String header = "X-Forwarded-For: " + address;
    return RawWebSocket.handshake(client, "/ws", header).readHead().status();
  }

  @Test
  void connectionOfAProxyCountsForItsClient() throws IOException {
    HttpServer.Builder builder =
        HttpServer.builder().trustProxies("127.0.0.1").maxConnectionsPerAddress(1);
    try (HttpServer server = serve(builder);
        RawClient shared = new RawClient(server)) {
      try (RawClient first = new RawClient(server);
          RawClient second = new RawClient(server)) {
        assertThat(webSocket(first, "192.0.2.1")).isEqualTo(101);
        assertThat(webSocket(second, "192.0.2.2")).isEqualTo(101);
        assertThat(status(shared, "192.0.2.1")).isEqualTo(429);
        assertThat(status(shared, "192.0.2.3")).isEqualTo(200);
      }
      Waiting.until(() -> server.openConnections() == 1);
      assertThat(status(shared, "192.0.2.1")).isEqualTo(200);
    }
  }

  @Test
  void networkOfOneClientInIpv6CountsAsOne() throws IOException {
    HttpServer.Builder builder =
        HttpServer.builder().trustProxies("127.0.0.1").maxConnectionsPerAddress(1);
    try (HttpServer server = serve(builder);
        RawClient first = new RawClient(server);
        RawClient second = new RawClient(server)) {
      assertThat(status(first, "2001:db8:0:1::1")).isEqualTo(200);
      assertThat(status(second, "2001:db8:0:1:ffff::2")).isEqualTo(429);
      assertThat(status(second, "2001:db8:0:2::1")).isEqualTo(200);
    }
  }

  private static int status(RawClient client, String address) throws IOException {
    client.send("GET /who HTTP/1.1", "Host: localhost", "X-Forwarded-For: " + address, "");
    return client.read().status();
  }
}
