package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.room.Command;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of {@link HubContract} about how much may be said in the general chat. */
abstract class HubLimitContract extends HubModerationContract {
  @Test
  void thereIsNoLimitUnlessAskedFor() {
    Participant alice = join(ALICE);
    IntStream.range(0, 100).forEach(i -> alice.say(alice.general(), "message " + i));
  }

  @Test
  void limitRefusesUntilItsWindowEnds() {
    Participant alice = limited();
    Instant start = clock.now();
    alice.say(alice.general(), "1");
    clock.advance(HOUR.dividedBy(2));
    alice.say(alice.general(), "2");
    assertLimited(alice, start.plus(HOUR));
    clock.set(start.plus(HOUR).minus(TICK));
    assertLimited(alice, start.plus(HOUR));
    clock.advance(TICK);
    alice.sayAll(alice.general(), "3", "4");
    assertLimited(alice, start.plus(HOUR.multipliedBy(2)));
    assertThat(alice.history(alice.general())).containsExactly("1", "2", "3", "4");
  }

  @Test
  void windowBeginsWithTheFirstMessage() {
    Participant alice = limited();
    clock.advance(HOUR.multipliedBy(5).plusMinutes(17));
    alice.sayAll(alice.general(), "1", "2");
    assertLimited(alice, clock.now().plus(HOUR));
  }

  @Test
  void onlyTheGeneralChatIsLimited() {
    Participant alice = limited();
    join(BOB);
    alice.sayAll(BOB, "1", "2", "3");
    alice.sayAll(alice.create("room"), "1", "2", "3");
    alice.sayAll(alice.general(), "1", "2");
    assertLimited(alice, clock.now().plus(HOUR));
    alice.say(BOB, "4");
  }

  @Test
  void everybodyHasHisOwnLimit() {
    Participant alice = limited();
    alice.sayAll(alice.general(), "1", "2");
    join(BOB).sayAll(alice.general(), "3", "4");
    assertLimited(alice, clock.now().plus(HOUR));
  }

  @Test
  void devicesShareTheLimit() {
    Participant phone = limited();
    Participant laptop = secondDevice(phone);
    phone.say(phone.general(), "1");
    laptop.say(phone.general(), "2");
    assertLimited(phone, clock.now().plus(HOUR));
    assertLimited(laptop, clock.now().plus(HOUR));
  }

  @Test
  void repeatsAndRefusalsAreNotCounted() {
    serve(options -> options.withGeneralLimit(2, HOUR).withMaxMessageSize(10));
    Participant alice = join(ALICE);
    Draft first = Draft.of(alice.general(), "1");
    Entry entry = Await.result(alice.client().send(first));
    assertThat(Await.result(alice.client().send(first))).isEqualTo(entry);
    assertRefused(Code.TOO_LARGE, alice.client().send(alice.general(), "much too large"));
    alice.say(alice.general(), "2");
    assertLimited(alice, clock.now().plus(HOUR));
    assertThat(Await.result(alice.client().send(first))).isEqualTo(entry);
  }

  @Test
  void refusedMessageMayBeSentLater() {
    Participant alice = limited();
    alice.sayAll(alice.general(), "1", "2");
    Draft third = Draft.of(alice.general(), "3");
    assertRefused(Code.LIMITED, alice.client().send(third));
    clock.advance(HOUR);
    Await.result(alice.client().send(third));
    assertThat(alice.history(alice.general())).containsExactly("1", "2", "3");
  }

  @Test
  void editsAreCounted() {
    Participant alice = limited();
    Entry message = alice.say(alice.general(), "1");
    alice.ask(new Command.Edit(message.event().id(), "2"));
    assertLimited(alice, clock.now().plus(HOUR));
    assertThat(alice.refusal(new Command.Edit(message.event().id(), "3"))).isEqualTo(Code.LIMITED);
  }

  @Test
  void commentsAreCounted() {
    Participant alice = limited();
    comment(alice, alice.say(alice.general(), "1"), "2");
    assertLimited(alice, clock.now().plus(HOUR));
  }

  @Test
  void countOutlivesARestart() {
    Participant alice = limited();
    alice.say(alice.general(), "1");
    Instant start = clock.now();
    restart();
    clock.advance(HOUR.dividedBy(2));
    alice.say(alice.general(), "2");
    restart();
    assertLimited(alice, start.plus(HOUR));
  }

  @Test
  void repeatIsNotCountedAfterARestartEither() {
    Participant alice = limited();
    Draft first = Draft.of(alice.general(), "1");
    Await.result(alice.client().send(first));
    Await.result(alice.client().send(first));
    restart();
    alice.say(alice.general(), "2");
    assertLimited(alice, clock.now().plus(HOUR));
  }

  private Participant limited() {
    serve(options -> options.withGeneralLimit(2, HOUR));
    return join(ALICE);
  }

  private static void assertLimited(Participant user, Instant until) {
    ChatException refusal = Await.failure(user.client().send(user.general(), "too many"));
    assertThat(refusal.code()).isEqualTo(Code.LIMITED);
    assertThat(refusal.retryAt()).contains(until);
  }
}
