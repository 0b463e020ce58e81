package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatClient;
import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Entry;
import chat.talk.UserName;
import chat.talk.http.Censor.Treatment;
import chat.talk.hub.HubEngine;
import chat.talk.room.HubClient;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import chat.talk.testkit.Recorder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that let only some things pass. */
@Timeout(60)
final class BlockedWaysTest {
  private static final int MANY = 300;

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
    try (Censor censor = new Censor(server.port(), Treatment.REFUSE, blocksStreams);
        HttpHub remote = HttpHub.at("http://127.0.0.1:" + censor.port());
        HubClient ada = HubClient.join(remote, login("ada")).listener(heard).start();
        HubClient bob = HubClient.join(hub, login("bob")).start()) {
      Outcomes.of(ada.send(Outcomes.of(ada.status()).general(), "from ada"));
      Outcomes.of(bob.send(Outcomes.of(bob.status()).general(), "from bob"));
      heard.awaitTexts("from bob");
    }
    heard.assertWellBehaved();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingIsLostOrDoubledWhenWebSocketsAreBlockedInTheMidst(boolean blocksStreams)
      throws IOException {
    Recorder adas = new Recorder();
    Recorder bobs = new Recorder();
    List<CompletableFuture<?>> sent = new ArrayList<>();
    try (Censor censor = new Censor(server.port(), Treatment.PASS, blocksStreams);
        HttpHub remote = HttpHub.at("http://127.0.0.1:" + censor.port());
        HubClient ada = HubClient.join(remote, login("ada")).listener(adas).start();
        HubClient bob = HubClient.join(hub, login("bob")).listener(bobs).start()) {
      ChatId general = Outcomes.of(ada.status()).general();
      for (int i = 0; i < MANY; i++) {
        if (i == MANY / 3) {
          adas.awaitMessages(1);
          censor.refuseSockets();
        }
        sent.add(ada.send(general, "ada " + i));
        sent.add(bob.send(general, "bob " + i));
      }
      sent.forEach(Outcomes::of);
      Outcomes.await("all is heard", () -> said(adas).size() + said(bobs).size() >= 4 * MANY);
    }
    assertThat(said(adas)).isEqualTo(said(bobs)).hasSize(2 * MANY);
    assertThat(texts(adas, "ada")).isEqualTo(numbered("ada"));
    assertThat(texts(adas, "bob")).isEqualTo(numbered("bob"));
    adas.assertWellBehaved();
  }

  private static List<Entry> said(Recorder heard) {
    return heard.entries().stream().filter(e -> e.event() instanceof ChatMessage).toList();
  }

  private static List<String> texts(Recorder heard, String author) {
    return said(heard).stream()
        .map(entry -> ((ChatMessage) entry.event()).text())
        .filter(text -> text.startsWith(author))
        .toList();
  }

  private static List<String> numbered(String author) {
    return IntStream.range(0, MANY).mapToObj(i -> author + " " + i).toList();
  }

  @Test
  void attemptThatWasGivenUpAndArrivesLateEndsNobody() throws IOException {
    Recorder heard = new Recorder();
    try (Censor censor = new Censor(server.port(), Treatment.CUT_AND_DELAY, false);
        HttpHub remote = HttpHub.at("http://127.0.0.1:" + censor.port());
        HubClient ada = HubClient.join(remote, login("ada")).listener(heard).start();
        HubClient bob = HubClient.join(hub, login("bob")).start()) {
      ChatId general = Outcomes.of(ada.status()).general();
      assertThat(censor.delayed()).isEqualTo(1);
      censor.release();
      heard.awaitState(ChatClient.State.DISCONNECTED);
      Outcomes.of(bob.send(general, "two"));
      Outcomes.of(ada.send(general, "three"));
      heard.awaitTexts("two");
    }
    heard.assertWellBehaved();
  }

  @Test
  void furtherConflictIsSomebodyElses() throws IOException {
    Recorder heard = new Recorder();
    Login both = login("ada");
    try (Censor censor = new Censor(server.port(), Treatment.REFUSE, false);
        HttpHub remote = HttpHub.at("http://127.0.0.1:" + censor.port());
        HubClient first = HubClient.join(remote, both).listener(heard).start()) {
      Outcomes.of(first.status());
      HubClient second = HubClient.join(hub, both).start();
      Outcomes.of(second.status());
      assertThat(heard.awaitState(ChatClient.State.CLOSED).why()).isEqualTo(Code.CONFLICT);
      second.close();
    }
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
