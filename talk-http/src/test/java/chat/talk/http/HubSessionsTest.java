package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.http.RestWorld.Answer;
import chat.talk.http.RestWorld.User;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions in frames that go by single requests. */
@Timeout(120)
final class HubSessionsTest {
  private static final String STATUS = "[{\"type\":\"status\",\"request\":7}]";

  private final RestWorld world = new RestWorld();
  private final User ada = world.user("ada");
  private final User eve = world.user("eve");

  @AfterEach
  void close() {
    world.close();
  }

  /** A session of ada's, as its path. */
  private String session() {
    return "/v1/sessions/" + connect("").is(201).at("session");
  }

  private Answer connect(String resume) {
    String login = "{\"type\":\"known\",\"token\":\"" + ada.token() + "\"}";
    String frame = "{\"type\":\"connect\",\"login\":" + login + resume + "}";
    return world.call("POST", "/v1/sessions", null, frame);
  }

  @Test
  void whoKnowsOnlyTheNameOfASessionIsNotLetIn() {
    String session = session();
    assertThat(world.as(ada, "GET", session + "/events").is(200).body()).contains("connected");
    String stranger = "x".repeat(43);
    for (String token : new String[] {null, "", "short", stranger, eve.token()}) {
      refused(world.call("POST", session + "/frames", token, STATUS));
      refused(world.call("GET", session + "/events?wait=0", token, (String) null));
      refused(world.call("DELETE", session, token, (String) null));
    }
    refused(world.call("GET", "/v1/sessions/none/events", stranger, (String) null));
    assertThat(world.as(ada, "GET", session + "/events?wait=0").is(200).body()).isEqualTo("[]");
    world.as(ada, "POST", session + "/frames", STATUS).is(204);
    assertThat(world.as(ada, "GET", session + "/events").is(200).body()).contains("\"request\":7");
  }

  private static void refused(Answer answer) {
    answer.is(401, "UNAUTHENTICATED");
    assertThat(answer.headers().get("WWW-Authenticate")).isEqualTo("Bearer");
  }

  @Test
  void whoPollsInThePlaceOfAStreamOutlivesIt() throws Exception {
    String session = session();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), world.server.port())) {
      BufferedReader stream = stream(socket, session);
      assertThat(stream.lines().anyMatch(line -> line.contains("\"connected\""))).isTrue();
      CompletableFuture<Answer> poll =
          CompletableFuture.supplyAsync(() -> world.as(ada, "GET", session + "/events?wait=30"));
      assertThat(stream.lines().filter(line -> line.startsWith("data")).toList()).isEmpty();
      socket.close();
      world.as(ada, "POST", session + "/frames", STATUS).is(204);
      assertThat(Outcomes.of(poll).is(200).body()).contains("\"request\":7");
    }
    world.as(ada, "POST", session + "/frames", STATUS).is(204);
  }

  private BufferedReader stream(Socket socket, String session) throws IOException {
    socket.setSoTimeout(20_000);
    List<String> head =
        List.of(
            "GET " + session + "/events HTTP/1.1",
            "Host: localhost",
            "Accept: text/event-stream",
            "Connection: close",
            "Authorization: Bearer " + ada.token(),
            "\r\n");
    socket.getOutputStream().write(String.join("\r\n", head).getBytes(StandardCharsets.US_ASCII));
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  @Test
  void moreFramesThanMayAwaitTheirAnswersAreRefusedAndNoneIsTaken() {
    String session = session();
    world.as(ada, "POST", session + "/frames", asks(4_097)).is(503, "OVERLOADED");
    world.as(ada, "POST", session + "/frames", STATUS).is(204);
    String events = world.as(ada, "GET", session + "/events").is(200).body();
    assertThat(events).contains("\"request\":7").doesNotContain("\"request\":4096");
    CompletableFuture<Answer> most =
        CompletableFuture.supplyAsync(
            () -> world.as(ada, "POST", session + "/frames", asks(4_096)));
    int answers = 0;
    while (answers < 4_096) {
      answers += count(world.as(ada, "GET", session + "/events").is(200).body());
    }
    Outcomes.of(most).is(204);
  }

  private static String asks(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "{\"type\":\"identify\",\"request\":" + i + "}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static int count(String events) {
    return events.split("\"type\":\"answer\"", -1).length - 1;
  }

  @Test
  void answersAreStillFetchedWhenTheHubHasEnded() {
    world.grace.set(Duration.ofSeconds(30));
    String session = session();
    world.as(ada, "POST", session + "/frames", STATUS).is(204);
    world.endHub();
    Thread closer = closer();
    String events = world.as(ada, "GET", session + "/events").is(200).body();
    assertThat(events).contains("\"request\":7", "\"type\":\"end\"");
    Waiting.until(() -> !closer.isAlive());
  }

  /** Closes the server, and waits for something by now, or has done it. */
  private Thread closer() {
    Thread closer = new Thread(world.server::close);
    closer.start();
    Waiting.until(() -> !closer.isAlive() || closer.getState() == Thread.State.WAITING);
    return closer;
  }

  @Test
  void streamTellsTheEndOfTheHub() throws Exception {
    world.grace.set(Duration.ofSeconds(30));
    String session = session();
    Thread closer;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), world.server.port())) {
      BufferedReader stream = stream(socket, session);
      assertThat(stream.lines().anyMatch(line -> line.contains("\"connected\""))).isTrue();
      world.as(ada, "POST", session + "/frames", STATUS).is(204);
      world.endHub();
      closer = closer();
      String events = stream.lines().collect(Collectors.joining("\n"));
      assertThat(events).contains("\"request\":7", "\"type\":\"end\"");
    }
    Waiting.until(() -> !closer.isAlive());
  }

  @Test
  void serverClosesThoughNobodyFetchesWhatIsLeft() {
    String session = session();
    world.as(ada, "POST", session + "/frames", STATUS).is(204);
    world.endHub();
    Outcomes.of(CompletableFuture.runAsync(world.server::close));
    assertThat(world.server.openConnections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {10_000, 10_001})
  void sessionIsResumedFromAsManyPlacesAsAnybodyHas(int count) throws IOException {
    String resume = resume(count);
    boolean isTooMuch = count > 10_000;
    Answer answer = connect(resume).is(isTooMuch ? 400 : 201);
    if (!isTooMuch) {
      world.as(ada, "DELETE", "/v1/sessions/" + answer.at("session")).is(204);
    }
    try (RawWebSocket socket = new RawWebSocket(world.server, "/v1/ws")) {
      String login = "{\"type\":\"known\",\"token\":\"" + eve.token() + "\"}";
      socket.text("{\"type\":\"connect\",\"login\":" + login + resume + "}");
      String told = socket.read().text();
      if (isTooMuch) {
        assertThat(told).startsWith("{\"type\":\"end\",\"code\":\"INVALID\"");
        assertThat(socket.read().closeCode()).isEqualTo(4400);
      } else {
        assertThat(told).startsWith("{\"type\":\"connected\"");
      }
    }
  }

  private static String resume(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"chat" + i + "\":\"1-1\"")
        .collect(Collectors.joining(",", ",\"resume\":{", "}"));
  }
}
