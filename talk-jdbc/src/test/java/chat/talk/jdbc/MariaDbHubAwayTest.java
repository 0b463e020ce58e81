package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatClient.State;
import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.hub.HubEngine;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.HubStatus;
import chat.talk.room.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jetbrains.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hub whose database's server is killed, and stays away for longer than writes wait for it. */
final class MariaDbHubAwayTest {
  private final MariaDbServer server = MariaDbServer.shared();
  private Database database;
  private Hub hub;
  private HubClient alice;
  private ChatId general;

  @BeforeEach
  void open() {
    server.clean();
    database = server.database().patience(Duration.ofMillis(100)).open();
    hub = HubEngine.builder(database.storage()).passwordCost(4).open();
    alice = HubClient.join(hub, "alice").start();
    general = status().general();
    alice.send(general, "before").join();
  }

  @AfterEach
  void close() {
    hub.close();
    database.close();
    server.revive();
  }

  @Test
  void hubStaysUpAndWorksAgainByItself() {
    Instant killed = Instant.now();
    server.kill();
    for (String text : List.of("refused", "refused too")) {
      assertThat(send(text)).isEqualTo(Code.STORAGE);
    }
    assertThat(status().storageFailsSince()).isBetween(killed.minusMillis(1), Instant.now());
    assertThat(texts()).containsExactly("before");
    server.restart();
    TestServer.await("sends work again", () -> send("after") == null);
    TestServer.await("the hub says so", () -> status().storageFailsSince() == null);
    assertThat(texts()).containsExactly("before", "after");
    assertThat(textsAfterOpeningAgain()).containsExactly("before", "after");
  }

  @Test
  void knownDeviceComesBackMeanwhile() {
    Token token = alice.token();
    alice.stop().join();
    server.kill();
    alice = HubClient.join(hub, token).start();
    assertThat(send("refused")).isEqualTo(Code.STORAGE);
    assertThat(alice.state()).isEqualTo(State.CONNECTED);
    server.restart();
    TestServer.await("sends work again", () -> send("after") == null);
    assertThat(texts()).containsExactly("before", "after");
  }

  private List<String> textsAfterOpeningAgain() {
    Token token = alice.token();
    hub.close();
    hub = HubEngine.builder(database.storage()).passwordCost(4).open();
    alice = HubClient.join(hub, token).start();
    return texts();
  }

  private HubStatus status() {
    return result(alice.status());
  }

  private @Nullable Code send(String text) {
    try {
      result(alice.send(general, text));
      return null;
    } catch (CompletionException e) {
      return ChatException.of(e).code();
    }
  }

  private List<String> texts() {
    return result(alice.readBefore(general, Cursor.END, 100)).entries().stream()
        .filter(entry -> entry.event() instanceof ChatMessage)
        .map(entry -> ((ChatMessage) entry.event()).text())
        .toList();
  }

  private static <T> T result(CompletableFuture<T> future) {
    return future.orTimeout(50, TimeUnit.SECONDS).join();
  }
}
