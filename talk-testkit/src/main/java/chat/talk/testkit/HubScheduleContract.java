package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Notice;
import chat.talk.Recipient;
import chat.talk.room.Command;
import chat.talk.room.Scheduled;
import chat.talk.room.Scheduled.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The part of {@link HubContract} about messages that are sent later. */
abstract class HubScheduleContract extends HubAccessContract {
  @Test
  void scheduledMessageIsSentAtItsTime() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    Instant at = clock.now().plus(HOUR);
    Scheduled scheduled = schedule(alice, BOB, "later", at);
    assertThat(scheduled.state()).isEqualTo(State.WAITING);
    assertThat(scheduled.at()).isEqualTo(at);
    assertThat(scheduled.author()).isEqualTo(ALICE);
    assertThat(alice.ask(new Command.Schedules())).containsExactly(scheduled);
    clock.advance(HOUR.minus(TICK));
    assertThat(alice.ask(new Command.Schedules())).hasSize(1);
    clock.advance(TICK);
    bob.heard().awaitTexts("later");
    assertThat(bob.heard().messages().get(0).time()).isEqualTo(at);
    assertThat(bob.heard().messages().get(0).id()).isEqualTo(scheduled.draft().id());
    assertThat(alice.ask(new Command.Schedules())).isEmpty();
  }

  @Test
  void scheduledMessagesComeInTheOrderOfTheirTimes() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    Instant now = clock.now();
    schedule(alice, alice.general(), "third", now.plusSeconds(3));
    schedule(bob, alice.general(), "first", now.plusSeconds(1));
    schedule(alice, alice.general(), "second", now.plusSeconds(2));
    clock.advance(HOUR);
    awaitWithClock("all", () -> alice.history(alice.general()).size() == 3);
    assertThat(alice.history(alice.general())).containsExactly("first", "second", "third");
  }

  @Test
  void scheduledMessagesAreListedTheNextFirst() {
    Participant alice = join(ALICE);
    Instant now = clock.now();
    Scheduled later = schedule(alice, ALICE, "2", now.plusSeconds(2));
    Scheduled sooner = schedule(alice, ALICE, "1", now.plusSeconds(1));
    assertThat(alice.ask(new Command.Schedules())).containsExactly(sooner, later);
    assertThat(join(BOB).ask(new Command.Schedules())).isEmpty();
  }

  @Test
  void pastTimeIsNow() {
    Participant alice = join(ALICE);
    schedule(alice, alice.general(), "overdue", clock.now().minus(HOUR));
    schedule(alice, alice.general(), "due", clock.now());
    schedule(alice, alice.general(), "long ago", Instant.EPOCH);
    awaitWithClock("all", () -> alice.history(alice.general()).size() == 3);
    assertThat(alice.messages(alice.general())).allMatch(m -> m.time().equals(clock.now()));
  }

  @Test
  void scheduledMessageOutlivesARestart() {
    Participant alice = join(ALICE);
    Scheduled scheduled = schedule(alice, alice.general(), "later", clock.now().plus(HOUR));
    restart();
    assertThat(alice.ask(new Command.Schedules())).containsExactly(scheduled);
    clock.advance(HOUR);
    awaitWithClock("the message", () -> alice.history(alice.general()).size() == 1);
  }

  @Test
  void whatFellDueWhileTheHubWasDownIsSentOnce() {
    Participant alice = join(ALICE);
    schedule(alice, alice.general(), "meanwhile", clock.now().plus(HOUR));
    stop();
    clock.advance(HOUR.multipliedBy(2));
    restart();
    awaitWithClock("the message", () -> !alice.history(alice.general()).isEmpty());
    restart();
    clock.advance(HOUR);
    alice.say(alice.general(), "after");
    assertThat(alice.history(alice.general())).containsExactly("meanwhile", "after");
  }

  @Test
  void schedulingAgainIsOneMessage() {
    Participant alice = join(ALICE);
    Draft draft = Draft.of(alice.general(), "once");
    Command.Schedule schedule = new Command.Schedule(draft, clock.now().plus(HOUR));
    assertThat(alice.ask(schedule)).isEqualTo(alice.ask(schedule));
    assertThat(alice.ask(new Command.Schedules())).hasSize(1);
    clock.advance(HOUR);
    awaitWithClock("the message", () -> alice.history(alice.general()).size() == 1);
    alice.client().call(schedule);
    clock.advance(HOUR);
    alice.say(alice.general(), "after");
    assertThat(alice.history(alice.general())).containsExactly("once", "after");
  }

  @Test
  void idOfAnotherMessageIsRefused() {
    Participant alice = join(ALICE);
    Entry sent = alice.say(alice.general(), "sent");
    Draft draft = new Draft(sent.event().id(), alice.general(), "later");
    assertThat(alice.refusal(new Command.Schedule(draft, clock.now().plus(HOUR))))
        .isEqualTo(Code.CONFLICT);
    assertThat(alice.ask(new Command.Schedules())).isEmpty();
  }

  @Test
  void tooManyAreRefusedUntilOneIsGone() {
    serve(options -> options.withMaxScheduled(2));
    Participant alice = join(ALICE);
    Instant at = clock.now().plus(HOUR);
    Scheduled first = schedule(alice, ALICE, "1", at);
    schedule(alice, ALICE, "2", at);
    Draft third = Draft.of(ALICE, "3");
    assertThat(alice.refusal(new Command.Schedule(third, at))).isEqualTo(Code.LIMITED);
    assertThat(alice.ask(new Command.Schedule(first.draft(), at))).isEqualTo(first);
    schedule(join(BOB), BOB, "his own", at);
    alice.ask(new Command.Cancel(first.draft().id()));
    assertThat(alice.ask(new Command.Schedule(third, at)).state()).isEqualTo(State.WAITING);
  }

  @Test
  void changedMessageIsSentAsChanged() {
    Participant alice = join(ALICE);
    MessageId id = schedule(alice, alice.general(), "draft", clock.now().plus(HOUR)).draft().id();
    Instant later = clock.now().plus(HOUR.multipliedBy(2));
    Scheduled changed = alice.ask(new Command.Reschedule(id, "final", later));
    assertThat(changed.draft().text()).isEqualTo("final");
    assertThat(changed.at()).isEqualTo(later);
    clock.advance(HOUR);
    assertThat(alice.history(alice.general())).isEmpty();
    assertThat(alice.ask(new Command.Schedules())).containsExactly(changed);
    clock.advance(HOUR);
    awaitWithClock("the message", () -> alice.history(alice.general()).equals(List.of("final")));
  }

  @Test
  void messageMayBeBroughtForward() {
    Participant alice = join(ALICE);
    MessageId id = schedule(alice, alice.general(), "text", clock.now().plus(HOUR)).draft().id();
    alice.ask(new Command.Reschedule(id, "text", clock.now().plusSeconds(1)));
    clock.advance(Duration.ofSeconds(1));
    awaitWithClock("the message", () -> alice.history(alice.general()).size() == 1);
    clock.advance(HOUR);
    assertThat(alice.history(alice.general())).hasSize(1);
  }

  @Test
  void scheduledMessagesOfOthersAreUnknown() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    MessageId id = schedule(alice, ALICE, "mine", clock.now().plus(HOUR)).draft().id();
    for (MessageId unknown : List.of(id, MessageId.random())) {
      assertThat(bob.refusal(new Command.Cancel(unknown))).isEqualTo(Code.NOT_FOUND);
      assertThat(bob.refusal(new Command.Reschedule(unknown, "his", clock.now())))
          .isEqualTo(Code.NOT_FOUND);
    }
    assertThat(alice.ask(new Command.Schedules())).hasSize(1);
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void messageOfWhoIsBannedWhenItFallsDueIsNotSent() {
    serve(options -> options.withAdministrators(BOB));
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    Scheduled spam = schedule(alice, alice.general(), "spam", clock.now().plus(HOUR));
    bob.ask(new Command.BanUser(ALICE, clock.now().plus(HOUR.multipliedBy(2)), "spam"));
    assertRefusedWhenDue(alice, spam, Code.BANNED);
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void messageOfWhoIsNoMemberWhenItFallsDueIsNotSent() {
    Participant alice = join(ALICE);
    Participant bob = room(alice);
    Scheduled scheduled = schedule(bob, ROOM, "from inside", clock.now().plus(HOUR));
    alice.ask(new Command.Remove(ROOM, BOB));
    assertRefusedWhenDue(bob, scheduled, Code.FORBIDDEN);
    assertThat(alice.history(ROOM)).isEmpty();
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void messageIntoAChatThatIsClosedWhenItFallsDueIsNotSent() {
    Participant alice = join(ALICE);
    room(alice);
    Scheduled scheduled = schedule(alice, ROOM, "too late", clock.now().plus(HOUR));
    alice.ask(new Command.Close(ROOM));
    assertRefusedWhenDue(alice, scheduled, Code.GONE);
  }

  @Test
  @Tag(HubContract.ONE_CONNECTION)
  void messageOverTheLimitWhenItFallsDueIsNotSent() {
    serve(options -> options.withGeneralLimit(1, HOUR.multipliedBy(9)));
    Participant alice = join(ALICE);
    Scheduled scheduled = schedule(alice, alice.general(), "second", clock.now().plus(HOUR));
    alice.say(alice.general(), "first");
    assertRefusedWhenDue(alice, scheduled, Code.LIMITED);
    assertThat(alice.history(alice.general())).containsExactly("first");
  }

  @Test
  void scheduledMessageMakesADirectChat() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    schedule(alice, BOB, "later", clock.now().plus(HOUR));
    assertThat(bob.ask(new Command.Chats())).hasSize(1);
    clock.advance(HOUR);
    assertThat(bob.heard().nextMessage().chat()).isEqualTo(ChatId.direct(ALICE, BOB));
  }

  private void assertRefusedWhenDue(Participant author, Scheduled scheduled, Code why) {
    MessageId id = scheduled.draft().id();
    clock.set(scheduled.at());
    author.isTold(new Notice.NotSent(id, why));
    Scheduled after = author.ask(new Command.Cancel(id));
    assertThat(after.state()).isEqualTo(State.REFUSED);
    assertThat(after.why()).isEqualTo(why);
    assertThat(author.ask(new Command.Schedules())).isEmpty();
    assertThat(author.refusal(new Command.Find(new MessageKey(author.name(), id))))
        .isEqualTo(Code.NOT_FOUND);
  }

  static Scheduled schedule(Participant author, Recipient to, String text, Instant at) {
    return author.ask(new Command.Schedule(Draft.of(to, text), at));
  }
}
