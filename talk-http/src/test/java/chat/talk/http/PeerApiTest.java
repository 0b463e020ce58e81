package chat.talk.http;

import static chat.talk.http.Outcomes.message;
import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.Envelope;
import chat.talk.MessageId;
import chat.talk.Transport;
import chat.talk.UserAddress;
import chat.talk.UserName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PeerApiTest {
  private static final String OK = "{\"status\":\"ok\"}";

  private final Queue<Envelope> received = new ConcurrentLinkedQueue<>();
  private final Queue<CompletableFuture<Void>> results = new ConcurrentLinkedQueue<>();
  private final HttpServer server =
      PeerApi.serve(this::receive, HttpServer.builder().name("peer")).start();
  private final OkHttpClient client = new OkHttpClient();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    server.close();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  @Test
  void postedMessageIsAnsweredWhenItIsStored() throws IOException {
    CompletableFuture<Void> stored = new CompletableFuture<>();
    results.add(stored);
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(() -> post("{\"user\":\"alice\",\"text\":\"Hello\"}"));
    Outcomes.await("the message", () -> !received.isEmpty());
    assertThat(answer).isNotDone();
    stored.complete(null);
    assertThat(Outcomes.of(answer)).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n" + OK);
    assertThat(received.element().from()).isEqualTo(UserName.of("alice"));
    assertThat(received.element().text()).isEqualTo("Hello");
  }

  @Test
  void refusalOfTheReceiverHasItsStatusAndCode() {
    results.add(CompletableFuture.failedFuture(exception(ChatException.Code.MISDIRECTED)));
    assertThat(post("{\"user\":\"alice\",\"text\":\"Hello\",\"to\":\"eve\"}"))
        .startsWith("HTTP/1.1 421 ")
        .endsWith("{\"status\":\"error\",\"code\":\"MISDIRECTED\",\"message\":\"no\"}");
  }

  @Test
  void messageThatIsNoneReachesNobody() {
    for (String body : List.of("", "{", "{}", "{\"user\":\"\",\"text\":\"\"}", "\"\u00ff\"")) {
      assertThat(post(body)).startsWith("HTTP/1.1 400 ").contains("\"code\":\"INVALID\"");
    }
    assertThat(received).isEmpty();
  }

  @Test
  void healthIsOk() throws IOException {
    String get = "GET /v1/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assertThat(Raw.exchange(server.port(), get)).startsWith("HTTP/1.1 200 ").endsWith(OK);
  }

  @Test
  void socketAnswersInTheOrderOfArrivalWhateverIsReadyFirst() throws InterruptedException {
    CompletableFuture<Void> first = new CompletableFuture<>();
    CompletableFuture<Void> second = new CompletableFuture<>();
    results.addAll(List.of(first, second));
    WebSocket socket = open();
    socket.send("{\"user\":\"alice\",\"text\":\"1\",\"id\":\"one\"}");
    socket.send("{\"user\":\"alice\",\"text\":\"2\",\"id\":\"two\"}");
    socket.send("{\"user\":\"alice\",\"text\":\"3\"}");
    Outcomes.await("three messages", () -> received.size() == 3);
    second.completeExceptionally(exception(ChatException.Code.FORBIDDEN));
    assertThat(answers).isEmpty();
    first.complete(null);
    assertThat(answer()).isEqualTo("{\"status\":\"ok\",\"id\":\"one\"}");
    assertThat(answer())
        .isEqualTo(
            "{\"status\":\"error\",\"code\":\"FORBIDDEN\",\"message\":\"no\",\"id\":\"two\"}");
    assertThat(answer()).isEqualTo(OK);
    socket.cancel();
  }

  @Test
  void nonsenseOnTheSocketIsAnsweredAndTheSessionGoesOn() throws InterruptedException {
    WebSocket socket = open();
    socket.send("hello");
    socket.send("{\"user\":\"alice\",\"text\":\"\\ud800\",\"id\":\"7\"}");
    socket.send("{\"user\":\"alice\",\"text\":\"fine\"}");
    assertThat(answer()).startsWith("{\"status\":\"error\",\"code\":\"INVALID\",");
    assertThat(answer())
        .startsWith("{\"status\":\"error\",\"code\":\"INVALID\",")
        .endsWith(",\"id\":\"7\"}");
    assertThat(answer()).isEqualTo(OK);
    assertThat(received).extracting(Envelope::text).containsExactly("fine");
    socket.cancel();
  }

  @Test
  void faultOfTheReceiverIsNotShown() throws InterruptedException {
    results.add(CompletableFuture.failedFuture(new IllegalStateException("secret")));
    WebSocket socket = open();
    socket.send("{\"user\":\"alice\",\"text\":\"x\"}");
    assertThat(answer()).contains("\"INTERNAL\"").doesNotContain("secret");
    socket.cancel();
  }

  @Test
  void bothTransportsTalkToOneServer() {
    HttpTransport http = new HttpTransport();
    WebSocketTransport webSocket = new WebSocketTransport();
    try (Transport.Endpoint endpoint = webSocket.open("127.0.0.1", 0, this::receive);
        Transport.Connection socket = webSocket.connect(endpoint.address());
        Transport.Connection posts =
            http.connect(UserAddress.http("127.0.0.1", endpoint.address().port()))) {
      assertThat(endpoint.address().protocol()).isEqualTo("WS");
      Outcomes.of(socket.deliver(message("1", "by socket")));
      Outcomes.of(posts.deliver(message("2", "by post")));
      assertThat(received).containsExactly(message("1", "by socket"), message("2", "by post"));
    }
  }

  @Test
  void pipelinedMessagesArriveInTheirOrder() throws InterruptedException {
    WebSocketTransport webSocket = new WebSocketTransport();
    Semaphore inFlight = new Semaphore(256);
    try (Transport.Endpoint endpoint = webSocket.open("127.0.0.1", 0, this::receive);
        Transport.Connection connection = webSocket.connect(endpoint.address())) {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < 5_000; i++) {
        inFlight.acquire();
        all.add(connection.deliver(message("m" + i, "text")));
        all.get(i).whenComplete((stored, failure) -> inFlight.release());
      }
      all.forEach(Outcomes::of);
    }
    assertThat(received).extracting(Envelope::id).containsExactlyElementsOf(ids(5_000));
  }

  private static List<MessageId> ids(int many) {
    return IntStream.range(0, many).mapToObj(i -> MessageId.of("m" + i)).toList();
  }

  @Test
  void endpointThatListensEverywhereNamesAnAddressThatReachesIt() {
    HttpTransport http = new HttpTransport();
    try (Transport.Endpoint endpoint = http.open("0.0.0.0", 0, this::receive);
        Transport.Connection connection = http.connect(endpoint.address())) {
      assertThat(endpoint.address().host()).isEqualTo("127.0.0.1");
      Outcomes.of(connection.deliver(message("1", "Hello")));
    }
  }

  private CompletableFuture<Void> receive(Envelope envelope) {
    CompletableFuture<Void> result = results.poll();
    received.add(envelope);
    return result == null ? CompletableFuture.completedFuture(null) : result;
  }

  private static ChatException exception(ChatException.Code code) {
    return new ChatException(code, "no");
  }

  private WebSocket open() {
    WebSocketListener listener =
        new WebSocketListener() {
          @Override
          public void onMessage(WebSocket socket, String text) {
            answers.add(text);
          }
        };
    String url = "http://127.0.0.1:" + server.port() + "/v1/ws/message";
    return client.newWebSocket(new Request.Builder().url(url).build(), listener);
  }

  private String answer() throws InterruptedException {
    return answers.poll(10, TimeUnit.SECONDS);
  }

  private String post(String body) {
    String request =
        "POST /v1/message HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    try {
      return Raw.exchange(server.port(), request);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
