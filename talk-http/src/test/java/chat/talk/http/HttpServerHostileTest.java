package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.http.RawClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that break the rules get an error, and nobody else notices. */
@ExtendWith(LeakWatch.class)
final class HttpServerHostileTest {
  private static final int MANY = 20_000;

  private final TestRoutes routes = new TestRoutes();
  private final HttpServer server = routes.addTo(HttpServer.builder()).start();
  private RawClient client;

  @BeforeEach
  void connect() throws IOException {
    client = new RawClient(server);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    try (RawClient other = new RawClient(server)) {
      assertThat(other.get("/fixed").read().body()).isEqualTo("fixed");
    }
    server.close();
  }

  private void assertEndsWith(int status, String code) throws IOException {
    Answer answer = client.read();
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Connection")).isEqualTo("close");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body()).contains("\"status\":\"error\"", "\"code\":\"" + code + "\"");
    assertThat(client.isClosed()).isTrue();
  }

  private RawClient postHead(String... headers) throws IOException {
    client.send("POST /echo HTTP/1.1", "Host: localhost", "Content-Type: application/json");
    return client.send(headers);
  }

  @Test
  void bodyOverTheLimitIsA413AndTheConnectionStaysUsable() throws IOException {
    Answer answer = client.post("/echo", "x".repeat(TestRoutes.MAX_BODY + 1)).read();

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).contains("\"TOO_LARGE\"");
    assertThat(client.post("/echo", "x".repeat(TestRoutes.MAX_BODY)).read().status())
        .isEqualTo(200);
  }

  @Test
  void bodyOfTenMegabytesIsA413AndTheConnectionStaysUsable() throws IOException {
    assertThat(client.post("/echo", "x".repeat(10_000_000)).read().status()).isEqualTo(413);
    assertThat(client.get("/fixed").read().status()).isEqualTo(200);
  }

  @Test
  void chunkedBodyOverTheLimitIsA413AndTheConnectionStaysUsable() throws IOException {
    postHead("Transfer-Encoding: chunked", "");
    for (int i = 0; i < 100; i++) {
      client.send("64", "x".repeat(100));
    }
    assertThat(client.send("0", "").read().status()).isEqualTo(413);
    assertThat(client.get("/fixed").read().status()).isEqualTo(200);
  }

  @Test
  void endlessBodyIsAnsweredAndCutOff() throws IOException {
    postHead("Content-Length: 99999999999", "");

    assertEndsWith(413, "TOO_LARGE");
  }

  @Test
  void expectedContinueOfATooLargeBodyIsRefusedInstead() throws IOException {
    postHead("Expect: 100-continue", "Content-Length: 1001", "");

    assertEndsWith(413, "TOO_LARGE");
  }

  @Test
  void expectedContinueIsGiven() throws IOException {
    postHead("Expect: 100-continue", "Content-Length: 2", "");

    assertThat(client.readHead().status()).isEqualTo(100);
    assertThat(client.sendRaw("{}").read().body()).isEqualTo("{}");
    assertThat(client.get("/fixed").read().status()).isEqualTo(200);
  }

  @Test
  void otherExpectationsFail() throws IOException {
    postHead("Expect: miracles", "Content-Length: 2", "");

    assertEndsWith(417, "EXPECTATION_FAILED");
  }

  @Test
  void headersThatAreTooLargeAreA431() throws IOException {
    client.send("GET /fixed HTTP/1.1", "Host: localhost", "X-Long: " + "x".repeat(MANY), "");

    assertEndsWith(431, "HEADERS_TOO_LARGE");
  }

  @Test
  void manySmallHeadersAreA431() throws IOException {
    client.send("GET /fixed HTTP/1.1", "Host: localhost").sendRaw("X: y\r\n".repeat(MANY));

    assertEndsWith(431, "HEADERS_TOO_LARGE");
  }

  @Test
  void endlessRequestLineIsA414() throws IOException {
    client.sendRaw("GET /" + "x".repeat(MANY));

    assertEndsWith(414, "URI_TOO_LONG");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET",
        "GET /fixed",
        "GET /fixed HTTP/1.1 x",
        "GET /fixed HTTP/9",
        "GET /fixed ICAP/1.0",
        "GET /fixed HTTP/1.2",
        "PRI * HTTP/2.0",
        "G(T /fixed HTTP/1.1",
        "{\"json\": true}"
      })
  void malformedRequestLineIsA400(String line) throws IOException {
    client.send(line, "Host: localhost", "");

    assertEndsWith(400, "INVALID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no colon",
        "Na me: x",
        "Name : x",
        ": x",
        "X: a\u0000b",
        "X: a\rb",
        "X: a\r\n folded",
        "X: a\r\n\tfolded",
        "Host: y",
        "Content-Length: -1",
        "Content-Length: +1",
        "Content-Length: 1x",
        "Content-Length: 1, 2",
        "Content-Length: 99999999999999999999",
        "Content-Length: 1\r\nContent-Length: 2",
        "Content-Length: 1\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: gzip",
        "Transfer-Encoding: chunked, gzip",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: xchunked"
      })
  void malformedHeadersAreA400(String header) throws IOException {
    client.send("GET /fixed HTTP/1.1", "Host: localhost", header, "", "GET /fixed HTTP/1.1");

    assertEndsWith(400, "INVALID");
  }

  @Test
  void foldBeforeTheFirstHeaderIsA400() throws IOException {
    client.send("GET /fixed HTTP/1.1", " Host: localhost", "");

    assertEndsWith(400, "INVALID");
  }

  @Test
  void foldThatArrivesInPiecesIsA400() throws IOException {
    client.send("GET /fixed HTTP/1.1", "Host: localhost", "X: a");
    client.sendRaw(" ").send("b", "");

    assertEndsWith(400, "INVALID");
  }

  @Test
  void missingHostIsA400() throws IOException {
    client.send("GET /fixed HTTP/1.1", "");

    assertEndsWith(400, "INVALID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "", "3 3", "80000000", "FFFFFFFFFFFFFFFFF", "0x3"})
  void malformedChunkSizeIsA400(String size) throws IOException {
    postHead("Transfer-Encoding: chunked", "").send(size, "abc", "0", "");

    assertEndsWith(400, "INVALID");
  }

  @Test
  void chunkLongerThanItsSizeIsA400() throws IOException {
    postHead("Transfer-Encoding: chunked", "").send("3", "abcd", "0", "");

    assertEndsWith(400, "INVALID");
  }

  @Test
  void tlsIsToldOffAtOnce() throws IOException {
    client.sendRaw(new byte[] {0x16, 3, 1, 0, 100, 1, 0, 0, 96, 3, 3});

    assertEndsWith(400, "INVALID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "a%2", "%zz", "%-1", "%FF", "%C3", "%ED%A0%80", "a%00", "a%2Fb"})
  void wrongPercentEncodingIsA400AndTheConnectionStaysUsable(String name) throws IOException {
    Answer answer = client.get("/items/" + name).read();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("\"INVALID\"");
    assertThat(client.get("/fixed").read().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "fixed", "x:443", "/items/\u00e4", "/items/a\u0001b", "x://y/\u007f"})
  void targetThatIsNoPathIsA400(String target) throws IOException {
    assertThat(client.get(target).read().status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, http://evil.example, 403",
    "POST, null, 403",
    "POST, http://localhost:81, 403",
    "POST, http://y.localhost, 403",
    "POST, file://localhost, 403",
    "POST, http://localhost, 200",
    "POST, http://LOCALHOST:80, 200",
    "POST, https://localhost, 200",
    "GET, http://evil.example, 405"
  })
  void foreignPagesMayNotChangeAnything(String method, String origin, int status)
      throws IOException {
    client.send(method + " /echo HTTP/1.1", "Host: localhost", "Origin: " + origin);
    Answer answer = client.send("Content-Type: application/json", "Content-Length: 0", "").read();

    assertThat(answer.status()).isEqualTo(status);
    assertThat(client.get("/fixed").read().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example, 421",
    "evil.example:8080, 421",
    "127.0.0.1.evil.example, 421",
    "localhost.evil.example, 421",
    "evil.example@localhost, 421",
    "[::1, 421",
    "[evil.example], 421",
    "localhost:80:80, 421",
    "'', 421",
    "127.0.0.1, 200",
    "127.0.0.1:8080, 200",
    "192.0.2.7, 200",
    "[::1], 200",
    "[::1]:8080, 200",
    "localhost, 200",
    "LocalHost:8080, 200",
    "chat.localhost, 200"
  })
  void hostsThatAnAttackerCouldPointHereAreMisdirected(String host, int status) throws IOException {
    Answer answer = client.send("GET /fixed HTTP/1.1", "Host: " + host, "").read();

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).contains(status == 200 ? "fixed" : "\"code\":\"MISDIRECTED\"");
    assertThat(client.get("/fixed").read().status()).isEqualTo(200);
  }

  @Test
  void emptyLinesBeforeARequestAreForgiven() throws IOException {
    assertThat(client.sendRaw("\r\n\r\n").get("/fixed").read().status()).isEqualTo(200);
  }

  @Test
  void requestInSingleBytesIsUnderstood() throws IOException {
    String text = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    for (char c : (text + "Content-Length: 3\r\n\r\nabc").toCharArray()) {
      client.sendRaw(String.valueOf(c));
    }
    assertThat(client.read().body()).isEqualTo("abc");
  }

  @Test
  void clientsThatVanishHurtNobody() throws Exception {
    for (int i = 0; i < 30; i++) {
      try (RawClient vanishing = new RawClient(server)) {
        vanishing.get("/slow").post("/echo", "x");
        vanishing.reset();
      }
    }
    client.get("/slow");
    assertThat(routes.slowCalled.await(5, TimeUnit.SECONDS)).isTrue();
    client.reset();
    routes.slow.forEach(answer -> answer.complete(HttpResponse.json(200, "x".repeat(100_000))));
  }

  @Test
  void connectionsBeyondTheMaximumAreClosedAndOthersGoOn() throws Exception {
    try (HttpServer small = routes.addTo(HttpServer.builder().maxConnections(2)).start();
        RawClient one = new RawClient(small);
        RawClient two = new RawClient(small)) {
      assertThat(one.get("/fixed").read().status()).isEqualTo(200);
      assertThat(two.get("/fixed").read().status()).isEqualTo(200);
      try (RawClient three = new RawClient(small)) {
        assertThat(three.isClosed()).isTrue();
      }
      assertThat(one.get("/fixed").read().status()).isEqualTo(200);
      two.hangUp();
      Waiting.until(() -> isServed(small));
    }
  }

  private static boolean isServed(HttpServer server) {
    try (RawClient another = new RawClient(server)) {
      return another.get("/fixed").read().status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void randomBytesAreNeverMoreThanRefused() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      try (RawClient guess = new RawClient(server)) {
        guess.sendRaw(mutated(random)).finish();
        for (int status : statuses(guess)) {
          assertThat(status).as("seed %d, try %d", seed, i).isLessThan(500);
        }
      }
    }
  }

  private static byte[] mutated(Random random) {
    String post =
        String.join(
            "\r\n",
            "POST /echo HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/json",
            "Transfer-Encoding: chunked",
            "",
            "3",
            "abc",
            "0",
            "",
            "GET /fixed HTTP/1.1",
            "Host: localhost",
            "",
            "");
    byte[] bytes = post.getBytes(StandardCharsets.ISO_8859_1);
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static List<Integer> statuses(RawClient client) {
    List<Integer> statuses = new ArrayList<>();
    try {
      while (true) {
        statuses.add(client.read().status());
      }
    } catch (IOException e) {
      return statuses;
    }
  }
}
