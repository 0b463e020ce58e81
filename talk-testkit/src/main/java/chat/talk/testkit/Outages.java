package chat.talk.testkit;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** When a hub's storage is away, in one of several ways. */
final class Outages {
  private static final int MOST = 3;
  private static final Duration LONGEST = Duration.ofSeconds(4);

  private final Simulation simulation;
  private final FaultyStorage storage;
  private final HistoryChecker checker;
  private final RandomGenerator random;
  private int begun;

  Outages(Simulation simulation, FaultyStorage storage, HistoryChecker checker) {
    this.simulation = simulation;
    this.storage = storage;
    this.checker = checker;
    this.random = simulation.newRandom();
  }

  /** Plans some for the time while people talk. */
  void prepare(Duration start, Duration talk) {
    int planned = random.nextInt(MOST);
    for (int i = 0; i < planned; i++) {
      simulation.at(start.toNanos() + random.nextLong(talk.toNanos()), this::begin);
    }
  }

  private void begin() {
    int mine = ++begun;
    checker.storageIsAway(true);
    int kind = random.nextInt(4);
    if (kind == 0) {
      storage.loseAnswers(FaultyStorage.ALL);
    }
    if (kind == 1 || kind == 2) {
      storage.refuseWrites(FaultyStorage.ALL);
    }
    if (kind == 2 || kind == 3) {
      storage.refuseReads(FaultyStorage.ALL);
    }
    long end = simulation.now() + random.nextLong(LONGEST.toNanos());
    simulation.at(end, () -> endOf(mine));
  }

  private void endOf(int outage) {
    if (outage == begun) {
      end();
    }
  }

  /** The storage works again, as before a hub is opened. */
  void end() {
    storage.mend();
    checker.storageIsAway(false);
  }
}
