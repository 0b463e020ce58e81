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
import chat.talk.room.HubClient;
import chat.talk.room.HubStorage;
import chat.talk.room.Outbox;
import chat.talk.testkit.Await;
import chat.talk.testkit.Recorder;
import chat.talk.testkit.TroubledProxy;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person says while the hub is away. */
final class OfflineTest {
  @TempDir Path home;

  private final HubEngine hub =
      HubEngine.builder(HubStorage.inMemory()).administrators(UserName.of("root")).open();
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
    return join(person, () -> {});
  }

  private CompletableFuture<Integer> join(Person person, Runnable onceConnected) {
    return join(person, null, onceConnected);
  }

  private CompletableFuture<Integer> join(
      Person person, @Nullable String password, Runnable onceConnected) {
    return CompletableFuture.supplyAsync(
        () -> talk(person, password, onceConnected), task -> new Thread(task).start());
  }

  private int talk(Person person, @Nullable String password, Runnable onceConnected) {
    try (HttpHub remote = HttpHub.at(url)) {
      Devices devices = devices();
      Arrival arrival = new Arrival(remote, devices, password, null);
      try (SecretFile file = arrival.requireTerminal()) {
        Outbox outbox = new Outboxes(home.resolve("outbox")).of(url, devices, file);
        RoomSession session = new RoomSession(arrival, person, outbox, () -> {});
        try (HubClient me = arrival.terminal(file, outbox, session.screen())) {
          onceConnected.run();
          return session.run(me);
        }
      }
    }
  }

  private Devices devices() {
    return new Devices(home.resolve("tokens"), url, UserName.of("ada"));
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
    ada.await("2 messages and 1 change wait for the next 'talk join'");
    assertThat(run.join()).isZero();
    assertThat(ada.all()).noneMatch(line -> line.startsWith("! not sent"));

    proxy.serve();
    Person again = new Person();
    CompletableFuture<Integer> secondRun = join(again);
    again.await("2 messages and 1 change go out that waited since last time");
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

  @Test
  void whatTheHubRefusesInTheEndIsSaidWithItsText() throws Exception {
    Person ada = new Person();
    CompletableFuture<Integer> run = join(ada);
    ada.type("here");
    ada.await(".* #1 ada: here");
    goAway();
    ada.await("! the hub does not answer.*");
    ada.type(":edit 1 not here");
    ada.await("the hub gets it when it answers again");
    ada.type(":later 2h dinner");
    ada.await("the hub gets it when it answers again");
    ada.type("from a train");
    ada.await(".*from a train \\(waits for the hub\\)");
    ada.leave();
    assertThat(run.join()).isZero();
    assertThat(ada.all()).contains("2 messages and 1 change wait for the next 'talk join'");

    ban("ada");
    proxy.serve();
    Person again = new Person();
    String[] refused = {
      "* not sent (BANNED): edit of a message: not here",
      "* not sent (BANNED): to general: from a train"
    };
    CompletableFuture<Integer> secondRun =
        join(
            again,
            () -> Await.until("all refused", () -> again.all().containsAll(List.of(refused))));
    again.await("2 messages and 1 change go out that waited since last time");
    again.leave();
    assertThat(secondRun.join()).isZero();
  }

  private void ban(String user) {
    try (HubClient root = HubClient.join(hub, "root").start()) {
      root.banUser(UserName.of(user), Instant.now().plus(1, ChronoUnit.HOURS), "noise").join();
    }
  }

  @Test
  void aPersonTypesOnWhileTheHubIsSlowAndGetsTheAnswersInTheirOrder() throws Exception {
    Person ada = new Person();
    CompletableFuture<Integer> run = join(ada);
    ada.type("here");
    ada.await(".* ada: here");
    proxy.stall(TroubledProxy.Side.SERVER);
    ada.type(":chats");
    ada.type(":who");
    ada.type("on a train");
    ada.type(":nonsense");
    heard.awaitTexts("here", "on a train");
    Await.until("all read", ada::isRead);
    proxy.goOn(TroubledProxy.Side.SERVER);
    ada.await("> general");
    ada.await("  ada \\(you\\)");
    ada.await("! no such command: :nonsense.*");
    ada.leave();
    assertThat(run.join()).isZero();
    assertThat(ada.waitingNow()).isZero();
  }

  @Test
  void whatIsSaidIsSeenAlsoWhileTheHubIsSlow() throws Exception {
    Person ada = new Person();
    CompletableFuture<Integer> run = join(ada);
    ada.type("here");
    ada.await(".* ada: here");
    proxy.stall(TroubledProxy.Side.SERVER);
    ada.type("on a train");
    ada.await(".* … ada: on a train \\(waits for the hub\\)");
    assertThat(ada.all()).noneMatch(line -> line.contains("does not answer"));
    proxy.goOn(TroubledProxy.Side.SERVER);
    ada.await(".* #2 ada: on a train");
    ada.leave();
    assertThat(run.join()).isZero();
  }

  @Test
  void whatIsEnteredBehindAWayToAChatGoesThere() throws Exception {
    Person ada = new Person();
    CompletableFuture<Integer> run = join(ada);
    ada.type("here");
    ada.await(".* ada: here");
    proxy.stall(TroubledProxy.Side.SERVER);
    ada.type(":with bob");
    ada.type("psst");
    Await.until("all read", ada::isRead);
    proxy.goOn(TroubledProxy.Side.SERVER);
    ada.await("you are at @bob now");
    ada.await(".* ada: psst");
    ada.leave();
    assertThat(run.join()).isZero();
    heard.awaitTexts("here", "psst");
    assertThat(bob.chats().join()).anyMatch(chat -> chat.id().value().equals("ada~bob"));
  }

  @Test
  void whatIsEnteredBehindAWayThatFailsGoesNowhere() throws Exception {
    Person ada = new Person();
    CompletableFuture<Integer> run = join(ada);
    ada.type("here");
    ada.await(".* ada: here");
    proxy.stall(TroubledProxy.Side.SERVER);
    ada.type(":join nowhere");
    ada.type("the secret plan");
    ada.type(":who");
    Await.until("all read", ada::isRead);
    proxy.goOn(TroubledProxy.Side.SERVER);
    ada.await("! you are in no chat nowhere.*");
    ada.await("! not done, because :join failed: the secret plan");
    ada.await("  ada \\(you\\)");
    ada.type(":join general");
    ada.type("and on");
    ada.await(".* ada: and on");
    ada.leave();
    assertThat(run.join()).isZero();
    heard.awaitTexts("here", "and on");
  }

  @Test
  void whoeverLeavesIsToldWhatIsNotDone() throws Exception {
    Person ada = new Person();
    CompletableFuture<Integer> run = join(ada);
    ada.type("here");
    ada.await(".* ada: here");
    proxy.stall(TroubledProxy.Side.SERVER);
    ada.type(":create Club");
    ada.type("members only");
    ada.type(":chats");
    ada.leave();
    ada.await("! the hub has not answered, it may be done: :create Club");
    ada.await("! not done: members only");
    assertThat(run.join()).isZero();
    proxy.goOn(TroubledProxy.Side.SERVER);
    assertThat(ada.all()).noneMatch(line -> line.contains(":chats"));
  }

  @Test
  void whatIsRefusedIsSaidWithItsTextAndTheTimeAsPeopleReadIt() throws Exception {
    Person ada = new Person();
    CompletableFuture<Integer> run = join(ada);
    ada.type("here");
    ada.await(".* ada: here");
    ban("ada");
    ada.type("and there");
    ada.await(
        "! not sent to general: ada is banned until (\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d;"
            + " it was: and there");
    ada.type("a " + "long ".repeat(50) + "text");
    ada.await("! not sent to general: .*; it was: a long .*…");
    ada.leave();
    assertThat(run.join()).isZero();
  }

  @Test
  void whatFallsDueAndIsRefusedIsSaidWithItsText() throws Exception {
    Person ada = new Person();
    CompletableFuture<Integer> run = join(ada);
    ada.type("here");
    ada.await(".* ada: here");
    ban("ada");
    ada.type(":later 1ms dinner is ready");
    ada.await("\\* not sent \\(BANNED\\): later to general: dinner is ready");
    ada.leave();
    assertThat(run.join()).isZero();
  }

  @Test
  void whatFallsDueIsLeftToTheHubAlsoWhereItsTextIsNotKnown() throws Exception {
    Person ada = new Person();
    CompletableFuture<Integer> run = join(ada);
    ada.type("here");
    ada.await(".* ada: here");
    ban("ada");
    try (HubClient script = script()) {
      script.schedule(Draft.of(UserName.of("bob"), "dinner"), Instant.now().plusMillis(1)).join();
      ada.await("\\* a scheduled message was not sent: BANNED");
    }
    ada.leave();
    assertThat(run.join()).isZero();
  }

  @Test
  void whatWaitsOnAComputerThatIsShutOutIsSentWhenItComesBack() throws Exception {
    Person ada = new Person();
    CompletableFuture<Integer> run = join(ada);
    ada.type("here");
    ada.await(".* ada: here");
    goAway();
    ada.await("! the hub does not answer.*");
    ada.type("on a train");
    ada.await(".* … ada: on a train \\(waits for the hub\\)");
    ada.type(":edit last not here");
    ada.await("the hub gets it when it answers again");
    ada.leave();
    ada.await("1 message and 1 change wait for the next 'talk join'");
    assertThat(run.join()).isZero();
    shutOut("correct horse");

    proxy.serve();
    Person again = new Person();
    CompletableFuture<Integer> secondRun = join(again, "correct horse", () -> {});
    again.await("1 message and 1 change go out that waited since last time");
    heard.awaitTexts("here", "on a train");
    again.leave();
    assertThat(secondRun.join()).isZero();
    Person third = new Person();
    CompletableFuture<Integer> thirdRun = join(third);
    third.type(":history");
    third.await(".* ada: not here \\(edited\\)");
    third.await(".* ada: on a train");
    third.leave();
    assertThat(thirdRun.join()).isZero();
    assertThat(third.all()).noneMatch(line -> line.contains("waited since"));
  }

  /** Shuts out all devices of ada, who may come back by a password. */
  private void shutOut(String password) {
    try (HubClient script = script()) {
      script.setPassword(password).join();
      script.devices().join().forEach(device -> script.revokeDevice(device.id()));
    }
  }

  private HubClient script() {
    try (SecretFile file = devices().awaitScript()) {
      return new Arrival(hub, devices(), null, null).further(file, one -> one);
    }
  }

  @Test
  void whyTheHubIsAwayIsSaidWhereItTells() throws Exception {
    Person ada = new Person();
    CompletableFuture<Integer> run = join(ada);
    ada.type("here");
    ada.await(".* ada: here");
    try (HubClient root = HubClient.join(hub, "root").start()) {
      long connection =
          root.connections().join().stream()
              .filter(one -> one.user().equals(UserName.of("ada")))
              .findFirst()
              .orElseThrow()
              .id();
      root.disconnect(connection).join();
    }
    ada.await("! the hub has ended the connection: an administrator has closed this; trying on");
    ada.await("the hub answers again");
    server.close();
    Await.until("the end is told", () -> ada.all().stream().anyMatch(OfflineTest::isOfAStop));
    ada.leave();
    assertThat(run.join()).isZero();
    assertThat(ada.all()).noneMatch(line -> line.contains("does not answer"));
  }

  private static boolean isOfAStop(String line) {
    return line.equals("! the hub has gone away, as it said; trying on")
        || line.equals("! the hub has ended the connection: the hub is shutting down; trying on");
  }

  @Test
  void whatTheHubRefusesAboutAnUnknownMessageWasScheduled() {
    Person ada = new Person();
    Rooms rooms = new Rooms(UserName.of("ada"));
    EntryLines lines = new EntryLines(ada, rooms, new Seen(), ZoneOffset.UTC);
    Unsent unsent = new Unsent(ada, lines, Outbox.inMemory());
    assertThat(
            new NoticeLines(ada, rooms, unsent, new Planned())
                .of(new Notice.NotSent(MessageId.random(), Code.BANNED)))
        .contains("* a scheduled message was not sent: BANNED");
  }

  @Test
  void whatWaitsIsShownOnceHoweverOftenTheHubGoes() throws Exception {
    Person ada = new Person();
    Rooms rooms = new Rooms(UserName.of("ada"));
    EntryLines lines = new EntryLines(ada, rooms, new Seen(), ZoneOffset.UTC);
    Unsent unsent = new Unsent(ada, lines, Outbox.inMemory());
    unsent.asked(Draft.of(UserName.of("bob"), "one"));
    unsent.away();
    unsent.back();
    unsent.asked(Draft.of(UserName.of("bob"), "two"));
    unsent.away();
    assertThat(ada.waitingNow()).isEqualTo(2);
    assertThat(ada.all().stream().filter(line -> line.contains("waits for the hub")))
        .satisfiesExactly(
            line -> assertThat(line).contains("one"), line -> assertThat(line).contains("two"));
  }
}
