package chat.talk.testkit;

import chat.talk.Draft;
import chat.talk.MessageId;
import chat.talk.Recipient;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** What an actor says later: soon, and often it thinks better of it at about the time. */
final class ActorSchedule {
  private final Simulation simulation;
  private final RandomGenerator random;
  private final Actor actor;
  private int changes;

  ActorSchedule(Simulation simulation, RandomGenerator random, Actor actor) {
    this.simulation = simulation;
    this.random = random;
    this.actor = actor;
  }

  void say(Recipient to) {
    Draft draft = actor.own(Draft.of(to, actor.text()));
    Instant at = soon();
    actor.history.scheduled(draft, at, actor.client().schedule(draft, at));
    int regrets = random.nextInt(4);
    if (regrets == 1 || regrets == 2) {
      near(at, () -> cancel(draft.id()));
    }
    if (regrets >= 2) {
      near(at, () -> change(draft.id()));
    }
  }

  /** A time at most a little in the past. */
  private Instant soon() {
    return simulation.scheduler().now().plusMillis(random.nextInt(4_000) - 200L);
  }

  /** Mostly before a time, so that some of what is asked then arrives right at it. */
  private void near(Instant time, Runnable action) {
    Instant when = time.plusMillis(random.nextInt(1_500) - 1_100L);
    Duration wait = Duration.between(simulation.scheduler().now(), when);
    simulation.at(simulation.now() + wait.toNanos(), () -> ifRunning(action));
  }

  private void ifRunning(Runnable action) {
    if (actor.isRunning() && !actor.gaveUp()) {
      action.run();
    }
  }

  private void cancel(MessageId message) {
    actor.history.cancelled(message, actor.client().cancel(message));
  }

  private void change(MessageId message) {
    String text = actor.end + " changes " + ++changes;
    Instant at = soon();
    actor.history.rescheduled(message, text, at, actor.client().reschedule(message, text, at));
  }

  /** Asks what has become of all of it. */
  void cancelAllAtEnd() {
    for (MessageId message : actor.history.postponed.keySet()) {
      actor.history.cancelledAtEnd(message, actor.client().cancel(message));
    }
  }
}
