package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.UserName;
import chat.talk.hub.HubEngine;
import chat.talk.room.HubClient;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import chat.talk.testkit.Recorder;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that let only some things pass. */
@Timeout(60)
final class BlockedWaysTest {
  private final HubEngine hub = HubEngine.builder(HubStorage.inMemory()).open();
  private final HttpServer server = HubApi.serve(hub, HttpServer.builder()).start();

  @AfterEach
  void close() {
    hub.close();
    server.close();
  }

  private static Login login(String user) {
    return new Login.NewUser(UserName.of(user), Token.random());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void messagesGoWhereWebSocketsAreBlocked(boolean blocksStreams) throws IOException {
    Recorder heard = new Recorder();
    try (Censor censor = new Censor(server.port(), blocksStreams);
        HttpHub remote = HttpHub.at("http://127.0.0.1:" + censor.port());
        HubClient ada = HubClient.join(remote, login("ada")).listener(heard).start();
        HubClient bob = HubClient.join(hub, login("bob")).start()) {
      Outcomes.of(ada.send(Outcomes.of(ada.status()).general(), "from ada"));
      Outcomes.of(bob.send(Outcomes.of(bob.status()).general(), "from bob"));
      heard.awaitTexts("from bob");
    }
    heard.assertWellBehaved();
  }

  @Test
  void hubThatIsNotThereIsUnreachable() {
    server.close();
    try (HttpHub remote = HttpHub.at("http://127.0.0.1:" + server.port())) {
      CompletableFuture<Session> connecting =
          remote.connect(login("ada"), Map.of(), new NoListener());
      assertThat(Outcomes.failure(connecting).code()).isEqualTo(Code.UNREACHABLE);
    }
  }

  @Test
  void refusalOfTheHubIsNoBlock() throws IOException {
    try (HttpHub remote = HttpHub.at("http://127.0.0.1:" + server.port())) {
      Login stranger = new Login.Known(Token.random());
      CompletableFuture<Session> connecting = remote.connect(stranger, Map.of(), new NoListener());
      assertThat(Outcomes.failure(connecting).code()).isEqualTo(Code.UNAUTHENTICATED);
      Outcomes.await("the connection is closed", () -> server.openConnections() == 0);
    }
  }

  /** Told nothing that matters here. */
  private static final class NoListener implements Session.Listener {
    @Override
    public void onReady() {}

    @Override
    public void onEnd(ChatException why) {}
  }
}
