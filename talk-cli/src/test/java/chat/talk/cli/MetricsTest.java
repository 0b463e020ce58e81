package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.UserName;
import chat.talk.http.HttpHub;
import chat.talk.http.HttpRequest;
import chat.talk.http.HttpServer;
import chat.talk.hub.HubEngine;
import chat.talk.room.Command;
import chat.talk.room.HubClient;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import chat.talk.room.Token;
import chat.talk.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Prometheus is told of a hub. */
final class MetricsTest {
  private static final String COMMANDS =
      "talk_http_requests_seconds_count{method=\"POST\",route=\"/v1/commands\"";

  private final HubEngine hub = HubEngine.builder(HubStorage.inMemory()).open();
  private final HubServer server = HubServer.start(hub, HttpServer.builder());
  private final String url = server.url("HTTP");
  private final Login ada = new Login.NewUser(UserName.of("ada"), Token.random());

  @AfterEach
  void close() {
    server.close();
  }

  private String metrics() {
    try (InputStream in = URI.create(url + "/metrics").toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void onlyThisMachineReadsThemOnTheHubsOwnPort() {
    Metrics metrics = new Metrics();
    assertThat(metrics.toThisMachine(from("127.0.0.1", "127.0.0.1:8000")).join().status())
        .isEqualTo(200);
    assertThat(metrics.toThisMachine(from("0:0:0:0:0:0:0:1", "[::1]")).join().status())
        .isEqualTo(200);
    for (String address :
        List.of("10.0.0.7", "192.168.1.5", "2001:db8:0:0:0:0:0:1", "-", "local")) {
      assertThatThrownBy(() -> metrics.toThisMachine(from(address, "localhost")))
          .as(address)
          .isInstanceOf(ChatException.class)
          .hasMessageContaining("--metrics-port");
    }
  }

  @Test
  void whoCallsThisMachineByAnotherNameComesThroughAProxy() {
    Metrics metrics = new Metrics();
    for (String host : List.of("localhost", "LocalHost:8000", "127.0.0.1:80", "[::1]:8000")) {
      assertThat(metrics.toThisMachine(from("127.0.0.1", host)).join().status()).isEqualTo(200);
    }
    for (String host :
        List.of("chat.example.org", "localhost.example.org:80", "127.0.0.1.nip.io", "", ":80")) {
      assertThatThrownBy(() -> metrics.toThisMachine(from("127.0.0.1", host)))
          .as(host)
          .isInstanceOf(ChatException.class)
          .hasMessageContaining("--metrics-port");
    }
  }

  private static HttpRequest from(String address, String host) {
    HttpRequest.Caller caller = new HttpRequest.Caller(address, "http", host);
    Map<String, String> headers = Map.of("host", host);
    return new HttpRequest("GET", "/metrics", null, caller, Map.of(), headers, new byte[0]);
  }

  @Test
  void whatAProxyPassesOnIsNotFromThisMachine() throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(url + "/metrics").toURL().openConnection();
    connection.setRequestProperty("X-Forwarded-For", "127.0.0.1");
    assertThat(connection.getResponseCode()).isEqualTo(403);
  }

  @Test
  void aPortOfTheirOwnIsOpenAndHasNothingElse() throws IOException {
    HubEngine other = HubEngine.builder(HubStorage.inMemory()).open();
    String open;
    try (HubServer server = HubServer.start(other, HttpServer.builder(), HttpServer.builder())) {
      open = server.metricsUrl().orElseThrow();
      URL health = URI.create(open.replace("/metrics", "/v1/health")).toURL();
      assertThat(((HttpURLConnection) health.openConnection()).getResponseCode()).isEqualTo(404);
      assertThat(URI.create(open).toURL().openStream().readAllBytes()).isNotEmpty();
    }
    assertThatThrownBy(() -> URI.create(open).toURL().openStream())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void thePageForOperatorsListsThemAll() throws IOException {
    try (HttpHub remote = HttpHub.at(url)) {
      remote.ask(ada, new Command.Identify()).join();
    }
    String page = Files.readString(Path.of("..", "docs", "operating.md"));
    List<String> listed =
        page.lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split("\\|", 3)[1])
            .flatMap(names -> Pattern.compile("`([a-z]+_[a-z0-9_]+)`").matcher(names).results())
            .map(name -> name.group(1))
            .toList();
    assertThat(metrics().lines().filter(line -> line.startsWith("# TYPE ")))
        .isNotEmpty()
        .map(line -> line.replaceAll("# TYPE (\\S+) .*", "$1"))
        .hasSameElementsAs(listed);
  }

  @Test
  void requestsAreCountedByRouteAndNeverByWhatTheyName() {
    try (HttpHub remote = HttpHub.at(url)) {
      remote.ask(ada, new Command.Identify()).join();
    }
    Await.until(
        "the request is counted, once its answer has gone", () -> metrics().contains(COMMANDS));
    assertThat(metrics()).contains("jvm_memory_used_bytes").doesNotContain("ada");
  }

  @Test
  void sessionsAndConnectionsAreCounted() {
    try (HttpHub remote = HttpHub.at(url);
        HubClient client = HubClient.join(remote, ada).start()) {
      assertThat(client.status().join().chatCount()).isEqualTo(1);
      assertThat(metrics())
          .contains("talk_hub_sessions 1.0")
          .contains("talk_hub_storage_failing 0.0")
          .containsPattern("talk_http_connections [23]\\.0");
    }
  }
}
