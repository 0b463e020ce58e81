package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.Draft;
import chat.talk.UserName;
import chat.talk.hub.HubEngine;
import chat.talk.room.Command;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import chat.talk.room.Token;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens in all of a user's chats, for any HTTP client. */
@ExtendWith(LeakWatch.class)
@Timeout(60)
final class HubEventsTest {
  private static final ChatId GENERAL = ChatId.of("general");
  private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]*)\"}$");

  private final HubEngine hub = HubEngine.builder(HubStorage.inMemory()).open();
  private final HttpServer server = HubApi.serve(hub, HttpServer.builder()).start();
  private final OkHttpClient http =
      new OkHttpClient.Builder().readTimeout(Duration.ofSeconds(30)).build();
  private final Token adas = Token.random();
  private final Login bob = new Login.NewUser(UserName.of("bob"), Token.random());

  @BeforeEach
  void makeUsers() {
    Outcomes.of(hub.ask(new Login.NewUser(UserName.of("ada"), adas), new Command.Identify()));
    Outcomes.of(hub.ask(bob, new Command.Identify()));
  }

  @AfterEach
  void close() {
    hub.close();
    server.close();
  }

  private void say(String text) {
    Outcomes.of(hub.ask(bob, new Command.Send(Draft.of(GENERAL, text))));
  }

  private Request.Builder request(String path) {
    return new Request.Builder().url("http://127.0.0.1:" + server.port() + path);
  }

  private Request.Builder events(String query) {
    return asAda("/v1/events" + query);
  }

  private Request.Builder asAda(String path) {
    return request(path).header("Authorization", "Bearer " + adas.secret());
  }

  private static Request.Builder asStream(Request.Builder request) {
    return request.header("Accept", "text/event-stream");
  }

  private Response call(Request.Builder request) throws IOException {
    return http.newCall(request.build()).execute();
  }

  private int status(Request.Builder request) throws IOException {
    try (Response response = call(request)) {
      return response.code();
    }
  }

  private String poll(String query) throws IOException {
    try (Response response = call(events(query))) {
      assertThat(response.code()).isEqualTo(200);
      return response.body().string();
    }
  }

  private static String next(String answer) {
    Matcher next = NEXT.matcher(answer);
    assertThat(next.find()).as(answer).isTrue();
    return next.group(1);
  }

  @Test
  void pollGivesWhatWasSaidAndWhereToGoOn() throws IOException {
    say("one");
    String first = poll("?wait=10");
    assertThat(first).contains("\"text\":\"one\"");
    say("two");
    String second = poll("?wait=10&after=" + next(first));
    assertThat(second).contains("\"text\":\"two\"").doesNotContain("\"text\":\"one\"");
    assertThat(poll("?wait=10&after=" + next(first))).contains("\"text\":\"two\"");
    assertThat(poll("?wait=0&after=" + next(second))).startsWith("{\"events\":[],");
  }

  @Test
  void pollWaitsForWhatIsSaid() throws Exception {
    say("one");
    String next = next(poll("?wait=10"));
    CompletableFuture<String> waiting = new CompletableFuture<>();
    http.newCall(events("?wait=60&after=" + next).build()).enqueue(new Reading(waiting));
    say("two");
    assertThat(Outcomes.of(waiting)).contains("\"text\":\"two\"");
  }

  private record Reading(CompletableFuture<String> body) implements Callback {
    @Override
    public void onFailure(Call call, IOException e) {
      body.completeExceptionally(e);
    }

    @Override
    public void onResponse(Call call, Response response) throws IOException {
      body.complete(response.body().string());
    }
  }

  @Test
  void streamIsResumedBehindTheLastEvent() throws IOException {
    say("one");
    String id;
    try (Response stream = stream(asStream(events("")))) {
      assertThat(line(stream, "data: ")).contains("{\"type\":\"connected\",\"user\":\"ada\"");
      id = line(stream, "id: ").substring("id: ".length());
      assertThat(line(stream, "data: {\"type\":\"entries\"")).contains("one");
    }
    say("two");
    try (Response stream = stream(asStream(events("")).header("Last-Event-ID", id))) {
      assertThat(line(stream, "data: {\"type\":\"entries\"")).contains("two").doesNotContain("one");
      say("three");
      assertThat(line(stream, "data: {\"type\":\"entries\"")).contains("three");
    }
  }

  private Response stream(Request.Builder request) throws IOException {
    Response answer = call(request);
    assertThat(answer.code()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream");
    return answer;
  }

  /** The next line that begins so. */
  private static String line(Response stream, String beginning) throws IOException {
    String line = stream.body().source().readUtf8LineStrict();
    while (!line.startsWith(beginning)) {
      line = stream.body().source().readUtf8LineStrict();
    }
    return line;
  }

  @Test
  void streamOfAHubThatShutsDownEnds() throws IOException {
    try (Response stream = stream(asStream(events("")))) {
      hub.shutDown("maintenance");
      assertThat(line(stream, "data: {\"type\":\"goingAway\"")).contains("maintenance");
      assertThat(line(stream, "data: {\"type\":\"end\"")).contains("CLOSED");
      assertThat(stream.body().source().readUtf8()).isBlank();
    }
  }

  /** Nothing is left out without a word. */
  @Test
  void placeThatAServerKeptIsGoneWhenItHasStartedAgain() throws IOException {
    Login ada = new Login.Known(adas);
    for (int i = 0; i < 150; i++) {
      ChatId chat = ChatId.of("a-chat-with-a-name-of-some-length-" + i);
      Outcomes.of(hub.ask(ada, new Command.Create(chat, "chat")));
    }
    String next = next(poll("?wait=10"));
    while (!next.startsWith("~")) {
      next = next(poll("?wait=10&after=" + next));
    }
    assertThat(status(events("?wait=0&after=" + next))).isEqualTo(200);
    try (HttpServer again = HubApi.serve(hub, HttpServer.builder()).start()) {
      String path = "http://127.0.0.1:" + again.port() + "/v1/events?wait=0";
      Request.Builder poll = asAda("/").url(path + "&after=" + next);
      assertThat(status(poll)).isEqualTo(410);
      assertThat(status(asStream(poll))).isEqualTo(410);
      assertThat(status(asStream(asAda("/").url(path)).header("Last-Event-ID", next)))
          .isEqualTo(410);
      assertThat(status(asAda("/").url(path))).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"?wait=x", "?wait=-1", "?wait=61", "?wait=", "?after=x", "?after=a:b", "?after=,"})
  void badQueryIsRefused(String query) throws IOException {
    assertThat(status(events(query))).isEqualTo(400);
  }

  @Test
  void strangerIsRefused() throws IOException {
    Request.Builder nobody = request("/v1/events?wait=0");
    assertThat(status(nobody)).isEqualTo(401);
    nobody.header("Authorization", "Bearer " + Token.random().secret());
    assertThat(status(nobody)).isEqualTo(401);
    assertThat(status(asStream(nobody))).isEqualTo(401);
  }

  @Test
  void unknownSessionIsNotFound() throws IOException {
    RequestBody none = RequestBody.create("[]", MediaType.get("application/json"));
    assertThat(status(asAda("/v1/sessions/x/events"))).isEqualTo(404);
    assertThat(status(asAda("/v1/sessions/x/frames").post(none))).isEqualTo(404);
    assertThat(status(asAda("/v1/sessions/x").delete())).isEqualTo(404);
  }
}
