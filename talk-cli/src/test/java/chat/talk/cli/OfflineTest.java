package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.Draft;
import chat.talk.MessageId;
import chat.talk.Notice;
import chat.talk.UserName;
import chat.talk.http.HttpHub;
import chat.talk.http.HttpServer;
import chat.talk.hub.HubEngine;
import chat.talk.room.Command;
import chat.talk.room.HubClient;
import chat.talk.room.HubStorage;
import chat.talk.room.Outbox;
import chat.talk.testkit.Recorder;
import chat.talk.testkit.TroubledProxy;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person says while the hub is away. */
final class OfflineTest {
  @TempDir Path home;

  private final HubEngine hub = HubEngine.builder(HubStorage.inMemory()).open();
  private final HubServer server = HubServer.start(hub, HttpServer.builder());
  private final TroubledProxy proxy =
      TroubledProxy.to(Integer.parseInt(server.url("HTTP").replaceFirst(".*:", "")));
  private final String url = "http://127.0.0.1:" + proxy.port();
  private final Recorder heard = new Recorder();
  private final HubClient bob = HubClient.join(hub, "bob").listener(heard).start();

  @AfterEach
  void close() {
    bob.close();
    proxy.close();
    server.close();
  }

  private CompletableFuture<Integer> join(Person person) {
    return CompletableFuture.supplyAsync(() -> talk(person), task -> new Thread(task).start());
  }

  private int talk(Person person) {
    RoomSession session = new RoomSession(UserName.of("ada"), person, () -> {});
    try (HttpHub remote = HttpHub.at(url)) {
      Devices devices = new Devices(home.resolve("tokens"), url, UserName.of("ada"));
      Arrival arrival = new Arrival(remote, devices, null, null);
      try (SecretFile file = devices.require(Devices.TERMINAL)) {
        Outbox outbox =
            new Outboxes(home.resolve("outbox")).of(url, devices.user(), Devices.token(file));
        List<Command<?>> left = Outboxes.left(outbox);
        try (HubClient me = arrival.terminal(file, outbox, session.screen())) {
          return session.run(me, left);
        }
      }
    }
  }

  @Test
  void whatTheHubRefusesInTheEndIsSaidWithItsText() {
    Person ada = new Person();
    Rooms rooms = new Rooms(UserName.of("ada"));
    Unsent unsent = new Unsent(ada, new EntryLines(ada, rooms, new Seen(), ZoneOffset.UTC));
    Draft draft = Draft.of(UserName.of("bob"), "from a train");
    unsent.begin(List.of(new Command.Send(draft)));
    NoticeLines lines = new NoticeLines(ada, rooms, unsent);
    assertThat(lines.of(new Notice.NotSent(draft.id(), Code.BANNED)))
        .contains("* not sent (BANNED) to @bob: from a train");
    assertThat(lines.of(new Notice.NotSent(MessageId.random(), Code.BANNED)))
        .contains("* a scheduled message was not sent: BANNED");
    assertThat(ada.all()).containsExactly("1 message goes out that waited since last time");
  }

  private void goAway() {
    proxy.refuse();
    proxy.cut(TroubledProxy.Ending.RESET);
  }

  @Test
  void whatIsSaidWhileTheHubIsAwayIsShownAsWaitingAndSentLater() throws Exception {
    Person ada = new Person();
    CompletableFuture<Integer> run = join(ada);
    ada.type("here");
    ada.await(".* ada: here");
    heard.awaitTexts("here");
    goAway();
    ada.await("! the hub does not answer; trying on");
    ada.type("on a train");
    ada.await(".* … ada: on a train \\(waits for the hub\\)");
    assertThat(ada.waitingNow()).isEqualTo(1);
    proxy.serve();
    ada.await("the hub answers again");
    ada.await(".* #\\d+ ada: on a train");
    heard.awaitTexts("on a train");
    ada.leave();
    assertThat(run.join()).isZero();
    assertThat(ada.waitingNow()).isZero();
  }

  @Test
  void whatWaitsWhenAPersonLeavesIsSentTheNextTimeAndOnce() throws Exception {
    Person ada = new Person();
    CompletableFuture<Integer> run = join(ada);
    ada.type("here");
    ada.await(".* ada: here");
    goAway();
    ada.await("! the hub does not answer.*");
    ada.type("one");
    ada.type("two");
    ada.type(":edit last not here");
    ada.await("the hub gets it when it answers again");
    ada.leave();
    ada.await("2 messages wait for the next 'talk join'");
    assertThat(run.join()).isZero();
    assertThat(ada.all()).noneMatch(line -> line.startsWith("! not sent"));

    proxy.serve();
    Person again = new Person();
    CompletableFuture<Integer> secondRun = join(again);
    again.await("3 messages go out that waited since last time");
    heard.awaitTexts("here", "one", "two");
    again.leave();
    assertThat(secondRun.join()).isZero();

    Person third = new Person();
    CompletableFuture<Integer> thirdRun = join(third);
    third.type(":history");
    third.await(".* ada: not here \\(edited\\)");
    third.await(".* ada: one");
    third.await(".* ada: two");
    third.leave();
    assertThat(thirdRun.join()).isZero();
    assertThat(third.all()).noneMatch(line -> line.contains("waited since"));
  }
}
