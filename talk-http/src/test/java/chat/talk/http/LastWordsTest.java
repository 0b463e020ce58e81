package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Scheduler;
import chat.talk.http.internal.client.Ways;
import chat.talk.room.Command;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hub that has forgotten a session, while why it ended is still on its way to the client. */
@Timeout(60)
final class LastWordsTest {
  private static final String CONNECTED =
      "data: {\"type\":\"connected\",\"user\":\"ada\",\"device\":\"d1\"}\n\n";
  private static final String END =
      "data: {\"type\":\"end\",\"code\":\"CONFLICT\",\"message\":\"elsewhere\"}\n\n";

  private final TestSource events = new TestSource(-1);
  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final HttpServer server =
      HttpServer.builder()
          .route("POST", "/v1/sessions", 10_000, request -> json("{\"session\":\"s1\"}"))
          .route("GET", "/v1/sessions/{session}/events", request -> stream())
          .route("POST", "/v1/sessions/{session}/frames", 10_000, request -> forgotten())
          .route("DELETE", "/v1/sessions/{session}", request -> json("{}"))
          .start();
  private final HttpHub remote =
      HttpHub.over("http://127.0.0.1:" + server.port(), HttpSettings.defaults(), Ways.STREAM);
  private final CompletableFuture<ChatException> end = new CompletableFuture<>();

  @AfterEach
  void close() {
    remote.close();
    server.close();
  }

  private static CompletableFuture<HttpResponse> json(String body) {
    return CompletableFuture.completedFuture(HttpResponse.json(201, body));
  }

  private CompletableFuture<HttpResponse> stream() {
    return CompletableFuture.completedFuture(
        HttpResponse.streaming(200, Map.of("Content-Type", "text/event-stream"), events));
  }

  private CompletableFuture<HttpResponse> forgotten() {
    asked.complete(null);
    return CompletableFuture.failedFuture(new ChatException(Code.NOT_FOUND, "no such session"));
  }

  private void connectAndAsk() {
    Session.Listener listener =
        new Session.Listener() {
          @Override
          public void onReady() {}

          @Override
          public void onEnd(ChatException why) {
            end.complete(why);
          }
        };
    CompletableFuture<Session> opened =
        remote.connect(new Login.Known(Token.random()), Map.of(), listener);
    events.give(CONNECTED);
    Outcomes.of(opened).call(new Command.Status());
    Outcomes.of(asked);
  }

  @Test
  void whyASessionHasEndedIsAwaitedWhenARequestFindsItGone() {
    connectAndAsk();
    Scheduler.system().after(Duration.ofMillis(300), () -> events.give(END));
    assertThat(Outcomes.of(end).code()).isEqualTo(Code.CONFLICT);
  }

  @Test
  void sessionThatIsGoneEndsThoughNobodySaysWhy() {
    connectAndAsk();
    assertThat(Outcomes.of(end).code()).isEqualTo(Code.UNREACHABLE);
  }
}
