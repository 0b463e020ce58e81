package chat.talk.jdbc;

import chat.talk.testkit.HistoryChecker;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Kills a hub under load again and again, each time at another moment, and starts it again. */
final class CrashRun {
  private static final int MOST_ACKNOWLEDGED = 150;
  private static final int MOST_MICROS = 20_000;
  private static final int START_LIMIT_SECONDS = 40;

  /** Another one each time; {@code -Dtalk.crash.seed} sets it. */
  static final long SEED = Long.getLong("talk.crash.seed", System.nanoTime() % 1_000_000_000);

  private final Target target;
  private final Path temporary;
  private final boolean late;
  private final SplittableRandom random;
  private final CrashWorld world;
  private final String name;
  private long startNanos = TimeUnit.SECONDS.toNanos(1);
  private int kills;
  private int killsAtStart;

  /**
   * A run.
   *
   * @param target an empty database
   * @param temporary a folder
   * @param seed what happens when; what is killed when depends on the machine as well
   * @param late whether the storage is one that answers before it has stored
   */
  CrashRun(Target target, Path temporary, long seed, boolean late) {
    this.target = target;
    this.temporary = temporary;
    this.late = late;
    this.random = new SplittableRandom(seed);
    this.name = "crashes of seed " + seed;
    this.world = new CrashWorld(name, random.nextLong());
  }

  /** Kills it so often, and fails when a guarantee was broken. */
  Void check(int count) throws Exception {
    run(count).assertNoViolations();
    return null;
  }

  /** Does it, and leaves the hub gone. */
  private HistoryChecker run(int count) throws Exception {
    try (world) {
      try (HubProcess first = HubProcess.start(target, temporary, late)) {
        awaitUp(first);
        world.begin();
        liveOn();
        world.hub().isDown();
      }
      for (kills = 1; kills < count; kills++) {
        live();
      }
      try (HubProcess last = HubProcess.start(target, temporary, late)) {
        awaitUp(last);
        world.checkLastMessages();
        world.end();
      }
      return world.history(target);
    }
  }

  /** One life: killed while it starts, or after it has worked a little. */
  private void live() throws Exception {
    try (HubProcess hub = HubProcess.start(target, temporary, late)) {
      if (random.nextInt(4) == 0) {
        killsAtStart++;
        await(hub, random.nextLong(startNanos));
      } else {
        awaitUp(hub);
        if (random.nextInt(4) == 0) {
          world.killClient();
        }
        world.checkLastMessages();
        liveOn();
      }
      world.hub().isDown();
    }
  }

  private void liveOn() {
    long enough = world.acknowledged() + 1 + random.nextInt(MOST_ACKNOWLEDGED);
    world.until("enough is acknowledged", () -> world.acknowledged() >= enough);
    long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(random.nextInt(MOST_MICROS));
    world.until("it ends", () -> System.nanoTime() - end > 0);
  }

  private void awaitUp(HubProcess hub) throws Exception {
    long start = System.nanoTime();
    if (!await(hub, TimeUnit.SECONDS.toNanos(START_LIMIT_SECONDS))) {
      throw new AssertionError(this + ": the hub didn't start");
    }
    startNanos = System.nanoTime() - start;
  }

  private boolean await(HubProcess hub, long nanos) throws InterruptedException {
    try {
      world.hub().isUp(hub.port().get(nanos, TimeUnit.NANOSECONDS));
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError(this + ": the hub didn't start", e);
    }
  }

  /** For people: how much it was. */
  @Override
  public String toString() {
    return "%s: %d kills, %d of them at the start, %d messages acknowledged, start in %d ms"
        .formatted(
            name,
            kills,
            killsAtStart,
            world.acknowledged(),
            TimeUnit.NANOSECONDS.toMillis(startNanos));
  }
}
