package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many clients that each send a part, and so would together take all memory. */
@ExtendWith(LeakWatch.class)
final class HttpServerBudgetTest {
  private static final int TOTAL = 10_000;
  private static final int MAX = 50_000;

  /** More than what the system takes over before anybody reads it. */
  private static final String BIG = "x".repeat(24 << 20);

  /** So much is held when somebody's part has arrived. */
  private static final int MOST = 6000;

  private final BlockingQueue<CompletableFuture<HttpResponse>> held = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> lengths = new LinkedBlockingQueue<>();
  private final BlockingQueue<CompletableFuture<Void>> taken = new LinkedBlockingQueue<>();
  private final HttpServer server =
      HttpServer.builder()
          .route("POST", "/length", MAX, request -> TestRoutes.done("" + request.body().length))
          .route("POST", "/held", MAX, request -> hold())
          .webSocket("/ws", MAX, this::take)
          .route("GET", "/big", request -> TestRoutes.done(BIG))
          .route("POST", "/big", request -> TestRoutes.done(BIG))
          .webSocket("/slow", MAX, (session, text) -> takeSlowly())
          .maxHeld(TOTAL)
          .start();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    server.close();
  }

  private CompletableFuture<HttpResponse> hold() {
    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    held.add(answer);
    return answer;
  }

  private CompletableFuture<Void> take(WebSocketSession session, String text) {
    lengths.add(text.length());
    return CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<Void> takeSlowly() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    taken.add(done);
    return done;
  }

  private RawClient client() throws IOException {
    RawClient client = new RawClient(server);
    open.add(client);
    return client;
  }

  private RawWebSocket socket() throws IOException {
    RawWebSocket socket = new RawWebSocket(server, "/ws");
    open.add(socket);
    return socket;
  }

  private RawClient sendPart(int announced, int sent) throws IOException {
    RawClient client = client();
    client.send("POST /length HTTP/1.1", "Host: localhost", "Content-Type: application/json");
    return client.send("Content-Length: " + announced, "").sendRaw("x".repeat(sent));
  }

  private RawClient.Answer post(int length) throws IOException {
    return client().post("/length", "x".repeat(length)).read();
  }

  /** Whether a body of this length finds room, which takes till what was sent has arrived. */
  private boolean hasRoomFor(int length) {
    try {
      return post(length).status() == 200;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void bodiesBeyondTheBudgetAreTooMuchUntilOthersEnd() throws IOException {
    RawClient first = sendPart(6000, 5000);
    Waiting.until(() -> server.heldBytes() >= MOST);

    RawClient.Answer answer = post(5000);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.body()).contains("\"code\":\"OVERLOADED\"");
    assertThat(post(3000).status()).isEqualTo(200);

    assertThat(first.sendRaw("x".repeat(1000)).read().body()).isEqualTo("6000");
    assertThat(post(5000).status()).isEqualTo(200);
  }

  @Test
  void connectionThatWasRefusedForWantOfRoomGoesOn() throws IOException {
    RawClient first = sendPart(6000, 5000);
    Waiting.until(() -> server.heldBytes() >= MOST);
    RawClient client = client();

    assertThat(client.post("/length", "x".repeat(9000)).read().status()).isEqualTo(503);
    assertThat(client.post("/length", "x").read().body()).isEqualTo("1");
    assertThat(first.sendRaw("x".repeat(1000)).read().body()).isEqualTo("6000");
  }

  @Test
  void whoIsAloneMaySendAsMuchAsTheRouteTakes() throws IOException {
    assertThat(post(MAX).body()).isEqualTo("" + MAX);
    assertThat(post(MAX).body()).isEqualTo("" + MAX);
  }

  @Test
  void whoVanishesGivesHisShareBack() throws IOException {
    for (int i = 0; i < 20; i++) {
      sendPart(6000, 5000).reset();
    }
    Waiting.until(() -> hasRoomFor(9000));
  }

  @Test
  void requestThatIsBeingHandledHoldsItsShareUntilItIsAnswered() throws Exception {
    RawClient first = client().post("/held", "x".repeat(8000));
    CompletableFuture<HttpResponse> answer = held.poll(5, TimeUnit.SECONDS);
    assertThat(post(8000).status()).isEqualTo(503);
    first.reset();
    Waiting.until(() -> server.openConnections() == 1);
    assertThat(post(8000).status()).isEqualTo(503);

    answer.complete(HttpResponse.json(200, "{}"));
    Waiting.until(() -> hasRoomFor(8000));
  }

  @Test
  void partsOfFramesBeyondTheBudgetEndTheSession() throws Exception {
    byte[] frame = RawWebSocket.encode(RawWebSocket.FIN | RawWebSocket.TEXT, new byte[8000]);
    RawWebSocket first = socket();
    first.client().sendRaw(Arrays.copyOf(frame, 7000));
    Waiting.until(() -> server.heldBytes() >= MOST);

    RawWebSocket second = socket();
    second.client().sendRaw(Arrays.copyOf(frame, 7000));
    assertThat(second.read().closeCode()).isEqualTo(1013);

    first.client().sendRaw(Arrays.copyOfRange(frame, 7000, frame.length));
    assertThat(lengths.poll(5, TimeUnit.SECONDS)).isEqualTo(8000);
    Waiting.until(() -> hasRoomFor(9000));
  }

  @Test
  void fragmentsBeyondTheBudgetEndTheSession() throws Exception {
    RawWebSocket first = socket();
    first.frame(RawWebSocket.TEXT, new byte[4000]).frame(RawWebSocket.CONTINUATION, new byte[3000]);
    Waiting.until(() -> server.heldBytes() >= MOST);

    RawWebSocket second = socket();
    second.frame(RawWebSocket.TEXT, new byte[4000]);
    assertThat(second.read().closeCode()).isEqualTo(1013);

    first.frame(RawWebSocket.FIN, new byte[1000]);
    assertThat(lengths.poll(5, TimeUnit.SECONDS)).isEqualTo(8000);
    Waiting.until(() -> hasRoomFor(9000));
  }

  @Test
  void largeAnswersThatAreLeftUnreadLeaveNoRoomForMore() throws Exception {
    RawClient first = client().get("/big");
    assertThat(first.readHead().status()).isEqualTo(200);
    RawClient other = client();
    RawClient.Answer refused = other.get("/big").read();
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.body()).contains("OVERLOADED");
    assertThat(other.post("/length", "x").read().status()).isEqualTo(200);
    first.reset();
    Waiting.until(() -> server.openConnections() == 1);
    assertThat(other.get("/big").read().body()).hasSize(BIG.length());
    assertThat(other.get("/big").readHead().status()).isEqualTo(200);
  }

  @Test
  void largeAnswerForWhichThereIsNoRoomMayHaveBeenToWhatWasDone() throws Exception {
    assertThat(client().get("/big").readHead().status()).isEqualTo(200);
    RawClient other = client();
    RawClient.Answer refused = other.post("/big", "x").read();
    assertThat(refused.status()).isEqualTo(504);
    assertThat(refused.body()).contains("TIMED_OUT");
    assertThat(other.post("/length", "x").read().status()).isEqualTo(200);
  }

  @Test
  void readingStopsWhenManyBytesAreUnfinishedAndGoesOn() throws Exception {
    RawWebSocket busy = new RawWebSocket(server, "/slow");
    open.add(busy);
    for (int i = 0; i < 20; i++) {
      busy.text("x".repeat(MAX / 5));
    }
    Waiting.until(() -> taken.size() == 5);
    busy.client().socket().setSoTimeout(100);
    assertThatThrownBy(busy::read).isInstanceOf(SocketTimeoutException.class);
    assertThat(taken).hasSize(5);
    for (int i = 0; i < 20; i++) {
      taken.poll(10, TimeUnit.SECONDS).complete(null);
    }
    assertThat(taken).isEmpty();
  }

  /** What waits while handlers are busy counts, and no longer than it waits. */
  @Test
  void messagesThatWaitedCountNoMoreOnceTheyAreDecoded() throws Exception {
    RawWebSocket busy = new RawWebSocket(server, "/slow");
    open.add(busy);
    for (int i = 0; i < 300; i++) {
      busy.text("x".repeat(100));
    }
    Waiting.until(() -> taken.size() == 256 && server.heldBytes() > 0);
    taken.forEach(each -> each.complete(null));
    Waiting.until(() -> taken.size() == 300);
    Waiting.until(() -> server.heldBytes() == 0);
    taken.forEach(each -> each.complete(null));
  }

  @Test
  void messageOfWhoIsAloneMayBeAsLargeAsTheRouteTakes() throws Exception {
    socket().text("x".repeat(MAX));
    assertThat(lengths.poll(5, TimeUnit.SECONDS)).isEqualTo(MAX);
    Waiting.until(() -> server.heldBytes() == 0);
    RawWebSocket parts = socket();
    parts.frame(RawWebSocket.TEXT, new byte[MAX - 1]).frame(RawWebSocket.FIN, new byte[1]);
    assertThat(lengths.poll(5, TimeUnit.SECONDS)).isEqualTo(MAX);
  }
}
