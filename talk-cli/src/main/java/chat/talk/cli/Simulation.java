package chat.talk.cli;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Lets a crowd chat for a while, and looks whether everybody got everything. */
final class Simulation {
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SimulationPlan plan;
  private final Crowd crowd;
  private final Console console;
  private final Random random;
  private long done;

  Simulation(SimulationPlan plan, Crowd crowd, Console console) {
    this.plan = plan;
    this.crowd = crowd;
    this.console = console;
    this.random = new Random(plan.seed());
  }

  /** Runs it, and returns the exit code. */
  int run() {
    console.say(
        plan.clients() + " users, " + plan.rate() + " actions a second, seed " + plan.seed());
    crowd.come();
    chat();
    crowd.comeBack();
    if (!waitUntilComplete()) {
      crowd.reportMissing();
      crowd.tally.violation("not all was answered or delivered within " + PATIENCE);
    }
    crowd.tally.violations().forEach(console::fail);
    console.say(crowd.tally.summary());
    return crowd.tally.isClean() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void chat() {
    long start = System.nanoTime();
    long second = 1;
    Duration passed = Duration.ZERO;
    while (passed.compareTo(plan.length()) < 0 && !isInterrupted()) {
      catchUp(passed);
      if (passed.toSeconds() >= second) {
        console.say(crowd.tally.line(second, crowd.connected()));
        second++;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      passed = Duration.ofNanos(System.nanoTime() - start);
    }
    catchUp(passed);
  }

  private void catchUp(Duration passed) {
    for (long due = plan.due(passed); done < due; done++) {
      crowd.act(random, done);
    }
  }

  private boolean waitUntilComplete() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!crowd.isComplete() && System.nanoTime() < end && !isInterrupted()) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return crowd.isComplete();
  }

  private static boolean isInterrupted() {
    return Thread.currentThread().isInterrupted();
  }
}
