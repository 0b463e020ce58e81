package chat.talk.jdbc;

import chat.talk.testkit.HistoryChecker;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jetbrains.annotations.Nullable;

/**
 * Kills a hub under load again and again, and starts it again: now at a random moment, now where a
 * commit is about to be stored or has just been, now before the hub is up.
 */
final class CrashRun {
  /** One after the other. */
  private static final List<Moment> TURNS =
      List.of(
          Moment.ANY, Moment.STORED, Moment.ANY, Moment.STARTING, Moment.ANY, Moment.NOT_STORED);

  private static final int MOST_ACKNOWLEDGED = 80;
  private static final int MOST_MICROS = 20_000;
  private static final int START_LIMIT_SECONDS = 40;

  /** Another one each time; {@code -Dtalk.crash.seed} sets it. */
  static final long SEED = Long.getLong("talk.crash.seed", System.nanoTime() % 1_000_000_000);

  private final String name;
  private final Target target;
  private final Path temporary;
  private final SplittableRandom random;
  private final CrashWorld world;
  private boolean late;
  private @Nullable TestServer server;
  private long startNanos = TimeUnit.SECONDS.toNanos(1);
  private int kills;
  private int killsAtStart;
  private int serverKills;

  /** When a hub is killed. */
  private enum Moment {
    ANY,

    /** What is stored nobody has been told. */
    STORED,

    /** What was asked for is not stored. */
    NOT_STORED,

    STARTING
  }

  /**
   * A run.
   *
   * @param what it is about, for people
   * @param target an empty database
   * @param temporary a folder
   * @param seed what happens when; what is killed when depends on the machine as well
   */
  CrashRun(String what, Target target, Path temporary, long seed) {
    this.target = target;
    this.temporary = temporary;
    this.random = new SplittableRandom(seed);
    this.name = "%s, killed by -Dtalk.crash.seed=%d".formatted(what, seed);
    this.world = new CrashWorld(name, random.nextLong());
  }

  /** Has a storage that answers before it has stored. */
  CrashRun late() {
    late = true;
    return this;
  }

  /** Kills the database's server as well, at times. */
  CrashRun killing(TestServer databaseServer) {
    server = databaseServer;
    return this;
  }

  /** Kills it so often, and fails when a guarantee was broken. */
  void check(int count) {
    run(count).assertNoViolations();
  }

  /** Does it, and leaves the hub gone. */
  private HistoryChecker run(int count) {
    try (world) {
      try (HubProcess first = HubProcess.start(target, temporary, late)) {
        awaitUp(first);
        world.begin();
        liveOn();
        world.network().isDown();
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

  private void live() {
    Moment moment = TURNS.get(kills % TURNS.size());
    try (HubProcess hub = HubProcess.start(target, temporary, late)) {
      if (moment == Moment.STARTING) {
        killsAtStart++;
        await(hub, random.nextLong(startNanos));
      } else {
        awaitUp(hub);
        world.checkLastMessages();
        work(hub, moment);
      }
      world.network().isDown();
    }
  }

  private void work(HubProcess hub, Moment moment) {
    if (random.nextInt(3) == 0) {
      world.killClient();
    }
    liveOn();
    switch (moment) {
      case STORED -> standAt(hub, StandingStorage.Place.BEHIND);
      case NOT_STORED -> standAt(hub, StandingStorage.Place.BEFORE);
      default -> {
        if (server != null && kills % TURNS.size() == 2) {
          killServer(server);
        }
      }
    }
  }

  private void standAt(HubProcess hub, StandingStorage.Place place) {
    hub.standAt(place);
    world.until("a commit stands still", hub::stands);
  }

  /** The hub has to do without, and goes on by itself when it is back, unless it is killed. */
  private void killServer(TestServer database) {
    serverKills++;
    world.databaseGoes();
    database.kill();
    pause(random.nextInt(500_000));
    database.restart();
    if (serverKills % 2 == 1) {
      liveOn();
      world.databaseWorks();
    }
  }

  private void liveOn() {
    long enough = world.acknowledged() + 1 + random.nextInt(MOST_ACKNOWLEDGED);
    world.until("enough is acknowledged", () -> world.acknowledged() >= enough);
    pause(random.nextInt(MOST_MICROS));
  }

  private void pause(int micros) {
    long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
    world.until("a while has passed", () -> System.nanoTime() - end > 0);
  }

  private void awaitUp(HubProcess hub) {
    long start = System.nanoTime();
    if (!await(hub, TimeUnit.SECONDS.toNanos(START_LIMIT_SECONDS))) {
      throw new AssertionError(this + ": the hub didn't start");
    }
    startNanos = System.nanoTime() - start;
    world.databaseWorks();
  }

  private boolean await(HubProcess hub, long nanos) {
    try {
      world.network().isUp(hub.port().get(nanos, TimeUnit.NANOSECONDS));
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(this + ": the hub didn't start", e);
    }
  }

  /** For people: how much it was. */
  @Override
  public String toString() {
    return "%s: %d kills, %d of them at the start, and %d of the server; %d messages; start %d ms"
        .formatted(
            name,
            kills,
            killsAtStart,
            serverKills,
            world.acknowledged(),
            TimeUnit.NANOSECONDS.toMillis(startNanos));
  }
}
