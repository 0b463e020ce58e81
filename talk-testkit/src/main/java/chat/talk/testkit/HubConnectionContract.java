package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatClient.State;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Notice;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.Connection;
import chat.talk.room.HubStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The part of {@link HubContract} about status, connections and signals. */
abstract class HubConnectionContract extends HubExpiryContract {
  private static final UserName ADMIN = UserName.of("admin");

  @Test
  void statusSaysHowThingsStand() {
    Participant alice = join(ALICE);
    join(BOB);
    alice.awaitRead(alice.say(BOB, "Hello"));
    clock.advance(HOUR);
    HubStatus status = alice.ask(new Command.Status());
    assertThat(status.time()).isEqualTo(clock.now());
    assertThat(status.chatCount()).isEqualTo(2);
    assertThat(status.chats()).hasSize(2).isEqualTo(alice.ask(new Command.Chats()));
    assertThat(status.general()).isEqualTo(status.chats().get(0).id());
    assertThat(status.reports()).isZero();
    assertThat(status.bannedUntil()).isNull();
    assertThat(status.storage().inUse()).isBetween(0, Math.max(0, status.storage().max()));
  }

  @Test
  void chatsOfOthersAreCountedAndNotShown() {
    Participant alice = join(ALICE);
    alice.create("room");
    HubStatus status = join(BOB).ask(new Command.Status());
    assertThat(status.chatCount()).isEqualTo(2);
    assertThat(status.chats()).hasSize(1);
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void administratorSeesAllConnections() {
    Participant admin = administrator();
    Participant phone = join(ALICE);
    Participant laptop = secondDevice(phone);
    List<Connection> all = admin.ask(new Command.Connections());
    assertThat(all).extracting(Connection::user).containsExactlyInAnyOrder(ADMIN, ALICE, ALICE);
    assertThat(all).extracting(Connection::id).doesNotHaveDuplicates();
    assertThat(all).allMatch(connection -> connection.since().equals(clock.now()));
    laptop.client().close();
    Await.until("two are left", () -> admin.ask(new Command.Connections()).size() == 2);
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void clientThatReadsIsAlive() {
    Participant admin = administrator();
    join(ALICE);
    admin.say(admin.general(), "Hello");
    assertThat(admin.ask(new Command.Check(connection(admin, ALICE).id()))).isTrue();
  }

  @Test
  void clientThatReadsNothingIsNot() {
    Participant admin = administrator();
    raw(ALICE);
    admin.say(admin.general(), "Hello");
    long stuck = connection(admin, ALICE).id();
    CompletableFuture<Boolean> check = admin.client().call(new Command.Check(stuck));
    Await.until(
        "an answer",
        () -> {
          clock.advance(Duration.ofSeconds(1));
          return check.isDone();
        });
    assertThat(Await.result(check)).isFalse();
    assertThat(connection(admin, ALICE).behind()).isEqualTo(1);
  }

  @Test
  void administratorEndsASession() {
    Participant admin = administrator();
    RawSession alice = raw(ALICE);
    admin.ask(new Command.Disconnect(connection(admin, ALICE).id()));
    assertThat(alice.endCode()).isEqualTo(Code.FORBIDDEN);
    assertRefused(Code.UNREACHABLE, alice.call(new Command.Status()));
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void clientWhoseSessionWasEndedComesBack() {
    Participant admin = administrator();
    Participant alice = join(ALICE);
    long before = connection(admin, ALICE).id();
    admin.ask(new Command.Disconnect(before));
    Await.until("alice is back", () -> isConnectedAgain(admin, before));
    admin.say(admin.general(), "welcome back");
    alice.heard().awaitTexts("welcome back");
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void clientIsToldWhyItsSessionWasEnded() {
    Participant admin = administrator();
    Participant alice = join(ALICE);
    admin.ask(new Command.Disconnect(connection(admin, ALICE).id()));
    Notice.StateChanged away = alice.heard().awaitState(State.DISCONNECTED);
    assertThat(away.why()).isEqualTo(Code.FORBIDDEN);
    assertThat(away.reason()).isNotBlank();
    assertThat(alice.heard().awaitState(State.CONNECTED).why()).isNull();
  }

  private static boolean isConnectedAgain(Participant admin, long before) {
    return admin.ask(new Command.Connections()).stream()
        .anyMatch(one -> one.user().equals(ALICE) && one.id() != before);
  }

  @Test
  void sessionThatHasEndedIsEndedAgain() {
    Participant admin = administrator();
    RawSession alice = raw(ALICE);
    long connection = connection(admin, ALICE).id();
    admin.ask(new Command.Disconnect(connection));
    assertThat(alice.endCode()).isEqualTo(Code.FORBIDDEN);
    assertThat(admin.refusal(new Command.Disconnect(connection))).isNull();
    assertThat(admin.refusal(new Command.Check(connection))).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void unknownConnectionIsNotFound() {
    Participant admin = administrator();
    for (long unknown : new long[] {0, -1, Long.MAX_VALUE}) {
      assertThat(admin.refusal(new Command.Check(unknown))).isEqualTo(Code.NOT_FOUND);
      assertThat(admin.refusal(new Command.Disconnect(unknown))).isEqualTo(Code.NOT_FOUND);
    }
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void typingIsToldToTheOthersInTheChat() {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    Participant carol = join(CAROL);
    alice.ask(new Command.Type(ROOM, true));
    bob.isTold(new Notice.Typing(ROOM, ALICE, true));
    alice.ask(new Command.Type(ROOM, false));
    bob.isTold(new Notice.Typing(ROOM, ALICE, false));
    bob.say(alice.general(), "end");
    alice.heard().awaitTexts("end");
    carol.heard().awaitTexts("end");
    assertThat(alice.heard().notices()).noneMatch(Notice.Typing.class::isInstance);
    assertThat(carol.heard().notices()).noneMatch(Notice.Typing.class::isInstance);
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void typingIsToldInTheGeneralChat() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    alice.ask(new Command.Type(alice.general(), true));
    bob.isTold(new Notice.Typing(alice.general(), ALICE, true));
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void typingStandsInNoLog() {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    int before = alice.log(ROOM).size();
    bob.client().close();
    alice.ask(new Command.Type(ROOM, true));
    alice.ask(new Command.Type(ROOM, false));
    Participant again = back(bob);
    alice.say(ROOM, "written");
    again.heard().awaitTexts("written");
    assertThat(alice.log(ROOM)).hasSize(before + 1);
    assertThat(again.heard().notices()).noneMatch(Notice.Typing.class::isInstance);
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void presenceIsToldToThoseWhoShareAChat() {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    Participant dave = join(DAVE);
    alice.say(DAVE, "Hello");
    Participant carol = join(CAROL);
    alice.client().close();
    bob.isTold(new Notice.Presence(ALICE, false));
    dave.isTold(new Notice.Presence(ALICE, false));
    back(alice);
    bob.isTold(new Notice.Presence(ALICE, true));
    bob.say(bob.general(), "end");
    carol.heard().awaitTexts("end");
    assertThat(carol.heard().notices()).noneMatch(Notice.Presence.class::isInstance);
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void presenceIsToldToEverybodyWhenTheHubSaysSo() {
    serve(HubOptions::withPresenceInGeneral);
    Participant bob = join(BOB);
    Participant alice = join(ALICE);
    bob.isTold(new Notice.Presence(ALICE, true));
    alice.client().close();
    bob.isTold(new Notice.Presence(ALICE, false));
    assertThat(bob.heard().notices()).doesNotContain(new Notice.Presence(BOB, true));
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void userIsThereAsLongAsOneOfHisDevicesIs() {
    Participant phone = join(ALICE);
    Participant bob = room(phone);
    Participant laptop = secondDevice(phone);
    phone.client().close();
    laptop.say(ROOM, "still here");
    bob.heard().awaitTexts("still here");
    assertThat(bob.heard().notices()).doesNotContain(new Notice.Presence(ALICE, false));
    laptop.client().close();
    bob.isTold(new Notice.Presence(ALICE, false));
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void signalsWaitForNobody() {
    Participant alice = join(ALICE);
    ChatId general = alice.general();
    RawSession silent = raw(BOB);
    for (int i = 0; i < 1_000; i++) {
      alice.client().typing(general, i % 2 == 0);
    }
    alice.ask(new Command.Type(general, true));
    silent.pollUntil("the last word", () -> !silent.notices.isEmpty());
    assertThat(silent.notices).containsOnlyOnce(new Notice.Typing(general, ALICE, true));
    assertThat(silent.notices.stream().filter(Notice.Typing.class::isInstance)).hasSize(1);
  }

  private Participant administrator() {
    serve(options -> options.withAdministrators(ADMIN));
    return join(ADMIN);
  }

  private static Connection connection(Participant admin, UserName user) {
    return admin.ask(new Command.Connections()).stream()
        .filter(connection -> connection.user().equals(user))
        .findFirst()
        .orElseThrow();
  }
}
