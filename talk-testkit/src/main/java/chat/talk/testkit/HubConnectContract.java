package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.Capability;
import chat.talk.ChatClient.State;
import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.Device;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of {@link HubContract} about coming in: names, tokens, sessions that replace others. */
abstract class HubConnectContract extends HubFixture {
  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void newUserIsConnectedUnderHisName() {
    Participant alice = join(ALICE);
    assertThat(alice.name()).isEqualTo(ALICE);
    assertThat(alice.client().state()).isEqualTo(State.CONNECTED);
    assertThat(alice.client().capabilities()).contains(Capability.ROOMS, Capability.ONE_ORDER);
  }

  @Test
  void takenNameIsRefused() {
    join(ALICE);
    assertThatThrownBy(() -> join(ALICE))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.code()).isEqualTo(Code.NAME_TAKEN));
  }

  @Test
  void nameStaysTakenWhenItsUserIsGone() {
    join(ALICE).client().close();
    assertThat(refusal(newUser(ALICE))).isEqualTo(Code.NAME_TAKEN);
    restart();
    assertThat(refusal(newUser(ALICE))).isEqualTo(Code.NAME_TAKEN);
  }

  @Test
  void namesThatDifferInCaseAreTwoUsers() {
    join(ALICE);
    assertThat(join(UserName.of("Alice")).name()).isEqualTo(UserName.of("Alice"));
  }

  @Test
  void nameThatTwoWantAtOnceGoesToOne() {
    for (int i = 0; i < 20; i++) {
      UserName name = UserName.of("user-" + i);
      List<CompletableFuture<Session>> two =
          Stream.of(newUser(name), newUser(name))
              .map(login -> hub.connect(login, Map.of(), new RawSession()))
              .toList();
      two.stream().filter(one -> Await.code(one) == null).forEach(one -> one.join().close());
      assertThat(two.stream().map(Await::code)).containsExactlyInAnyOrder(null, Code.NAME_TAKEN);
    }
  }

  @Test
  void hubsOwnNameIsNotForUsers() {
    assertThat(refusal(newUser(UserName.of("hub")))).isIn(Code.NAME_TAKEN, Code.INVALID);
  }

  @Test
  void knownTokenComesBack() {
    Participant alice = join(ALICE);
    alice.client().close();
    assertThat(back(alice).name()).isEqualTo(ALICE);
  }

  @Test
  void knownTokenComesBackAfterARestart() {
    Participant alice = join(ALICE);
    alice.client().close();
    restart();
    assertThat(back(alice).name()).isEqualTo(ALICE);
  }

  @Test
  void unknownTokenIsRefused() {
    join(ALICE);
    assertThat(refusal(new Login.Known(Token.random()))).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void sameLoginOfANewUserIsTheSameDevice() {
    Login login = newUser(ALICE);
    String device = raw(login).session.device();
    RawSession again = raw(login);
    assertThat(again.session.device()).isEqualTo(device);
    assertThat(devices(again)).singleElement().extracting(Device::id).isEqualTo(device);
  }

  @Test
  void tokenOfOneUserOpensNoOther() {
    Participant alice = join(ALICE);
    Token hers = alice.client().token();
    assertThat(refusal(new Login.NewUser(BOB, hers))).isNotNull().isNotEqualTo(Code.INTERNAL);
    assertThat(join(BOB).name()).isEqualTo(BOB);
    assertThat(refusal(new Login.NewUser(BOB, hers))).isNotNull().isNotEqualTo(Code.INTERNAL);
  }

  @Test
  void credentialIsRefusedUnlessTheHubKnowsHowToCheckIt() {
    Login login = new Login.Credential("signed by nobody", Token.random());
    assertThat(refusal(login)).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void newSessionOfADeviceEndsTheOlder() {
    Login login = newUser(ALICE);
    RawSession older = raw(login);
    RawSession newer = raw(login);
    assertThat(older.endCode()).isEqualTo(Code.CONFLICT);
    assertRefused(Code.UNREACHABLE, older.call(new Command.Status()));
    assertThat(Await.result(newer.call(new Command.Status())).chats()).isNotEmpty();
    assertThat(newer.end).isNotDone();
  }

  @Test
  void replacedSessionChangesNothingAnyMore() {
    Login login = newUser(ALICE);
    RawSession older = raw(login);
    RawSession newer = raw(login);
    Command.Create create = new Command.Create(ChatId.random(), "too late");
    assertRefused(Code.UNREACHABLE, older.call(create));
    assertThat(Await.result(newer.call(new Command.Chats()))).hasSize(1);
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void clientThatWasReplacedStaysClosed() {
    Participant alice = join(ALICE);
    Participant again = back(alice);
    assertThat(alice.heard().awaitState(State.CLOSED).why()).isEqualTo(Code.CONFLICT);
    assertThat(again.client().state()).isEqualTo(State.CONNECTED);
    assertThat(again.general()).isNotNull();
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void devicesOfOneUserDoNotReplaceEachOther() {
    Participant phone = join(ALICE);
    Participant laptop = secondDevice(phone);
    assertThat(laptop.name()).isEqualTo(ALICE);
    assertThat(phone.general()).isEqualTo(laptop.general());
    assertThat(phone.ask(new Command.Devices())).hasSize(2).allMatch(Device::online);
  }

  @Test
  void closedSessionIsNotToldAndAnswersNothing() {
    RawSession alice = raw(ALICE);
    alice.session.close();
    alice.session.close();
    assertRefused(Code.UNREACHABLE, alice.call(new Command.Status()));
    assertThat(join(BOB).general()).isNotNull();
    assertThat(alice.end).isNotDone();
  }

  @Test
  void closedSessionsDeviceIsOffline() {
    RawSession phone = raw(ALICE);
    Token token = Token.random();
    Await.result(phone.call(new Command.AddDevice(token)));
    RawSession laptop = raw(new Login.Known(token));
    String phones = phone.session.device();
    phone.session.close();
    Await.until(
        "the phone offline",
        () -> devices(laptop).stream().noneMatch(d -> d.id().equals(phones) && d.online()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void pollForNothingDoesNoHarm(int max) {
    RawSession alice = raw(ALICE);
    try {
      alice.take(alice.session.poll(max));
    } catch (ChatException e) {
      assertThat(e.code()).isEqualTo(Code.INVALID);
    }
    join(BOB).say(Await.result(alice.call(new Command.Status())).general(), "Hello");
    assertThat(alice.awaitTexts(1)).containsExactly("Hello");
  }

  static Login newUser(UserName name) {
    return new Login.NewUser(name, Token.random());
  }

  static List<Device> devices(RawSession session) {
    return Await.result(session.call(new Command.Devices()));
  }
}
