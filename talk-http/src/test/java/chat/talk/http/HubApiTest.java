package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.http.RestWorld.Answer;
import chat.talk.http.RestWorld.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a person with an HTTP client does, from connecting on. */
final class HubApiTest {
  private final RestWorld world = new RestWorld();
  private final User ada = world.user("ada");
  private final User bob = world.user("bob");

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void connectingGivesATokenThatOpensEverythingElse() {
    Answer me = world.as(ada, "GET", "/v1/me").is(200);
    assertThat(me.at("user")).isEqualTo("ada");
    assertThat(me.headers().get("Cache-Control")).isEqualTo("no-store");
    Answer status = world.as(ada, "GET", "/v1/status").is(200);
    assertThat(status.at("general")).isEqualTo("general");
    assertThat(status.at("chats.0.id")).isEqualTo("general");
  }

  @Test
  void sameTokenConnectsTheSameDeviceAgainAndAnotherOneFindsTheNameTaken() {
    String body = "{\"user\":\"ada\",\"token\":\"" + ada.token() + "\"}";
    Answer again = world.call("POST", "/v1/connect", null, body).is(201);
    assertThat(again.at("device")).isEqualTo(world.as(ada, "GET", "/v1/me").at("device"));
    world.call("POST", "/v1/connect", null, "{\"user\":\"ada\"}").is(409, "NAME_TAKEN");
  }

  @Test
  void passwordBringsInAnotherDeviceWhichCanBeShutOut() {
    world.as(ada, "PUT", "/v1/me/password", "{\"password\":\"correct horse\"}").is(204);
    String login = "{\"user\":\"ada\",\"password\":\"correct horse\"}";
    Answer second = world.call("POST", "/v1/connect", null, login).is(201);
    User phone = new User("ada", (String) second.at("token"));
    assertThat((List<?>) world.as(phone, "GET", "/v1/devices").is(200).json()).hasSize(2);
    Answer gone = world.as(ada, "DELETE", "/v1/devices/" + second.at("device")).is(200);
    assertThat(gone.at("0.id")).isEqualTo(second.at("device"));
    assertThat((List<?>) gone.json()).hasSize(1);
    Answer refused = world.as(phone, "GET", "/v1/me").is(401, "UNAUTHENTICATED");
    assertThat(refused.headers().get("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(refused.headers().get("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void wrongPasswordIsRefused() {
    world.as(ada, "PUT", "/v1/me/password", "{\"password\":\"correct horse\"}").is(204);
    world
        .call("POST", "/v1/connect", null, "{\"user\":\"ada\",\"password\":\"battery staple\"}")
        .is(401, "UNAUTHENTICATED");
  }

  @Test
  void whatIsSaidIsReadForwardsAndBackwards() {
    Answer start = world.as(bob, "GET", "/v1/chats/general/messages").is(200);
    assertThat(start.at("entries")).isEqualTo(List.of());
    for (String text : List.of("one", "two", "three")) {
      world.as(ada, "POST", "/v1/chats/general/messages", "{\"text\":\"" + text + "\"}").is(201);
    }
    Answer newest = world.as(bob, "GET", "/v1/chats/general/messages?limit=2").is(200);
    assertThat(newest.at("entries.0.text")).isEqualTo("two");
    assertThat(newest.at("entries.1.text")).isEqualTo("three");
    assertThat(newest.at("atEnd")).isEqualTo(false);
    String older = "/v1/chats/general/messages?before=" + newest.at("next");
    assertThat(world.as(bob, "GET", older).is(200).at("entries.0.text")).isEqualTo("one");
    Answer first = world.as(bob, "GET", "/v1/chats/general/messages?after=0-0&limit=1").is(200);
    assertThat(first.at("entries.0.text")).isEqualTo("one");
    String next = "/v1/chats/general/messages?after=" + first.at("next");
    assertThat(world.as(bob, "GET", next).is(200).at("entries.1.text")).isEqualTo("three");
  }

  @Test
  void repeatedSendIsAnsweredWithTheFirstResult() {
    String body = "{\"id\":\"m-1\",\"text\":\"once\"}";
    Answer first = world.as(ada, "POST", "/v1/users/bob/messages", body).is(201);
    Answer again = world.as(ada, "POST", "/v1/users/bob/messages", body).is(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(first.headers().get("Location")).isEqualTo("/v1/messages/ada/m-1");
    Answer found = world.as(bob, "GET", "/v1/messages/ada/m-1").is(200);
    assertThat(found.at("chat")).isEqualTo("ada~bob");
    Answer log = world.as(bob, "GET", "/v1/chats/ada~bob/messages").is(200);
    assertThat((List<?>) log.at("entries")).hasSize(1);
  }

  @Test
  void messageIsCommentedEditedAndErasedByItsAuthorOnly() {
    String message = world.said(ada, "general");
    String id = message.substring(message.lastIndexOf('/') + 1);
    String about = "{\"text\":\"Yes\",\"about\":{\"author\":\"ada\",\"id\":\"" + id + "\"}}";
    world.as(bob, "POST", "/v1/chats/general/messages", about).is(201);
    Answer comments = world.as(ada, "GET", message + "/comments").is(200);
    assertThat(comments.at("entries.0.text")).isEqualTo("Yes");
    world.as(bob, "PATCH", message, "{\"text\":\"Mine\"}").is(403, "FORBIDDEN");
    world.as(bob, "DELETE", message).is(403, "FORBIDDEN");
    world.as(ada, "PATCH", message, "{\"text\":\"Hello all\"}").is(200);
    assertThat(world.as(bob, "GET", message).at("text")).isEqualTo("Hello all");
    world.as(ada, "DELETE", message).is(200);
    assertThat(world.as(bob, "GET", message).at("revision")).isEqualTo("ERASED");
    world.as(ada, "PATCH", message, "{\"text\":\"Back\"}").is(410, "GONE");
  }

  @Test
  void linkLetsInWhomTheOwnerConfirms() {
    String chat = world.room(ada);
    String token = world.link(ada, chat);
    world.as(bob, "GET", "/v1/chats/" + chat).is(403, "FORBIDDEN");
    world.as(bob, "POST", "/v1/requests", "{\"token\":\"" + token + "\"}").is(201);
    Answer waiting = world.as(ada, "GET", "/v1/chats/" + chat + "/requests").is(200);
    assertThat(waiting.at("0.user")).isEqualTo("bob");
    world.as(ada, "PUT", "/v1/chats/" + chat + "/requests/bob", "{\"approved\":true}").is(204);
    assertThat(world.as(bob, "GET", "/v1/chats/" + chat).is(200).at("title")).isEqualTo("A room");
    world.as(bob, "DELETE", "/v1/chats/" + chat + "/members/bob").is(204);
    assertThat((List<?>) world.as(ada, "GET", "/v1/chats/" + chat + "/members").json()).hasSize(1);
  }

  @Test
  void ownerRenamesHandsOverAndTheNewOneCloses() {
    String chat = "/v1/chats/" + world.room(ada, bob);
    world.as(ada, "PATCH", chat, "{\"title\":\"New\"}").is(204);
    world.as(ada, "PATCH", chat, "{\"owner\":\"bob\"}").is(204);
    world.as(ada, "PATCH", chat, "{\"closed\":true}").is(403, "FORBIDDEN");
    world.as(bob, "PATCH", chat, "{\"closed\":true}").is(204);
    Answer seen = world.as(ada, "GET", chat).is(200);
    assertThat(List.of(seen.at("title"), seen.at("owner"), seen.at("closed")))
        .isEqualTo(List.of("New", "bob", true));
    world.as(bob, "PATCH", chat, "{\"title\":\"a\",\"owner\":\"ada\"}").is(400, "INVALID");
    world.as(bob, "PATCH", chat, "{}").is(400, "INVALID");
  }

  @Test
  void scheduledMessageIsChangedInPartAndCancelled() {
    String later = "/v1/scheduled/" + world.waiting(ada);
    assertThat(world.as(ada, "GET", later).is(200).at("at")).isEqualTo(RestWorld.LATER);
    Answer changed = world.as(ada, "PATCH", later, "{\"text\":\"Bye\"}").is(200);
    assertThat(changed.at("draft.text")).isEqualTo("Bye");
    assertThat(changed.at("at")).isEqualTo(RestWorld.LATER);
    String time = "2998-01-01T00:00:00Z";
    Answer moved = world.as(ada, "PATCH", later, "{\"sendAt\":\"" + time + "\"}").is(200);
    assertThat(List.of(moved.at("draft.text"), moved.at("at"))).isEqualTo(List.of("Bye", time));
    assertThat(world.as(ada, "DELETE", later).is(200).at("state")).isEqualTo("CANCELLED");
    assertThat(world.as(ada, "DELETE", later).is(200).at("state")).isEqualTo("CANCELLED");
    world.as(bob, "DELETE", later).is(404, "NOT_FOUND");
    assertThat(world.as(ada, "GET", "/v1/scheduled").json()).isEqualTo(List.of());
  }

  @Test
  void readPlaceIsTheUsers() {
    world.said(ada, "general");
    assertThat(world.as(bob, "GET", "/v1/chats/general").at("unread")).isEqualTo(1.0);
    String head = (String) world.as(bob, "GET", "/v1/chats/general").at("head");
    world.as(bob, "PUT", "/v1/chats/general/read", "{\"upTo\":\"" + head + "\"}").is(204);
    assertThat(world.as(bob, "GET", "/v1/chats/general").at("unread")).isEqualTo(0.0);
  }

  @Test
  void administratorBansWhichIsToldWithItsEndAndUndone() {
    User root = world.user("root");
    String ban = "{\"until\":\"" + RestWorld.LATER + "\",\"reason\":\"spam\"}";
    world.as(bob, "PUT", "/v1/admin/bans/ada", ban).is(403, "FORBIDDEN");
    world.as(root, "PUT", "/v1/admin/bans/ada", ban).is(204);
    Answer refused =
        world.as(ada, "POST", "/v1/chats/general/messages", "{\"text\":\"x\"}").is(403, "BANNED");
    assertThat(refused.at("retryAt")).isEqualTo(RestWorld.LATER);
    assertThat(refused.headers().get("Retry-After")).matches("[1-9][0-9]+");
    world.as(root, "DELETE", "/v1/admin/bans/ada?reason=a%20mistake").is(204);
    world.said(ada, "general");
    Answer audit = world.as(root, "GET", "/v1/admin/audit").is(200);
    assertThat(audit.at("entries.0.action")).isEqualTo("BAN");
    assertThat(audit.at("entries.1.reason")).asString().contains("a mistake");
  }

  @Test
  void anyCommandCanBeAskedAsAFrame() {
    Answer chats = world.as(ada, "POST", "/v1/commands", "{\"type\":\"chats\"}").is(200);
    assertThat(chats.at("value.0.id")).isEqualTo("general");
    String type = "{\"type\":\"type\",\"chat\":\"general\",\"active\":true}";
    assertThat(world.as(ada, "POST", "/v1/commands", type).is(200).body())
        .isEqualTo("{\"type\":\"answer\"}");
  }

  @Test
  void hubIsReadyAsLongAsItsStorageWorks() {
    assertThat(world.call("GET", "/v1/health", null, (String) null).is(200).body())
        .isEqualTo("{\"status\":\"ok\"}");
    world.call("GET", "/v1/ready", null, (String) null).is(200);
    world.failsSince.set(Optional.of(Instant.EPOCH));
    Answer refused = world.call("GET", "/v1/ready", null, (String) null).is(503, "STORAGE");
    assertThat(refused.headers().get("Retry-After")).isEqualTo("1");
    world.call("GET", "/v1/health", null, (String) null).is(200);
  }

  @Test
  void pageForPeopleListsEveryPathAndCode() {
    Answer page = world.call("GET", "/v1/docs", null, (String) null).is(200);
    assertThat(page.body())
        .contains("/v1/chats/{chat}/messages", "UNAUTHENTICATED", "id=ChatMessageRevision")
        .doesNotContain("<script", "http://", "https://");
  }

  @Test
  void whoeverComesToTheRootIsLedToThatPage() {
    Answer led = world.call("GET", "/", null, (String) null).is(302);
    assertThat(led.headers().get("Location")).isEqualTo("v1/docs");
    assertThat(led.body()).contains("v1/docs");
  }

  @Test
  void theRootBelongsToTheApplicationThatServesIt() throws Exception {
    HttpResponse page = HttpResponse.json(200, "{}");
    try (HttpHub hub = HttpHub.at("http://127.0.0.1:" + world.server.port());
        HttpServer server =
            HubApi.serve(hub, HttpServer.builder())
                .route("GET", "/", request -> CompletableFuture.completedFuture(page))
                .start();
        RawClient client = new RawClient(server)) {
      assertThat(client.get("/").read().status()).isEqualTo(200);
    }
  }

  @Test
  void bytesThatNobodyHasUploadedAreNotAttached() {
    String file =
        "{\"name\":\"a.txt\",\"type\":\"text/plain\",\"size\":1,\"digest\":\""
            + "0".repeat(64)
            + "\"}";
    String body = "{\"text\":\"See\",\"attachment\":" + file + "}";
    Answer refused = world.as(ada, "POST", "/v1/users/bob/messages", body);
    assertThat(refused.status()).as(refused.body()).isBetween(400, 499);
    world.as(ada, "GET", "/v1/chats/ada~bob/messages").is(403, "FORBIDDEN");
  }
}
