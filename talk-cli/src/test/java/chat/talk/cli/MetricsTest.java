package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.UserName;
import chat.talk.http.HttpHub;
import chat.talk.http.HttpServer;
import chat.talk.hub.HubEngine;
import chat.talk.room.Command;
import chat.talk.room.HubClient;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import chat.talk.room.Token;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Prometheus is told of a hub. */
final class MetricsTest {
  private final HubEngine hub = HubEngine.builder(HubStorage.inMemory()).open();
  private final HubServer server = HubServer.start(hub, HttpServer.builder());
  private final String url = server.url("HTTP");
  private final Login ada = new Login.NewUser(UserName.of("ada"), Token.random());

  @AfterEach
  void close() {
    server.close();
  }

  private String metrics() throws IOException {
    return new String(
        URI.create(url + "/metrics").toURL().openStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void requestsAreCountedByRouteAndNeverByWhatTheyName() throws IOException {
    try (HttpHub remote = HttpHub.at(url)) {
      remote.ask(ada, new Command.Identify()).join();
    }
    assertThat(metrics())
        .contains("talk_http_requests_seconds_count{method=\"POST\",route=\"/v1/commands\"")
        .contains("jvm_memory_used_bytes")
        .doesNotContain("ada");
  }

  @Test
  void sessionsAndConnectionsAreCounted() throws IOException {
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
