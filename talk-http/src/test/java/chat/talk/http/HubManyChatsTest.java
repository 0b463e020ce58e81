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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody who is in thousands of chats, and takes what happens in them without a session. */
@Timeout(120)
final class HubManyChatsTest {
  private static final int CHATS = 5_000;
  private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]*)\"}$");
  private static final Pattern TEXT = Pattern.compile("\"text\":\"([^\"]*)\"");

  private final HubEngine hub = HubEngine.builder(HubStorage.inMemory()).open();
  private final HttpServer server = HubApi.serve(hub, HttpServer.builder()).start();
  private final OkHttpClient http =
      new OkHttpClient.Builder().readTimeout(Duration.ofSeconds(60)).build();
  private final Token token = Token.random();
  private final Login ada = new Login.NewUser(UserName.of("ada"), token);
  private final List<String> heard = new ArrayList<>();

  @BeforeEach
  void makeChats() {
    Outcomes.of(hub.ask(ada, new Command.Identify()));
    all(CHATS, i -> hub.ask(ada, new Command.Create(chat(i), "chat")));
  }

  @AfterEach
  void close() {
    hub.close();
    server.close();
  }

  private static ChatId chat(int i) {
    return ChatId.of("a-chat-with-a-name-of-some-length-" + i);
  }

  private interface Asking {
    CompletableFuture<?> ask(int i);
  }

  private static void all(int count, Asking asking) {
    List<CompletableFuture<?>> asked = new ArrayList<>();
    IntStream.range(0, count).forEach(i -> asked.add(asking.ask(i)));
    asked.forEach(Outcomes::of);
  }

  /** Says something in each chat. */
  private Set<String> say(String what) {
    return sayTo(CHATS, what);
  }

  private Set<String> sayTo(int count, String what) {
    all(count, i -> hub.ask(ada, new Command.Send(Draft.of(chat(i), what + i))));
    return IntStream.range(0, count).mapToObj(i -> what + i).collect(Collectors.toSet());
  }

  private Request.Builder events(String query) {
    return new Request.Builder()
        .url("http://127.0.0.1:" + server.port() + "/v1/events" + query)
        .header("Authorization", "Bearer " + token.secret());
  }

  /** Polls until so much has been heard; where to go on. The first answer to each gets lost. */
  private String poll(String from, int count) throws IOException {
    String next = from;
    while (heard.size() < count) {
      String lost = answer(next);
      assertThat(lost).contains("\"text\":");
      next = hear(answer(next));
    }
    return next;
  }

  private String answer(String after) throws IOException {
    try (Response response = http.newCall(events("?after=" + after).build()).execute()) {
      assertThat(response.code()).isEqualTo(200);
      return response.body().string();
    }
  }

  private String hear(String answer) {
    TEXT.matcher(answer).results().forEach(text -> heard.add(text.group(1)));
    Matcher next = NEXT.matcher(answer);
    assertThat(next.find()).isTrue();
    assertThat(next.group(1).length()).isLessThan(3_000);
    return next.group(1);
  }

  @Test
  void pollsGoOnExactlyWhereTheyWere() throws IOException {
    Set<String> first = say("first");
    String next = poll("", CHATS);
    assertThat(new LinkedHashSet<>(heard)).isEqualTo(first).hasSize(heard.size());
    heard.clear();
    Set<String> second = say("second");
    String end = poll(next, CHATS);
    assertThat(new LinkedHashSet<>(heard)).isEqualTo(second).hasSize(heard.size());
    try (Response quiet = http.newCall(events("?wait=0&after=" + end).build()).execute()) {
      assertThat(quiet.body().string()).isEqualTo("{\"events\":[],\"next\":\"" + end + "\"}");
    }
  }

  @Test
  void streamsGoOnBehindAnyOfTheirEvents() throws IOException {
    say("first");
    String id = poll("", CHATS);
    heard.clear();
    Set<String> all = new LinkedHashSet<>();
    for (int i = 1; i <= 4; i++) {
      all.addAll(sayTo(200, "round" + i + "-"));
      id = stream(id, all.size() - 50);
    }
    stream(id, all.size());
    assertThat(new LinkedHashSet<>(heard)).isEqualTo(all).hasSize(heard.size());
  }

  /** Reads events until so much has been heard, and breaks off; the id of the last one. */
  private String stream(String from, int count) throws IOException {
    Request.Builder request = events("").header("Accept", "text/event-stream");
    String id = from;
    try (Response response =
        http.newCall(request.header("Last-Event-ID", from).build()).execute()) {
      BufferedSource source = response.body().source();
      while (heard.size() < count) {
        String line = source.readUtf8LineStrict();
        if (line.startsWith("id: ")) {
          id = line.substring("id: ".length());
          assertThat(id.length()).isLessThan(3_000);
        }
        TEXT.matcher(line).results().forEach(text -> heard.add(text.group(1)));
      }
    }
    return id;
  }
}
