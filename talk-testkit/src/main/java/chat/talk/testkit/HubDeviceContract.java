package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatClient.State;
import chat.talk.ChatException.Code;
import chat.talk.ChatMessage;
import chat.talk.Entry;
import chat.talk.Notice;
import chat.talk.room.Command;
import chat.talk.room.Device;
import chat.talk.room.Login;
import chat.talk.room.Token;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of {@link HubContract} about a user's devices and his password. */
abstract class HubDeviceContract extends HubCredentialContract {
  private static final String PASSWORD = "correct horse";

  @Test
  void addingADeviceTwiceAddsOne() {
    Participant alice = join(ALICE);
    Token token = Token.random();
    Device first = alice.ask(new Command.AddDevice(token));
    assertThat(alice.ask(new Command.AddDevice(token)).id()).isEqualTo(first.id());
    assertThat(alice.ask(new Command.Devices())).hasSize(2);
  }

  @Test
  void deviceTellsWhichOneLetItInFirst() {
    Participant phone = join(ALICE);
    String own = phone.ask(new Command.Identify()).device();
    Token token = Token.random();
    assertThat(phone.ask(new Command.AddDevice(token)).letInBy()).isEqualTo(own);
    RawSession laptop = raw(new Login.Known(token));
    assertThat(Await.result(laptop.call(new Command.AddDevice(token))).letInBy()).isEqualTo(own);
    laptop.session.close();
    restart();
    assertThat(phone.ask(new Command.Devices()))
        .extracting(Device::letInBy)
        .containsExactlyInAnyOrder(null, own);
  }

  @Test
  void deviceThatHasNotComeYetIsOffline() {
    Participant alice = join(ALICE);
    assertThat(alice.ask(new Command.AddDevice(Token.random())).online()).isFalse();
  }

  @Test
  void tokenOfAnotherUsersDeviceIsNotAdded() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    assertThat(bob.refusal(new Command.AddDevice(alice.client().token()))).isEqualTo(Code.CONFLICT);
    assertThat(bob.ask(new Command.Devices())).hasSize(1);
  }

  @Test
  void addedDeviceIsKnownAfterARestart() {
    Participant alice = join(ALICE);
    Token token = Token.random();
    alice.ask(new Command.AddDevice(token));
    restart();
    assertThat(raw(new Login.Known(token)).session.user()).isEqualTo(ALICE);
  }

  @Test
  void revokedDeviceIsShutOutAndTheOthersGoOn() {
    Participant phone = join(ALICE);
    RawSession laptop = added(phone);
    phone.ask(new Command.RevokeDevice(laptop.session.device()));
    assertThat(laptop.endCode()).isEqualTo(Code.UNAUTHENTICATED);
    assertRefused(Code.UNREACHABLE, laptop.call(new Command.Status()));
    assertThat(phone.ask(new Command.Devices())).hasSize(1);
  }

  @Test
  void revokedTokenOpensNothingAnyMore() {
    Participant phone = join(ALICE);
    Token token = Token.random();
    String device = phone.ask(new Command.AddDevice(token)).id();
    phone.ask(new Command.RevokeDevice(device));
    assertThat(refusal(new Login.Known(token))).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(refusal(new Login.NewUser(ALICE, token)))
        .isIn(Code.NAME_TAKEN, Code.UNAUTHENTICATED);
    restart();
    assertThat(refusal(new Login.Known(token))).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void deviceMayRevokeItself() {
    Participant alice = join(ALICE);
    String own = alice.ask(new Command.Devices()).get(0).id();
    alice.client().revokeDevice(own);
    assertThat(alice.heard().awaitState(State.CLOSED).why()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(refusal(new Login.Known(alice.client().token()))).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void deviceThatRevokesItselfIsAnsweredBeforeItsEnd() {
    Participant alice = join(ALICE);
    String own = alice.ask(new Command.Identify()).device();
    assertThat(alice.ask(new Command.RevokeDevice(own)))
        .extracting(Device::id)
        .containsExactly(own);
    Await.until("the end", () -> alice.client().state() == State.CLOSED);
  }

  @Test
  void revokedDeviceTakesAllThatItLetInAlong() {
    Participant phone = join(ALICE);
    RawSession laptop = added(phone);
    RawSession script = added(laptop);
    RawSession tail = added(script);
    phone.ask(new Command.RevokeDevice(laptop.session.device()));
    assertThat(laptop.endCode()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(script.endCode()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(tail.endCode()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(phone.ask(new Command.Devices())).hasSize(1);
  }

  @Test
  void revokingTellsAllThatIsShutOutEachBehindTheOneThatLetItIn() {
    Participant phone = join(ALICE);
    RawSession laptop = added(phone);
    RawSession tablet = added(phone);
    RawSession script = added(laptop);
    RawSession tail = added(script);
    assertThat(revoked(phone, laptop))
        .containsExactly(device(laptop), device(script), device(tail));
    assertThat(phone.ask(new Command.Devices()))
        .extracting(Device::id)
        .contains(device(tablet))
        .hasSize(2);
  }

  @Test
  void whatIsShutOutIsToldAsItWasBefore() {
    Participant phone = join(ALICE);
    RawSession laptop = added(phone);
    Await.result(laptop.call(new Command.AddDevice(Token.random())));
    List<Device> before = new ArrayList<>(phone.ask(new Command.Devices()));
    List<Device> gone = phone.ask(new Command.RevokeDevice(device(laptop)));
    before.removeAll(phone.ask(new Command.Devices()));
    assertThat(gone).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void revokingAgainTellsTheSameAndOfWhatWentAlongItsPart() {
    Participant phone = join(ALICE);
    RawSession laptop = added(phone);
    RawSession script = added(laptop);
    RawSession other = added(laptop);
    RawSession tail = added(script);
    revoked(phone, other);
    List<Device> first = phone.ask(new Command.RevokeDevice(device(laptop)));
    assertThat(first).extracting(Device::id).doesNotContain(device(other)).hasSize(3);
    assertThat(phone.ask(new Command.RevokeDevice(device(laptop)))).isEqualTo(first);
    assertThat(revoked(phone, script)).containsExactly(device(script), device(tail));
    assertThat(revoked(phone, other)).containsExactly(device(other));
  }

  @Test
  void whatARevokedDeviceLetInIsShutOutForGood() {
    Participant phone = join(ALICE);
    RawSession laptop = added(phone);
    Token away = Token.random();
    Await.result(laptop.call(new Command.AddDevice(away)));
    phone.ask(new Command.RevokeDevice(laptop.session.device()));
    assertThat(refusal(new Login.Known(away))).isEqualTo(Code.UNAUTHENTICATED);
    restart();
    assertThat(refusal(new Login.Known(away))).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void whoLetADeviceInIsKnownAfterARestart() {
    Participant phone = join(ALICE);
    RawSession laptop = added(phone);
    Token script = Token.random();
    Await.result(laptop.call(new Command.AddDevice(script)));
    String lost = laptop.session.device();
    laptop.session.close();
    restart();
    phone.ask(new Command.RevokeDevice(lost));
    assertThat(refusal(new Login.Known(script))).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(phone.ask(new Command.Devices())).hasSize(1);
  }

  @Test
  void whoLetTheRevokedDeviceInStaysWithTheOthers() {
    Participant phone = join(ALICE);
    RawSession laptop = added(phone);
    RawSession tablet = added(phone);
    phone.ask(new Command.RevokeDevice(laptop.session.device()));
    assertThat(laptop.endCode()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(devices(tablet)).hasSize(2);
    assertThat(tablet.end).isNotDone();
  }

  @Test
  void deviceThatCameByThePasswordStaysWhenAnotherIsRevoked() {
    Participant phone = withPassword(PASSWORD);
    RawSession laptop = raw(password(PASSWORD));
    String lost = phone.ask(new Command.Identify()).device();
    Await.result(laptop.call(new Command.RevokeDevice(lost)));
    assertThat(devices(laptop)).hasSize(1);
    assertThat(laptop.end).isNotDone();
  }

  @Test
  void deviceThatWasLetInAndComesByThePasswordStaysFromThenOn() {
    Participant phone = withPassword(PASSWORD);
    Token token = Token.random();
    phone.ask(new Command.AddDevice(token));
    String lost = phone.ask(new Command.Identify()).device();
    raw(new Login.Password(ALICE, PASSWORD, token)).session.close();
    restart();
    RawSession laptop = raw(new Login.Known(token));
    Await.result(laptop.call(new Command.RevokeDevice(lost)));
    assertThat(devices(laptop)).extracting(Device::letInBy).hasSize(1).containsOnlyNulls();
    assertThat(laptop.end).isNotDone();
  }

  @Test
  void revokingAgainIsFineForAllThatWentAlong() {
    Participant phone = join(ALICE);
    RawSession laptop = added(phone);
    RawSession script = added(laptop);
    for (int i = 0; i < 2; i++) {
      phone.ask(new Command.RevokeDevice(laptop.session.device()));
      phone.ask(new Command.RevokeDevice(script.session.device()));
    }
    assertThat(phone.ask(new Command.Devices())).hasSize(1);
  }

  @Test
  void devicesOfOthersAreNotRevoked() {
    RawSession alice = raw(ALICE);
    Participant bob = join(BOB);
    assertThat(bob.refusal(new Command.RevokeDevice(alice.session.device())))
        .isEqualTo(Code.NOT_FOUND);
    assertThat(devices(alice)).hasSize(1);
    assertThat(alice.end).isNotDone();
  }

  @Test
  void passwordLetsAFurtherDeviceIn() {
    Participant phone = withPassword(PASSWORD);
    Login login = new Login.Password(ALICE, PASSWORD, Token.random());
    RawSession laptop = raw(login);
    assertThat(laptop.session.user()).isEqualTo(ALICE);
    assertThat(raw(login).session.device()).isEqualTo(laptop.session.device());
    assertThat(phone.ask(new Command.Devices())).hasSize(2);
    assertThat(raw(new Login.Known(login.token())).session.user()).isEqualTo(ALICE);
  }

  @Test
  void wrongPasswordIsRefused() {
    withPassword(PASSWORD);
    assertThat(refusal(password("correct house"))).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(refusal(password(""))).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(refusal(password("x".repeat(10_000)))).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void passwordOfSomebodyWithoutOneIsRefusedLikeThatOfNobody() {
    join(ALICE);
    assertThat(refusal(password(PASSWORD))).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(refusal(new Login.Password(NOBODY, PASSWORD, Token.random())))
        .isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void newPasswordReplacesTheOld() {
    Participant alice = withPassword(PASSWORD);
    alice.ask(new Command.SetPassword("battery staple"));
    assertThat(refusal(password(PASSWORD))).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(refusal(password("battery staple"))).isNull();
  }

  @Test
  void passwordOutlivesARestart() {
    withPassword(PASSWORD);
    restart();
    assertThat(refusal(password(PASSWORD))).isNull();
  }

  @Test
  void passwordDoesNotTurnAnothersDevice() {
    withPassword(PASSWORD);
    Participant bob = join(BOB);
    Token his = bob.client().token();
    assertThat(refusal(new Login.Password(ALICE, PASSWORD, his)))
        .isNotNull()
        .isNotEqualTo(Code.INTERNAL);
    bob.client().close();
    assertThat(back(bob).name()).isEqualTo(BOB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7 bytes", "ü23456", "üüü!"})
  void tooShortPasswordIsRefused(String password) {
    Participant alice = withPassword(PASSWORD);
    assertThat(alice.refusal(new Command.SetPassword(password))).isEqualTo(Code.INVALID);
    assertThat(refusal(password(PASSWORD))).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {73, 1_000_000})
  void tooLongPasswordIsRefused(int length) {
    Participant alice = withPassword(PASSWORD);
    assertThat(alice.refusal(new Command.SetPassword("x".repeat(length)))).isEqualTo(Code.INVALID);
    assertThat(alice.refusal(new Command.SetPassword("ü".repeat(length / 2 + 1))))
        .isEqualTo(Code.INVALID);
    assertThat(refusal(password(PASSWORD))).isNull();
  }

  @Test
  void longestPasswordCountsToItsLastByte() {
    withPassword("ü".repeat(35) + "ab");
    assertThat(refusal(password("ü".repeat(35) + "ac"))).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(refusal(password("ü".repeat(35) + "abc"))).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(refusal(password("ü".repeat(35) + "ab"))).isNull();
  }

  @Test
  void allDevicesSeeWhatOneSends() {
    Participant phone = join(ALICE);
    Participant laptop = secondDevice(phone);
    Entry sent = phone.say(phone.general(), "from the phone");
    Await.until("the own entry", () -> laptop.heard().entries().contains(sent));
    assertThat(laptop.heard().messages()).isEmpty();
    Await.until("the own entry", () -> phone.heard().entries().contains(sent));
  }

  @Test
  void allDevicesSeeTheSame() {
    Participant phone = join(ALICE);
    Participant laptop = secondDevice(phone);
    Participant bob = join(BOB);
    for (int i = 0; i < 10; i++) {
      bob.say(bob.general(), "general " + i);
      bob.say(ALICE, "direct " + i);
      (i % 2 == 0 ? phone : laptop).say(BOB, "answer " + i);
    }
    for (Participant device : new Participant[] {phone, laptop}) {
      Await.until("all", () -> device.heard().entries().size() >= 30);
      assertThat(device.heard().entries()).containsAll(phone.log(bob.general()));
      assertThat(device.heard().texts()).hasSize(20);
    }
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void whatOneDeviceReadsIsReadOnAll() {
    Participant phone = joinUnreading(ALICE);
    Participant laptop = join(secondDeviceOf(phone).readsByItself());
    Participant bob = join(BOB);
    Entry first = bob.say(bob.general(), "first");
    Entry second = bob.say(bob.general(), "second");
    assertThat(laptop.unread(bob.general())).isEqualTo(2);
    Await.result(phone.client().markRead(bob.general(), first.cursor()));
    laptop.isTold(new Notice.Read(bob.general(), first.cursor()));
    assertThat(laptop.unread(bob.general())).isEqualTo(1);
    Await.result(laptop.client().markRead(bob.general(), second.cursor()));
    phone.isTold(new Notice.Read(bob.general(), second.cursor()));
    assertThat(phone.unread(bob.general())).isZero();
  }

  @Test
  void newDeviceGetsWhatTheUserHasNotRead() {
    Participant phone = joinUnreading(ALICE);
    Participant bob = join(BOB);
    Entry read = bob.say(bob.general(), "read");
    bob.sayAll(bob.general(), "unread 1", "unread 2");
    Await.result(phone.client().markRead(bob.general(), read.cursor()));
    Participant laptop = join(secondDeviceOf(phone).readsByItself());
    laptop.heard().awaitTexts("unread 1", "unread 2");
    bob.say(bob.general(), "live");
    assertThat(laptop.heard().nextMessage())
        .extracting(ChatMessage::text, ChatMessage::author)
        .containsExactly("live", BOB);
  }

  private Participant withPassword(String password) {
    Participant alice = join(ALICE);
    alice.ask(new Command.SetPassword(password));
    return alice;
  }

  private static Login password(String password) {
    return new Login.Password(ALICE, password, Token.random());
  }

  private static List<String> revoked(Participant by, RawSession lost) {
    return by.ask(new Command.RevokeDevice(device(lost))).stream().map(Device::id).toList();
  }

  private static String device(RawSession session) {
    return session.session.device();
  }

  private RawSession added(Participant by) {
    Token token = Token.random();
    by.ask(new Command.AddDevice(token));
    return raw(new Login.Known(token));
  }

  private RawSession added(RawSession by) {
    Token token = Token.random();
    Await.result(by.call(new Command.AddDevice(token)));
    return raw(new Login.Known(token));
  }
}
