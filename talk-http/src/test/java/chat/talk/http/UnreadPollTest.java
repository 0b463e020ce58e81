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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A session that is polled when others leave no room for what it has. */
@ExtendWith(LeakWatch.class)
@Timeout(120)
final class UnreadPollTest {
  /** More than what the system takes over before anybody reads it. */
  private static final String BIG = "x".repeat(24 << 20);

  private final HubEngine hub = HubEngine.builder(HubStorage.inMemory()).open();
  private final HttpServer server =
      HubApi.serve(
              hub,
              HttpServer.builder()
                  .route("GET", "/big", request -> TestRoutes.done(BIG))
                  .maxHeld(10_000))
          .start();
  private final Token token = Token.random();
  private final Login ada = new Login.NewUser(UserName.of("ada"), token);

  @AfterEach
  void close() {
    server.close();
    hub.close();
  }

  private String connect(RawClient client) throws IOException {
    String login = "{\"type\":\"known\",\"token\":\"" + token.secret() + "\"}";
    String frame = "{\"type\":\"connect\",\"login\":" + login + "}";
    String named = client.post("/v1/sessions", frame).read().body();
    return named.replaceAll("^.*\"session\":\"([^\"]+)\".*$", "$1");
  }

  private RawClient.Answer poll(RawClient client, String session) throws IOException {
    client.send("GET /v1/sessions/" + session + "/events?wait=5 HTTP/1.1", "Host: localhost");
    return client.send("Authorization: Bearer " + token.secret(), "").read();
  }

  @Test
  void pollWhoseAnswerFindsNoRoomEndsTheSession() throws Exception {
    Outcomes.of(hub.ask(ada, new Command.Identify()));
    try (RawClient greedy = new RawClient(server);
        RawClient client = new RawClient(server)) {
      String session = connect(client);
      assertThat(poll(client, session).body()).contains("connected");
      assertThat(greedy.get("/big").readHead().status()).isEqualTo(200);
      Draft draft = Draft.of(ChatId.of("general"), "x".repeat(100_000));
      Outcomes.of(hub.ask(ada, new Command.Send(draft)));
      RawClient.Answer answer = poll(client, session);
      while (answer.status() == 200) {
        answer = poll(client, session);
      }
      assertThat(answer.status()).isEqualTo(503);
      assertThat(poll(client, session).status()).isEqualTo(404);
    }
  }
}
