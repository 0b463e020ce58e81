package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.http.RawClient.Answer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bodies that are taken in as they come. */
@ExtendWith(LeakWatch.class)
final class HttpServerUploadTest {
  private static final int MAX = 300 * 1024 * 1024;

  /** More than all buffers between client and sink together take. */
  private static final int MUCH = 40 * 1024 * 1024;

  private final TestSink fast = new TestSink(false);
  private final TestSink slow = new TestSink(true);
  private final CompletableFuture<HttpRequest> head = new CompletableFuture<>();
  private final HttpServer server = serve(HttpServer.builder());
  private RawClient client;

  private HttpServer serve(HttpServer.Builder builder) {
    return new TestRoutes()
        .addTo(builder)
        .upload("PUT", "/fast", MAX, this::open)
        .upload("PUT", "/slow", MAX, request -> slow)
        .upload("PUT", "/small", 10, request -> fast)
        .upload("POST", "/refused", MAX, request -> refuse())
        .upload("POST", "/broken", MAX, request -> null)
        .start();
  }

  /** Goes on with the same, served with timeouts that a test can wait for. */
  private HttpServer hurry() throws IOException {
    HttpServer hasty =
        serve(
            HttpServer.builder()
                .headerTimeout(Duration.ofMillis(400))
                .handlerTimeout(Duration.ofMillis(1500)));
    client.close();
    client = new RawClient(hasty);
    return hasty;
  }

  private BodySink open(HttpRequest request) {
    head.complete(request);
    return fast;
  }

  private static BodySink refuse() {
    throw new ChatException(ChatException.Code.UNAUTHENTICATED, "who are you?");
  }

  @BeforeEach
  void connect() throws IOException {
    client = new RawClient(server);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
    assertThat(fast.faults).isEmpty();
    assertThat(slow.faults).isEmpty();
    assertThat(fast.finished.get() + fast.aborted.get()).isLessThanOrEqualTo(1);
    assertThat(slow.finished.get() + slow.aborted.get()).isLessThanOrEqualTo(1);
  }

  private RawClient begin(String request, String... headers) throws IOException {
    return client.send(request + " HTTP/1.1", "Host: localhost").send(headers);
  }

  private static HttpResponse done() {
    return HttpResponse.json(200, "done");
  }

  @Test
  void bodyOfAnyTypeReachesTheSink() throws Exception {
    fast.answer.complete(done());
    begin("PUT /fast?name=a", "Content-Type: image/png", "Content-Length: 5", "").sendRaw("abcde");

    assertThat(client.read().body()).isEqualTo("done");
    assertThat(fast.text()).isEqualTo("abcde");
    assertThat(head.get().header("Content-Type")).contains("image/png");
    assertThat(head.get().body()).isEmpty();
    assertThat(client.get("/fixed").read().body()).isEqualTo("fixed");
  }

  @Test
  void chunkedBodyReachesTheSink() throws IOException {
    fast.answer.complete(done());
    begin("PUT /fast", "Transfer-Encoding: chunked", "", "3", "abc", "2", "de", "0", "");

    assertThat(client.read().body()).isEqualTo("done");
    assertThat(fast.text()).isEqualTo("abcde");
  }

  @Test
  void bodyWithoutBytesIsFinishedAtOnce() throws IOException {
    fast.answer.complete(done());
    begin("PUT /fast", "Content-Length: 0", "");

    assertThat(client.read().body()).isEqualTo("done");
    assertThat(fast.writes).isEmpty();
  }

  @Test
  void bodyOfManyMegabytesPassesThrough() throws IOException {
    fast.answer.complete(done());
    begin("PUT /fast", "Content-Length: " + MUCH, "").sendRaw(new byte[MUCH]);

    assertThat(client.read().body()).isEqualTo("done");
    assertThat(fast.bytes).hasValue(MUCH);
    assertThat(server.heldBytes()).isZero();
  }

  @Test
  void nextPieceWaitsForTheOneBefore() throws IOException {
    slow.answer.complete(done());
    begin("PUT /slow", "Transfer-Encoding: chunked", "", "3", "abc", "2", "de", "0", "")
        .get("/fixed");
    CompletableFuture<Void> first = slow.take();
    assertThat(slow.text()).isEqualTo("abc");
    first.complete(null);
    slow.take().complete(null);

    assertThat(client.read().body()).isEqualTo("done");
    assertThat(slow.text()).isEqualTo("abcde");
    assertThat(client.read().body()).isEqualTo("fixed");
  }

  @Test
  void clientIsHeldUpWhileTheSinkIs() throws Exception {
    slow.answer.complete(done());
    begin("PUT /slow", "Content-Length: " + MUCH, "");
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(() -> Waiting.unchecked(c -> c.sendRaw(new byte[MUCH]), client));
    CompletableFuture<Void> first = slow.take();
    sending.copy().completeOnTimeout(null, 500, TimeUnit.MILLISECONDS).join();
    assertThat(sending).isNotDone();
    assertThat(slow.bytes.get()).isLessThan(MUCH / 10);
    first.complete(null);
    while (slow.bytes.get() < MUCH || !slow.writes.isEmpty()) {
      slow.take().complete(null);
    }
    sending.get(10, TimeUnit.SECONDS);
    assertThat(client.read().body()).isEqualTo("done");
  }

  @Test
  void timeOfTheSinkIsNotTheClients() throws Exception {
    try (HttpServer hasty = hurry()) {
      slow.answer.complete(done());
      begin("PUT /slow", "Content-Length: 6", "").sendRaw("abc");
      CompletableFuture<Void> write = slow.take();
      new CompletableFuture<>().completeOnTimeout(null, 700, TimeUnit.MILLISECONDS).join();
      write.complete(null);
      client.sendRaw("def");
      slow.take().complete(null);

      assertThat(client.read().body()).isEqualTo("done");
      assertThat(hasty.heldBytes()).isZero();
      client.close();
    }
  }

  @Test
  void sinkThatNeverEndsIsA504() throws IOException {
    try (HttpServer hasty = hurry()) {
      begin("PUT /slow", "Content-Length: 6", "").sendRaw("abc");
      CompletableFuture<Void> write = slow.take();

      assertThat(client.read().status()).isEqualTo(504);
      assertThat(client.isClosed()).isTrue();
      assertThat(slow.aborted).hasValue(0);
      write.complete(null);
      assertThat(slow.aborted).hasValue(1);
      assertThat(hasty.heldBytes()).isZero();
      client.close();
    }
  }

  @Test
  void refusalAtTheBeginningIsAnsweredWithItsStatus() throws IOException {
    begin("POST /refused", "Content-Length: 3", "").sendRaw("abc");
    Answer answer = client.read();

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).contains("UNAUTHENTICATED", "who are you?");
    assertThat(client.get("/fixed").read().body()).isEqualTo("fixed");
  }

  @Test
  void refusalBeforeTheBodyIsSentSavesIt() throws IOException {
    begin("POST /refused", "Expect: 100-continue", "Content-Length: 3", "");

    assertThat(client.read().status()).isEqualTo(401);
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void expectedContinueIsGiven() throws IOException {
    fast.answer.complete(done());
    begin("PUT /fast", "Expect: 100-continue", "Content-Length: 3", "");

    assertThat(client.readHead().status()).isEqualTo(100);
    assertThat(client.sendRaw("abc").read().body()).isEqualTo("done");
  }

  @Test
  void handlerThatGivesNoSinkIsA500() throws IOException {
    begin("POST /broken", "Content-Length: 3", "").sendRaw("abc");

    assertThat(client.read().status()).isEqualTo(500);
    assertThat(client.get("/fixed").read().body()).isEqualTo("fixed");
  }

  @Test
  void pieceThatFailsEndsTheUploadAndTheRestIsDropped() throws IOException {
    begin("PUT /slow", "Content-Length: 1000000", "").sendRaw("abc");
    ChatException reason = new ChatException(ChatException.Code.TOO_LARGE, "your quota is used up");
    slow.take().completeExceptionally(reason);
    Waiting.until(() -> slow.aborted.get() == 1);
    Answer answer = client.sendRaw(new byte[1000000 - 3]).read();

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).contains("TOO_LARGE", "your quota is used up");
    assertThat(client.get("/fixed").read().body()).isEqualTo("fixed");
  }

  @Test
  void lastPieceThatFailsIsAnswered() throws IOException {
    begin("PUT /slow", "Content-Length: 3", "").sendRaw("abc");
    slow.take().completeExceptionally(new IllegalStateException("secret detail"));
    Answer answer = client.read();

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("secret");
    assertThat(slow.aborted).hasValue(1);
    assertThat(slow.finished).hasValue(0);
  }

  @Test
  void finishThatFailsIsAnswered() throws IOException {
    fast.answer.completeExceptionally(
        new ChatException(ChatException.Code.STORAGE, "the storage is away"));
    begin("PUT /fast", "Content-Length: 3", "").sendRaw("abc");

    assertThat(client.read().status()).isEqualTo(503);
    assertThat(fast.aborted).hasValue(0);
  }

  @Test
  void announcedBodyThatIsTooLargeIsRefusedBeforeItComes() throws IOException {
    begin("PUT /small", "Content-Length: 11", "").sendRaw("x".repeat(11));

    assertThat(client.read().status()).isEqualTo(413);
    assertThat(fast.bytes).hasValue(0);
    assertThat(client.get("/fixed").read().body()).isEqualTo("fixed");
  }

  @Test
  void chunkedBodyThatIsTooLargeIsAborted() throws IOException {
    begin("PUT /small", "Transfer-Encoding: chunked", "", "a", "0123456789", "1", "x", "0", "");

    assertThat(client.read().status()).isEqualTo(413);
    assertThat(fast.aborted).hasValue(1);
    assertThat(fast.bytes).hasValue(10);
    assertThat(client.get("/fixed").read().body()).isEqualTo("fixed");
  }

  @Test
  void malformedChunkAborts() throws IOException {
    begin("PUT /fast", "Transfer-Encoding: chunked", "", "3", "abc", "zz", "");

    assertThat(client.read().status()).isEqualTo(400);
    assertThat(fast.aborted).hasValue(1);
  }

  @Test
  void clientThatGoesAwayAborts() throws IOException {
    begin("PUT /fast", "Content-Length: 10", "").sendRaw("abc");
    fast.take();
    client.hangUp();

    Waiting.until(() -> fast.aborted.get() == 1);
  }

  @Test
  void clientThatCrashesWhileTheSinkIsBusyAborts() throws IOException {
    begin("PUT /slow", "Content-Length: 10", "").sendRaw("abc");
    CompletableFuture<Void> write = slow.take();
    client.reset();
    Waiting.until(() -> server.openConnections() == 0);
    write.complete(null);

    Waiting.until(() -> slow.aborted.get() == 1);
  }

  @Test
  void clientThatIsTooSlowAborts() throws IOException {
    try (HttpServer hasty = hurry()) {
      begin("PUT /fast", "Content-Length: 10", "").sendRaw("abc");

      assertThat(client.read().status()).isEqualTo(408);
      assertThat(fast.aborted).hasValue(1);
      assertThat(hasty.heldBytes()).isZero();
      client.close();
    }
  }

  @Test
  void aByteNowAndThenDoesNotKeepAnUploadAlive() throws Exception {
    try (HttpServer hasty = hurry()) {
      begin("PUT /fast", "Content-Length: 1000", "");
      CompletableFuture<Integer> status = new CompletableFuture<>();
      CompletableFuture<Void> reading =
          CompletableFuture.runAsync(
              () -> Waiting.unchecked(c -> status.complete(c.read().status()), client));
      for (int i = 0; i < 200 && !status.isDone(); i++) {
        client.sendRaw("x");
        status.copy().completeOnTimeout(0, 50, TimeUnit.MILLISECONDS).join();
      }
      reading.get(10, TimeUnit.SECONDS);

      assertThat(status.join()).isEqualTo(408);
      assertThat(fast.aborted).hasValue(1);
      assertThat(hasty.heldBytes()).isZero();
      client.close();
    }
  }

  @Test
  void answerWaitsForTheWholeBody() throws IOException {
    fast.answer.complete(done());
    client.socket().setSoTimeout(100);
    begin("PUT /fast", "Content-Length: 4", "").sendRaw("abc");
    fast.take();

    assertThatThrownBy(client::read).isInstanceOf(SocketTimeoutException.class);
    assertThat(fast.finished).hasValue(0);
  }

  @Test
  void pagesOfOtherOriginsMayNotUpload() throws IOException {
    begin("PUT /fast", "Origin: http://evil.example", "Content-Length: 0", "");
    assertThat(client.read().status()).isEqualTo(403);
    assertThat(fast.finished).hasValue(0);
  }

  @Test
  void closingServerAbortsWhatIsNotWhole() throws IOException {
    begin("PUT /fast", "Content-Length: 10", "").sendRaw("abc");
    fast.take();
    server.close();

    assertThat(fast.aborted).hasValue(1);
  }
}
