package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.http.RawClient.Answer;
import chat.talk.http.RawWebSocket.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakWatch.class)
final class WebSocketServerTest {
  private static final int MAX_MESSAGE = 100_000;

  private final Queue<CompletableFuture<Void>> held = new ConcurrentLinkedQueue<>();
  private final Queue<WebSocketSession> sessions = new ConcurrentLinkedQueue<>();
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final HttpServer server =
      new TestRoutes()
          .addTo(HttpServer.builder())
          .webSocket("/echo/ws", MAX_MESSAGE, this::echo)
          .webSocket("/held", MAX_MESSAGE, this::hold)
          .webSocket("/faulty", MAX_MESSAGE, WebSocketServerTest::fail)
          .webSocket("/greeting", MAX_MESSAGE, new Greeting())
          .route("GET", "/held", request -> TestRoutes.done("plain"))
          .idleTimeout(Duration.ofMillis(600))
          .start();

  private final class Greeting implements WebSocketHandler {
    @Override
    public void onOpen(WebSocketSession session) {
      sessions.add(session);
      session.send("hello");
    }

    @Override
    public CompletableFuture<Void> onText(WebSocketSession session, String text) {
      session.close(4000, text);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onClose(WebSocketSession session) {
      session.send("too late");
      ended.incrementAndGet();
    }
  }

  private CompletableFuture<Void> echo(WebSocketSession session, String text) {
    taken.incrementAndGet();
    session.send(text);
    return CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<Void> hold(WebSocketSession session, String text) {
    taken.incrementAndGet();
    CompletableFuture<Void> result = new CompletableFuture<>();
    held.add(result);
    return result.thenRun(() -> session.send(text));
  }

  private static CompletableFuture<Void> fail(WebSocketSession session, String text) {
    return switch (text) {
      case "null" -> null;
      case "throw" -> throw new IllegalStateException("secret detail");
      default -> CompletableFuture.failedFuture(new IllegalStateException("secret detail"));
    };
  }

  @AfterEach
  void close() {
    server.close();
  }

  private RawWebSocket open(String path) throws IOException {
    return new RawWebSocket(server, path);
  }

  /** So many that some share a thread with it. */
  @Test
  void whoReadsLateGetsWhatIsHisWhileOthersAreServed() throws IOException {
    int count = 20_000;
    List<RawWebSocket> others = new ArrayList<>();
    try (HttpServer patient =
            HttpServer.builder().webSocket("/ws", MAX_MESSAGE, this::echo).start();
        RawWebSocket late = new RawWebSocket(patient, "/ws")) {
      CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendAll(late, count));
      for (int i = 0; i < 16; i++) {
        others.add(new RawWebSocket(patient, "/ws"));
      }
      for (int i = 0; i < 100; i++) {
        for (RawWebSocket other : others) {
          assertThat(other.text("other " + i).read().text()).isEqualTo("other " + i);
        }
      }
      for (int i = 0; i < count; i++) {
        assertThat(late.read().text()).isEqualTo(lateText(i));
      }
      sending.join();
      for (RawWebSocket other : others) {
        other.close();
      }
    }
  }

  private static void sendAll(RawWebSocket socket, int count) {
    try {
      for (int i = 0; i < count; i++) {
        socket.text(lateText(i));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String lateText(int number) {
    return "late " + number + "x".repeat(900 - number % 800);
  }

  @Test
  void handshakeIsAcceptedAsTheRfcSays() throws IOException {
    try (RawClient client = new RawClient(server)) {
      Answer answer = RawWebSocket.handshake(client, "/echo/ws").readHead();

      assertThat(answer.status()).isEqualTo(101);
      assertThat(answer.header("Sec-WebSocket-Accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      assertThat(answer.header("Sec-WebSocket-Extensions")).isEmpty();
    }
  }

  @Test
  void messagesAreAnsweredInOrder() throws IOException {
    try (RawWebSocket socket = open("/echo/ws")) {
      for (int i = 0; i < 1000; i++) {
        socket.text("message " + i);
      }
      for (int i = 0; i < 1000; i++) {
        assertThat(socket.read().text()).isEqualTo("message " + i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, MAX_MESSAGE})
  void messagesOfAnySizeUpToTheLimitAreTaken(int size) throws IOException {
    try (RawWebSocket socket = open("/echo/ws")) {
      assertThat(socket.text("x".repeat(size)).read().text()).hasSize(size);
    }
  }

  @Test
  void fragmentsAreOneMessageAndPingsMayComeBetween() throws IOException {
    byte[] text = "Grüße 🙂".getBytes(StandardCharsets.UTF_8);
    try (RawWebSocket socket = open("/echo/ws")) {
      socket.frame(RawWebSocket.TEXT);
      for (byte b : text) {
        socket.frame(RawWebSocket.CONTINUATION, b);
      }
      socket.frame(RawWebSocket.FIN | RawWebSocket.PING, (byte) 7);
      socket.frame(RawWebSocket.FIN | RawWebSocket.CONTINUATION);

      Frame pong = socket.read();
      assertThat(pong.opcode()).isEqualTo(RawWebSocket.PONG);
      assertThat(pong.payload()).containsExactly(7);
      assertThat(socket.read().text()).isEqualTo("Grüße 🙂");
    }
  }

  @Test
  void framesRightBehindTheHandshakeAreTaken() throws IOException {
    try (RawClient client = new RawClient(server)) {
      ByteArrayOutputStream early = new ByteArrayOutputStream();
      String handshake =
          String.join(
              "\r\n",
              "GET /echo/ws HTTP/1.1",
              "Host: localhost",
              "Upgrade: websocket",
              "Connection: upgrade",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
              "Sec-WebSocket-Version: 13",
              "",
              "");
      early.writeBytes(handshake.getBytes(StandardCharsets.US_ASCII));
      early.writeBytes(RawWebSocket.encode(RawWebSocket.FIN | RawWebSocket.TEXT, (byte) 'a'));
      client.sendRaw(early.toByteArray());

      assertThat(client.readHead().status()).isEqualTo(101);
      assertThat(client.readBytes(3)).containsExactly(0x81, 1, 'a');
    }
  }

  @Test
  void handlerIsToldOfBeginningAndEndAndMaySendAtOnce() throws IOException {
    try (RawWebSocket socket = open("/greeting")) {
      assertThat(socket.read().text()).isEqualTo("hello");
      assertThat(ended).hasValue(0);
    }
    Waiting.until(() -> ended.get() == 1);
  }

  @Test
  void handlerMayCloseWithACodeAndAReasonThatFits() throws IOException {
    try (RawWebSocket socket = open("/greeting")) {
      socket.read();
      Frame close = socket.text("ü".repeat(1000)).read();

      assertThat(close.closeCode()).isEqualTo(4000);
      assertThat(close.payload()).hasSizeLessThanOrEqualTo(125).hasSizeGreaterThan(60);
      socket.frame(RawWebSocket.FIN | RawWebSocket.CLOSE, (byte) 0x0F, (byte) 0xA0);
      assertThat(socket.client().isClosed()).isTrue();
    }
    Waiting.until(() -> ended.get() == 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 2000, 5000})
  void codesThatMayNotBeSentAreRefused(int code) throws IOException {
    try (RawWebSocket socket = open("/greeting")) {
      socket.read();

      assertThatThrownBy(() -> sessions.element().close(code, ""))
          .isInstanceOfSatisfying(
              ChatException.class, e -> assertThat(e.code()).isEqualTo(ChatException.Code.INVALID));
    }
  }

  @Test
  void clientThatDoesNotAnswerTheGoodbyeIsClosedAnyway() throws IOException {
    try (RawWebSocket socket = open("/greeting")) {
      socket.read();
      assertThat(socket.text("bye").readPastPings().closeCode()).isEqualTo(4000);

      assertThat(socket.client().isClosed()).isTrue();
    }
  }

  @Test
  void goodbyeOfTheClientIsAnsweredWithTheSame() throws IOException {
    try (RawWebSocket socket = open("/echo/ws")) {
      socket.frame(RawWebSocket.FIN | RawWebSocket.CLOSE, (byte) 0x03, (byte) 0xE8);

      assertThat(socket.read().closeCode()).isEqualTo(1000);
      assertThat(socket.client().isClosed()).isTrue();
    }
  }

  @Test
  void sendsOfManyThreadsArriveEachInItsOrder() throws Exception {
    int threads = 4;
    int each = 2000;
    try (RawWebSocket socket = open("/greeting")) {
      socket.read();
      List<CompletableFuture<Void>> senders = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int thread = t;
        senders.add(CompletableFuture.runAsync(() -> sendNumbers(thread, each)));
      }
      int[] next = new int[threads];
      for (int i = 0; i < threads * each; i++) {
        String[] parts = socket.read().text().split(" ", 2);
        assertThat(Integer.parseInt(parts[1])).isEqualTo(next[Integer.parseInt(parts[0])]++);
      }
      CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new)).get(5, TimeUnit.SECONDS);
    }
  }

  private void sendNumbers(int thread, int count) {
    for (int i = 0; i < count; i++) {
      sessions.element().send(thread + " " + i);
    }
  }

  @Test
  void readingStopsAt256UnfinishedAndGoesOnInOrder() throws IOException {
    int count = 5000;
    try (RawWebSocket socket = open("/held")) {
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < count; i++) {
                  Waiting.unchecked(socket::text, String.valueOf(i));
                }
              });
      Waiting.until(() -> held.size() == 256);
      assertThat(socketSaysNothingFor(socket, 100)).isTrue();
      assertThat(taken).hasValue(256);
      for (int i = 0; i < count; i++) {
        Waiting.until(() -> !held.isEmpty());
        held.remove().complete(null);
        assertThat(socket.read().text()).isEqualTo(String.valueOf(i));
      }
      sending.orTimeout(5, TimeUnit.SECONDS).join();
    }
  }

  private static boolean socketSaysNothingFor(RawWebSocket socket, int millis) throws IOException {
    socket.client().socket().setSoTimeout(millis);
    try {
      return socket.read() == null;
    } catch (java.net.SocketTimeoutException e) {
      return true;
    } finally {
      socket.client().socket().setSoTimeout(5000);
    }
  }

  @Test
  void clientThatSendsButNeverReadsIsNotReadFromAndThenCutOff() throws Exception {
    try (RawWebSocket socket = open("/echo/ws")) {
      byte[] message =
          RawWebSocket.encode(RawWebSocket.FIN | RawWebSocket.TEXT, new byte[MAX_MESSAGE]);
      CountDownLatch cutOff = new CountDownLatch(1);
      Thread sender =
          new Thread(
              () -> {
                try {
                  while (true) {
                    socket.client().sendRaw(message);
                  }
                } catch (IOException e) {
                  cutOff.countDown();
                }
              });
      sender.start();

      assertThat(cutOff.await(60, TimeUnit.SECONDS)).isTrue();
      sender.join();
      assertThat(taken.get()).isLessThan(20_000_000 / MAX_MESSAGE);
    }
  }

  @Test
  void serverThatSendsToAClientThatNeverReadsCutsItOff() throws IOException {
    try (RawWebSocket socket = open("/greeting")) {
      socket.read();
      String text = "x".repeat(1024 * 1024);
      for (int i = 0; i < 40; i++) {
        sessions.element().send(text);
      }
      Waiting.until(() -> ended.get() == 1);
    }
  }

  @Test
  void silentSessionIsPingedAndLivesAsLongAsItAnswers() throws IOException {
    try (RawWebSocket socket = open("/echo/ws")) {
      for (int i = 0; i < 4; i++) {
        assertThat(socket.read().opcode()).isEqualTo(RawWebSocket.PING);
        socket.frame(RawWebSocket.FIN | RawWebSocket.PONG);
      }
      assertThat(socket.text("still here").read().text()).isEqualTo("still here");
    }
  }

  @Test
  void silentSessionThatDoesNotAnswerThePingIsClosed() throws IOException {
    try (RawWebSocket socket = open("/echo/ws")) {
      assertThat(socket.read().opcode()).isEqualTo(RawWebSocket.PING);

      assertThat(socket.client().isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "throw", "fail"})
  void faultOfTheHandlerEndsTheSessionWith1011(String fault) throws IOException {
    try (RawWebSocket socket = open("/faulty")) {
      Frame close = socket.text(fault).read();

      assertThat(close.closeCode()).isEqualTo(1011);
      assertThat(close.text()).doesNotContain("secret");
    }
  }

  @Test
  void plainGetOfAWebSocketIsA426() throws IOException {
    try (RawClient client = new RawClient(server)) {
      Answer answer = client.get("/echo/ws").read();

      assertThat(answer.status()).isEqualTo(426);
      assertThat(answer.header("Upgrade")).isEqualTo("websocket");
      assertThat(answer.header("Sec-WebSocket-Version")).isEqualTo("13");
      assertThat(client.get("/held").read().body()).isEqualTo("plain");
    }
  }

  @Test
  void otherMethodsOfAWebSocketAreA405() throws IOException {
    try (RawClient client = new RawClient(server)) {
      assertThat(client.post("/echo/ws", "{}").read().header("Allow")).isEqualTo("GET, OPTIONS");
    }
  }

  @ParameterizedTest
  @CsvSource({"/fixed", "/nothing"})
  void upgradeOfAnotherPathIsA404(String path) throws IOException {
    try (RawClient client = new RawClient(server)) {
      assertThat(RawWebSocket.handshake(client, path).read().status()).isEqualTo(404);
      assertThat(client.get("/fixed").read().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-WebSocket-Version: 8, 426",
    "Sec-WebSocket-Key: c2hvcnQ=, 400",
    "Sec-WebSocket-Key: ?, 400",
    "Content-Length: 1, 400",
    "Origin: http://evil.example, 403",
    "Origin: null, 403",
    "Origin: http://localhost, 101"
  })
  void handshakeIsChecked(String header, int status) throws IOException {
    String name = header.split(":", 2)[0];
    try (RawClient client = new RawClient(server)) {
      client.send(
          "GET /echo/ws HTTP/1.1", "Host: localhost", "Upgrade: websocket", "Connection: Upgrade");
      if (!name.equals("Sec-WebSocket-Key")) {
        client.send("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
      }
      if (!name.equals("Sec-WebSocket-Version")) {
        client.send("Sec-WebSocket-Version: 13");
      }
      assertThat(client.send(header, "").sendRaw("x").readHead().status()).isEqualTo(status);
    }
  }

  @Test
  void floodOfSmallMessagesIsAnswered() throws Exception {
    int count = 5_000;
    byte[] one = RawWebSocket.encode(RawWebSocket.FIN | RawWebSocket.TEXT, new byte[] {'a', 'b'});
    ByteBuffer all = ByteBuffer.allocate(count * one.length);
    for (int i = 0; i < count; i++) {
      all.put(one);
    }
    try (RawWebSocket socket = open("/echo/ws")) {
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> Waiting.unchecked(socket.client()::sendRaw, all.array()));
      assertThat(socket.client().readBytes(count * 4)).hasSize(count * 4);
      sending.get(5, TimeUnit.SECONDS);
    }
  }
}
