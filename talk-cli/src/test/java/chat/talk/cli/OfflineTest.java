package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.Draft;
import chat.talk.MessageId;
import chat.talk.Notice;
import chat.talk.UserName;
import chat.talk.http.HttpHub;
import chat.talk.http.HttpServer;
import chat.talk.room.HubClient;
import chat.talk.room.Outbox;
import chat.talk.testkit.Await;
import chat.talk.testkit.Recorder;
import chat.talk.testkit.TroubledProxy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.jetbrains.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person says while the hub is away. */
final class OfflineTest extends TerminalFixture {
  private final Recorder heard = new Recorder();
  private HubClient bob;
  private HubServer server;
  private TroubledProxy proxy;

  @BeforeEach
  void open() {
    bob = house.client("bob", heard);
    server = HubServer.start(house.hub, HttpServer.builder());
    proxy = TroubledProxy.to(Integer.parseInt(server.url("HTTP").replaceFirst(".*:", "")));
  }

  @AfterEach
  void close() {
    bob.close();
    proxy.close();
    server.close();
  }

  /** Ada, who comes over the proxy. */
  private Person ada() {
    return ada(person -> {});
  }

  private Person ada(Consumer<Person> onceConnected) {
    return ada(null, onceConnected);
  }

  private Person ada(@Nullable String password, Consumer<Person> onceConnected) {
    return Person.at(person -> talk(person, password, onceConnected));
  }

  private int talk(Person ada, @Nullable String password, Consumer<Person> onceConnected) {
    try (HttpHub remote = HttpHub.at("http://127.0.0.1:" + proxy.port())) {
      Arrival arrival = new Arrival(remote, house.devices("ada"), password, null);
      return house.run(arrival, ada, () -> onceConnected.accept(ada));
    }
  }

  /** Ada, who has said something. */
  private Person adaIsHere() throws InterruptedException {
    Person ada = ada();
    ada.type("here");
    ada.await(".* #1 ada: here");
    return ada;
  }

  private void setPassword(String user, String password) {
    try (HubClient script = house.script(user)) {
      script.setPassword(password).join();
    }
  }

  private void goAway() {
    proxy.refuse();
    proxy.cut(TroubledProxy.Ending.RESET);
  }

  @Test
  void whatIsSaidWhileTheHubIsAwayIsShownAsWaitingAndSentLater() throws Exception {
    Person ada = adaIsHere();
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
    assertThat(ada.leave()).isZero();
    assertThat(ada.waitingNow()).isZero();
  }

  @Test
  void whatWaitsWhenAPersonLeavesIsSentTheNextTimeAndOnce() throws Exception {
    Person ada = adaIsHere();
    goAway();
    ada.await("! the hub does not answer.*");
    ada.type("one");
    ada.type("two");
    ada.type(":edit last not here");
    ada.await("the hub gets it when it answers again");
    assertThat(ada.leave()).isZero();
    ada.await("2 messages and 1 change wait for the next 'talk join'");
    assertThat(ada.all()).noneMatch(line -> line.startsWith("! not sent"));

    proxy.serve();
    Person again = ada();
    again.await("2 messages and 1 change go out that waited since last time");
    heard.awaitTexts("here", "one", "two");
    assertThat(again.leave()).isZero();

    Person third = ada();
    third.type(":history");
    third.await(".* ada: not here \\(edited\\)");
    third.await(".* ada: one");
    third.await(".* ada: two");
    assertThat(third.leave()).isZero();
    assertThat(third.all()).noneMatch(line -> line.contains("waited since"));
  }

  @Test
  void whatTheHubRefusesInTheEndIsSaidWithItsText() throws Exception {
    Person ada = adaIsHere();
    goAway();
    ada.await("! the hub does not answer.*");
    ada.type(":edit 1 not here");
    ada.await("the hub gets it when it answers again");
    ada.type(":later 2h dinner");
    ada.await("the hub gets it when it answers again");
    ada.type("from a train");
    ada.await(".*from a train \\(waits for the hub\\)");
    assertThat(ada.leave()).isZero();
    assertThat(ada.all()).contains("2 messages and 1 change wait for the next 'talk join'");

    ban("ada");
    proxy.serve();
    List<String> refused =
        List.of(
            "* not sent (BANNED): edit of a message: not here",
            "* not sent (BANNED): to general: from a train");
    Person again =
        ada(person -> Await.until("all refused", () -> person.all().containsAll(refused)));
    again.await("2 messages and 1 change go out that waited since last time");
    assertThat(again.leave()).isZero();
  }

  private void ban(String user) {
    try (HubClient root = HubClient.join(house.hub, "root").start()) {
      root.banUser(UserName.of(user), Instant.now().plus(1, ChronoUnit.HOURS), "noise").join();
    }
  }

  @Test
  void aPersonTypesOnWhileTheHubIsSlowAndGetsTheAnswersInTheirOrder() throws Exception {
    Person ada = adaIsHere();
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
    assertThat(ada.leave()).isZero();
    assertThat(ada.waitingNow()).isZero();
  }

  @Test
  void whatIsSaidIsSeenAlsoWhileTheHubIsSlow() throws Exception {
    Person ada = adaIsHere();
    proxy.stall(TroubledProxy.Side.SERVER);
    ada.type("on a train");
    ada.await(".* … ada: on a train \\(waits for the hub\\)");
    assertThat(ada.all()).noneMatch(line -> line.contains("does not answer"));
    proxy.goOn(TroubledProxy.Side.SERVER);
    ada.await(".* #2 ada: on a train");
    assertThat(ada.leave()).isZero();
  }

  @Test
  void whatIsEnteredBehindAWayToAChatGoesThere() throws Exception {
    Person ada = adaIsHere();
    proxy.stall(TroubledProxy.Side.SERVER);
    ada.type(":with bob");
    ada.type("psst");
    Await.until("all read", ada::isRead);
    proxy.goOn(TroubledProxy.Side.SERVER);
    ada.await("you are at @bob now");
    ada.await(".* ada: psst");
    assertThat(ada.leave()).isZero();
    heard.awaitTexts("here", "psst");
    assertThat(bob.chats().join()).anyMatch(chat -> chat.id().value().equals("ada~bob"));
  }

  @Test
  void whatIsEnteredBehindAWayThatFailsGoesNowhere() throws Exception {
    Person ada = adaIsHere();
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
    assertThat(ada.leave()).isZero();
    heard.awaitTexts("here", "and on");
  }

  @Test
  void whoeverLeavesIsToldWhatIsNotDone() throws Exception {
    Person ada = adaIsHere();
    proxy.stall(TroubledProxy.Side.SERVER);
    ada.type(":create Club");
    ada.type("members only");
    ada.type(":chats");
    assertThat(ada.leave()).isZero();
    ada.await("! the hub has not answered, it may be done: :create Club");
    ada.await("! not done: members only");
    proxy.goOn(TroubledProxy.Side.SERVER);
    assertThat(ada.all()).noneMatch(line -> line.contains(":chats"));
  }

  @Test
  void whatIsRefusedIsSaidWithItsTextAndTheTimeAsPeopleReadIt() throws Exception {
    Person ada = adaIsHere();
    ban("ada");
    ada.type("and there");
    ada.await(
        "! not sent to general: ada is banned until (\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d;"
            + " it was: and there");
    ada.type("a " + "long ".repeat(50) + "text");
    ada.await("! not sent to general: .*; it was: a long .*…");
    assertThat(ada.leave()).isZero();
  }

  @Test
  void whatFallsDueAndIsRefusedIsSaidWithItsText() throws Exception {
    Person ada = adaIsHere();
    ban("ada");
    ada.type(":later 1ms dinner is ready");
    ada.await("\\* not sent \\(BANNED\\): later to general: dinner is ready");
    assertThat(ada.leave()).isZero();
  }

  @Test
  void whatFallsDueIsLeftToTheHubAlsoWhereItsTextIsNotKnown() throws Exception {
    Person ada = adaIsHere();
    ban("ada");
    try (HubClient script = house.script("ada")) {
      script.schedule(Draft.of(UserName.of("bob"), "dinner"), Instant.now().plusMillis(1)).join();
      ada.await("\\* a scheduled message was not sent: BANNED");
    }
    assertThat(ada.leave()).isZero();
  }

  @Test
  void whatWaitsOnAComputerThatIsShutOutIsSentWhenItComesBack() throws Exception {
    Person ada = adaIsHere();
    setPassword("ada", "correct horse");
    goAway();
    ada.await("! the hub does not answer.*");
    ada.type("on a train");
    ada.await(".* … ada: on a train \\(waits for the hub\\)");
    ada.type(":edit last not here");
    ada.await("the hub gets it when it answers again");
    assertThat(ada.leave()).isZero();
    ada.await("1 message and 1 change wait for the next 'talk join'");
    house.revokeAll("ada");

    proxy.serve();
    Person again = ada("correct horse", person -> {});
    again.await("1 message and 1 change go out that waited since last time");
    heard.awaitTexts("here", "on a train");
    assertThat(again.leave()).isZero();
    Person third = ada();
    third.type(":history");
    third.await(".* ada: not here \\(edited\\)");
    third.await(".* ada: on a train");
    assertThat(third.leave()).isZero();
    assertThat(third.all()).noneMatch(line -> line.contains("waited since"));
  }

  @Test
  void whyTheHubIsAwayIsSaidWhereItTells() throws Exception {
    Person ada = adaIsHere();
    try (HubClient root = HubClient.join(house.hub, "root").start()) {
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
    assertThat(ada.leave()).isZero();
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
