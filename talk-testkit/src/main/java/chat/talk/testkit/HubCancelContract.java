package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.room.Command;
import chat.talk.room.Fact;
import chat.talk.room.Scheduled;
import chat.talk.room.Scheduled.State;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The part of {@link HubContract} about what becomes of scheduled messages: one is cancelled, or
 * sent, and its id stands for nothing else.
 */
abstract class HubCancelContract extends HubScheduleContract {
  private static final int RACES = 40;
  private static final int MANY = 100;
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void cancelledMessageNeverAppears() {
    Participant alice = join(ALICE);
    MessageId id = schedule(alice, alice.general(), "never", clock.now().plus(HOUR)).draft().id();
    assertThat(alice.ask(new Command.Cancel(id)).state()).isEqualTo(State.CANCELLED);
    assertThat(alice.ask(new Command.Cancel(id)).state()).isEqualTo(State.CANCELLED);
    assertThat(alice.ask(new Command.Schedules())).isEmpty();
    assertThat(alice.refusal(new Command.Reschedule(id, "but", clock.now()))).isEqualTo(Code.GONE);
    clock.advance(HOUR);
    restart();
    alice.say(alice.general(), "after");
    assertThat(alice.history(alice.general())).containsExactly("after");
  }

  @Test
  void sentMessageIsNeitherCancelledNorChanged() {
    Participant alice = join(ALICE);
    MessageId id = schedule(alice, alice.general(), "sent", clock.now().plus(HOUR)).draft().id();
    clock.advance(HOUR);
    awaitWithClock("the message", () -> alice.history(alice.general()).size() == 1);
    assertThat(alice.ask(new Command.Cancel(id)).state()).isEqualTo(State.SENT);
    assertThat(alice.refusal(new Command.Reschedule(id, "but", clock.now()))).isEqualTo(Code.GONE);
    restart();
    assertThat(alice.ask(new Command.Cancel(id)).state()).isEqualTo(State.SENT);
    assertThat(alice.history(alice.general())).containsExactly("sent");
  }

  @Test
  void messageIsEitherCancelledOrSent() {
    Participant alice = join(ALICE);
    Set<State> outcomes = EnumSet.noneOf(State.class);
    for (int i = 0; i < RACES; i++) {
      Scheduled scheduled = schedule(alice, alice.general(), "race", clock.now().plus(SECOND));
      State state = race(alice, new Command.Cancel(scheduled.draft().id()), i);
      clock.advance(HOUR);
      MessageKey key = new MessageKey(ALICE, scheduled.draft().id());
      assertThat(alice.refusal(new Command.Find(key)))
          .isEqualTo(state == State.SENT ? null : Code.NOT_FOUND);
      outcomes.add(state);
    }
    assertThat(outcomes).containsExactlyInAnyOrder(State.CANCELLED, State.SENT);
  }

  /** Each of them is first at times, and in half of the rounds it is open which. */
  private State race(Participant author, Command.Cancel cancel, int round) {
    if (round % 4 == 0) {
      State state = author.ask(cancel).state();
      clock.advance(SECOND);
      return state;
    }
    if (round % 4 == 1) {
      clock.advance(SECOND);
      return author.ask(cancel).state();
    }
    CompletableFuture<Void> time = Background.run(() -> clock.advance(SECOND));
    State state = author.ask(cancel).state();
    Await.result(time);
    return state;
  }

  @Test
  void idOfAMessageThatWaitsIsNotFree() {
    Participant alice = join(ALICE);
    Scheduled waits = schedule(alice, alice.general(), "later", clock.now().plus(HOUR));
    assertNotSent(alice, new Draft(waits.draft().id(), alice.general(), "now"));
    assertNotSent(alice, waits.draft());
    assertThat(alice.ask(new Command.Schedules())).containsExactly(waits);
    clock.advance(HOUR);
    awaitWithClock("the message", () -> !alice.history(alice.general()).isEmpty());
    assertThat(alice.history(alice.general())).containsExactly("later");
  }

  @Test
  void idOfACancelledMessageIsNotFree() {
    Participant alice = join(ALICE);
    Scheduled never = schedule(alice, alice.general(), "never", clock.now().plus(HOUR));
    alice.ask(new Command.Cancel(never.draft().id()));
    assertNotSent(alice, never.draft());
    restart();
    assertNotSent(alice, new Draft(never.draft().id(), alice.general(), "but"));
    assertThat(alice.history(alice.general())).isEmpty();
    join(BOB).say(alice.general(), "after");
  }

  @Test
  void sendingWhatWasSentAtItsTimeIsARepeat() {
    Participant alice = join(ALICE);
    Scheduled scheduled = schedule(alice, alice.general(), "sent", clock.now().plus(HOUR));
    clock.advance(HOUR);
    awaitWithClock("the message", () -> alice.history(alice.general()).size() == 1);
    Entry again = Await.result(alice.client().send(scheduled.draft()));
    assertThat(alice.log(alice.general())).containsExactly(again);
  }

  @Test
  void sameIdOfAnotherUserIsFree() {
    Participant alice = join(ALICE);
    Participant bob = join(BOB);
    MessageId id = schedule(alice, alice.general(), "hers", clock.now().plus(HOUR)).draft().id();
    Await.result(bob.client().send(new Draft(id, bob.general(), "his")));
    clock.advance(HOUR);
    awaitWithClock("both", () -> bob.history(bob.general()).size() == 2);
  }

  private static void assertNotSent(Participant author, Draft draft) {
    assertThat(author.refusal(new Command.Send(draft))).isEqualTo(Code.CONFLICT);
    assertThat(author.refusal(new Command.Find(new MessageKey(author.name(), draft.id()))))
        .isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void onlySoManyCancelledMessagesAreRemembered() {
    int most = 3;
    serve(options -> options.withMaxScheduled(most));
    Participant alice = join(ALICE);
    for (int i = 0; i < MANY; i++) {
      Scheduled one = schedule(alice, ALICE, "far", clock.now().plus(HOUR.multipliedBy(10_000)));
      assertThat(alice.ask(new Command.Cancel(one.draft().id())).state())
          .isEqualTo(State.CANCELLED);
      assertThat(alice.ask(new Command.Cancel(one.draft().id())).state())
          .isEqualTo(State.CANCELLED);
      assertThat(kept()).isLessThanOrEqualTo(most + most);
    }
    schedule(alice, ALICE, "one more", clock.now().plus(HOUR));
    restart();
    assertThat(alice.ask(new Command.Schedules())).hasSize(1);
    assertThat(kept()).isLessThanOrEqualTo(most + most);
  }

  private long kept() {
    try (Stream<Fact> facts = storage.facts()) {
      return facts.filter(Scheduled.class::isInstance).count();
    }
  }
}
