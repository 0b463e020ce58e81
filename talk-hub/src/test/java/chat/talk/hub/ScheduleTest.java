package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.Draft;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.Scheduled;
import chat.talk.room.Scheduled.State;
import chat.talk.room.Session;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private static final LimitPolicy PICKY =
      (action, used, now) -> {
        if (action.text().equals("bad")) {
          throw new IllegalStateException("the policy has a flaw");
        }
        return LimitPolicy.Verdict.ALLOWED;
      };

  private final Lab lab = new Lab(builder -> builder.maxScheduled(3).generalLimit(PICKY));
  private final Session alice = lab.join("alice");

  @Test
  void messageThatIsBroughtForwardAgainAndAgainHasOneTimer() {
    int before = lab.clock.pending();
    Draft draft = Draft.of(Lab.GENERAL, "later");
    schedule(draft, lab.clock.now().plus(Lab.HOUR));
    for (int i = 0; i < 900; i++) {
      Instant at = lab.clock.now().plus(Lab.HOUR).minusSeconds(i);
      lab.ask(alice, new Command.Reschedule(draft.id(), "later", at));
    }
    assertThat(lab.clock.pending()).isEqualTo(before + 1);
  }

  @Test
  void timeIsKeptToTheMicrosecondAndNoEarlier() {
    Draft draft = Draft.of(Lab.GENERAL, "later");
    Instant at = lab.clock.now().plus(Lab.HOUR);
    Scheduled first = lab.ask(alice, new Command.Schedule(draft, at.plusNanos(1)));
    assertThat(first.at()).isEqualTo(at.plusNanos(1_000));
    Command.Reschedule later = new Command.Reschedule(draft.id(), "never", Instant.MAX);
    assertThat(lab.ask(alice, later).at()).isBetween(Instant.MAX.minusNanos(999), Instant.MAX);
  }

  @Test
  void messageOfALongTimeAheadIsSentAtItsTime() {
    Draft draft = Draft.of(Lab.GENERAL, "later");
    schedule(draft, lab.clock.now().plus(Duration.ofDays(100)));
    for (int day = 0; day < 100; day++) {
      assertThat(lab.log(Lab.GENERAL)).isEmpty();
      lab.pass(Duration.ofDays(1));
    }
    assertThat(lab.log(Lab.GENERAL)).hasSize(1);
  }

  @Test
  void nothingTicksOnceTheHubIsStopped() {
    schedule(Draft.of(Lab.GENERAL, "later"), lab.clock.now().plus(Lab.HOUR));
    lab.storage.refuseWrites(Integer.MAX_VALUE);
    lab.pass(Lab.HOUR);
    lab.stop();
    lab.pass(Lab.HOUR);
    assertThat(lab.clock.pending()).isZero();
  }

  @Test
  void storageThatFailedIsAskedAgain() {
    schedule(Draft.of(Lab.GENERAL, "later"), lab.clock.now().plus(Lab.HOUR));
    lab.storage.refuseWrites(2);
    lab.pass(Lab.HOUR);
    assertThat(lab.log(Lab.GENERAL)).isEmpty();
    lab.pass(Loop.PAUSE);
    lab.pass(Loop.PAUSE);
    lab.pass(Loop.PAUSE);
    assertThat(lab.log(Lab.GENERAL)).hasSize(1);
  }

  @Test
  void policyThatThrowsStopsOnlyTheMessageThatItThrowsFor() {
    Instant at = lab.clock.now().plus(Lab.HOUR);
    Draft bad = Draft.of(Lab.GENERAL, "bad");
    schedule(bad, at);
    schedule(Draft.of(Lab.GENERAL, "good"), at);
    lab.pass(Lab.HOUR);
    assertThat(lab.log(Lab.GENERAL)).hasSize(1);
    Scheduled after = lab.ask(alice, new Command.Cancel(bad.id()));
    assertThat(after.state()).isEqualTo(State.REFUSED);
    assertThat(after.why()).isEqualTo(Code.INTERNAL);
  }

  @Test
  void messageOfThePastAskedAgainIsKnown() {
    Draft draft = Draft.of(Lab.GENERAL, "overdue");
    Instant past = lab.clock.now().minus(Duration.ofDays(100));
    schedule(draft, past);
    lab.pass(Duration.ZERO);
    schedule(Draft.of(Lab.GENERAL, "another"), past);
    lab.pass(Duration.ZERO);
    assertThat(schedule(draft, past).state()).isEqualTo(State.SENT);
    assertThat(lab.log(Lab.GENERAL)).hasSize(2);
  }

  @Test
  void endedMessagesAreForgottenInTheOrderOfTheirEnds() {
    Instant now = lab.clock.now();
    Draft first = cancelled(now.plus(Duration.ofDays(9)));
    Draft second = cancelled(now.plus(Lab.HOUR));
    cancelled(now.plus(Lab.HOUR));
    cancelled(now.plus(Lab.HOUR));
    assertThat(lab.refusal(alice, new Command.Cancel(first.id()))).isEqualTo(Code.NOT_FOUND);
    assertThat(lab.refusal(alice, new Command.Cancel(second.id()))).isNull();
    assertThat(lab.facts(Scheduled.class)).hasSize(3);
  }

  @Test
  void endedMessagesAreRememberedForADayAfterTheirEnd() {
    Draft early = cancelled(lab.clock.now().plus(Lab.HOUR));
    lab.pass(Duration.ofDays(1).minusSeconds(1));
    cancelled(lab.clock.now().plus(Lab.HOUR));
    assertThat(lab.refusal(alice, new Command.Cancel(early.id()))).isNull();
    lab.pass(Duration.ofSeconds(2));
    cancelled(lab.clock.now().plus(Lab.HOUR));
    assertThat(lab.refusal(alice, new Command.Cancel(early.id()))).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void pruningThatCouldNotBeStoredIsUndone() {
    Draft first = cancelled(lab.clock.now().plus(Lab.HOUR));
    for (int i = 0; i < 2; i++) {
      lab.pass(Duration.ofSeconds(1));
      cancelled(lab.clock.now().plus(Lab.HOUR));
    }
    Draft last = Draft.of(Lab.GENERAL, "last");
    schedule(last, lab.clock.now().plus(Lab.HOUR));
    lab.storage.refuseWrites(1);
    assertThat(lab.refusal(alice, new Command.Cancel(last.id()))).isEqualTo(Code.STORAGE);
    assertThat(lab.refusal(alice, new Command.Cancel(first.id()))).isNull();
    assertThat(lab.ask(alice, new Command.Schedules())).hasSize(1);
  }

  @Test
  void idOfAScheduledMessageIsNotSentByHandUnlessItWasSent() {
    Instant at = lab.clock.now().plus(Lab.HOUR);
    Draft waiting = Draft.of(Lab.GENERAL, "waits");
    Draft cancelled = cancelled(at);
    Draft refused = Draft.of(Lab.GENERAL, "bad");
    schedule(waiting, at);
    schedule(refused, lab.clock.now());
    lab.pass(Duration.ZERO);
    for (Draft draft : new Draft[] {waiting, cancelled, refused}) {
      assertThat(lab.refusal(alice, new Command.Send(draft))).isEqualTo(Code.CONFLICT);
    }
    assertThat(lab.log(Lab.GENERAL)).isEmpty();
    lab.pass(Lab.HOUR);
    assertThat(lab.ask(alice, new Command.Send(waiting))).isEqualTo(lab.log(Lab.GENERAL).get(0));
  }

  private Draft cancelled(Instant at) {
    Draft draft = new Draft(MessageId.random(), UserName.of("alice"), "never");
    schedule(draft, at);
    lab.clock.advance(Duration.ofMillis(1));
    lab.ask(alice, new Command.Cancel(draft.id()));
    return draft;
  }

  private Scheduled schedule(Draft draft, Instant at) {
    return lab.ask(alice, new Command.Schedule(draft, at));
  }
}
