package chat.talk.testkit;

import chat.talk.ChatId;
import chat.talk.UserName;
import chat.talk.room.HubStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Half a minute in the life of a hub, on a bad day: 50 clients talk now and later, comment, edit,
 * erase, come into private chats and go, over a network with all faults, while clients are killed,
 * the storage is away and the hub crashes. Then all heals, and {@link HistoryChecker} looks at what
 * everybody saw. Each tenth seed, those that end in 7, has a storage that drops old entries soon.
 *
 * <pre>{@code
 * HubFactory factory = (storage, scheduler, executor, random) ->
 *     HubEngine.builder(storage).scheduler(scheduler).executor(executor).random(random).open();
 * HubSimulation.of(seed, factory).run();
 * }</pre>
 *
 * <p>One runs once, on one thread; several threads may run one each.
 */
public final class HubSimulation {
  private static final int USERS = 40;
  private static final int SECOND_DEVICES = 10;
  private static final int STEPS = 260;
  private static final long LITTLE_ROOM = 60 * 280L;
  private static final Duration START = Duration.ofSeconds(2);
  private static final Duration TALK = Duration.ofSeconds(14);
  private static final Duration RECOVERY = Duration.ofSeconds(60);
  private static final Duration LAST_WORDS = Duration.ofSeconds(20);

  private final Simulation simulation;
  private final RandomGenerator random;
  private final Archive storage;
  private final CrashableHub hub;
  private final SimulatedNetwork network;
  private final HistoryChecker checker;
  private final List<Actor> actors = new ArrayList<>();
  private final List<Actor> firsts = new ArrayList<>();
  private final SimulatedRooms rooms;
  private final Outages outages;
  private final Troubles troubles;
  private boolean mayBeAway = true;

  private HubSimulation(long seed, HubFactory factory) {
    simulation = new Simulation(seed);
    random = simulation.newRandom();
    storage = new Archive(HubStorage.inMemory(isShortOfRoom(seed) ? LITTLE_ROOM : Long.MAX_VALUE));
    FaultyStorage faulty = new FaultyStorage(storage);
    hub = new CrashableHub(simulation, faulty, factory);
    network = new SimulatedNetwork(simulation).faults(Faults.rough());
    checker = new HistoryChecker(simulation.toString());
    rooms = new SimulatedRooms(simulation, random, firsts);
    outages = new Outages(simulation, faulty, checker);
    troubles = new Troubles(simulation, random, hub, network, outages, actors);
  }

  private static boolean isShortOfRoom(long seed) {
    return Math.floorMod(seed, 10) == 7;
  }

  /**
   * A simulation, not yet run.
   *
   * @param seed what everything follows from
   * @param factory opens the hub under test
   * @return what to {@link #run()}
   */
  public static HubSimulation of(long seed, HubFactory factory) {
    return new HubSimulation(seed, Objects.requireNonNull(factory, "factory"));
  }

  /**
   * Changes the network's faults, which are {@link Faults#rough()} unless set.
   *
   * @param faults those while people talk; in the end there are none
   * @return this
   */
  public HubSimulation faults(Faults faults) {
    network.faults(faults);
    return this;
  }

  /**
   * Leaves the storage as it is, for a hub that knows nothing of storages that fail.
   *
   * @return this
   */
  public HubSimulation withoutOutages() {
    mayBeAway = false;
    return this;
  }

  /**
   * Runs it, and checks.
   *
   * @return what happened
   * @throws AssertionError with the seed, when a guarantee was broken
   */
  public Result run() {
    play();
    for (Actor actor : actors) {
      if (actor.gaveUp()) {
        throw new AssertionError(actor.end + "'s client ended by itself in " + simulation);
      }
    }
    checker.assertNoViolations();
    return result();
  }

  /**
   * Runs it, for a hub that is known to be bad.
   *
   * @return what was broken
   */
  public List<Violation> violations() {
    play();
    return checker.violations();
  }

  private void play() {
    prepare();
    simulation.run(START.plus(TALK));
    troubles.heal();
    simulation.run(RECOVERY);
    actors.forEach(Actor::askChatsAtEnd);
    actors.forEach(Actor::cancelAllAtEnd);
    simulation.run(LAST_WORDS);
    storage.tell(checker);
  }

  private Result result() {
    int sent = 0;
    int acknowledged = 0;
    int seen = 0;
    for (Actor actor : actors) {
      sent += actor.history.sent.size();
      acknowledged += (int) actor.history.sent.stream().filter(each -> each.entry != null).count();
      seen += actor.heardCount;
    }
    return new Result(simulation.fingerprint(), sent, acknowledged, seen, troubles.crashes());
  }

  // Who takes part.

  private void prepare() {
    for (int i = 0; i < USERS; i++) {
      UserName user = UserName.of("user" + i);
      Actor first = actor(user, user.value(), checker.device(user, "first"));
      firsts.add(first);
      later(START, first::start);
      if (i < SECOND_DEVICES) {
        Actor second = actor(user, user + ".second", checker.laterDevice(user, "second"));
        later(START, () -> introduce(first, second));
      }
    }
    simulation.at(nanos(START), rooms::create);
    for (int i = 0; i < STEPS; i++) {
      simulation.at(nanos(START) + random.nextLong(nanos(TALK)), this::act);
    }
    troubles.prepare(START, TALK);
    if (mayBeAway) {
      outages.prepare(START, TALK);
    }
  }

  private Actor actor(UserName user, String end, DeviceHistory history) {
    boolean readsByItself = user.value().endsWith("7");
    Actor actor = new Actor(simulation, network.at(hub, end), user, end, history, readsByItself);
    actors.add(actor);
    return actor;
  }

  /** A first device lets the second one in, however often that has to be asked. */
  private void introduce(Actor first, Actor second) {
    if (!second.isRunning()) {
      if (first.isConnected()) {
        first.client().addDevice(second.token()).thenRun(second::startAgain);
      }
      simulation.at(
          simulation.now() + nanos(Duration.ofMillis(700)), () -> introduce(first, second));
    }
  }

  private void later(Duration within, Runnable task) {
    simulation.at(simulation.now() + random.nextLong(nanos(within)), task);
  }

  private static long nanos(Duration duration) {
    return duration.toNanos();
  }

  private static <T> T one(RandomGenerator random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  // What they do.

  private void act() {
    Actor actor = one(random, actors);
    if (!actor.isRunning() || actor.gaveUp()) {
      return;
    }
    int what = random.nextInt(100);
    if (what < 28) {
      actor.say(ChatId.of("general"));
    } else if (what < 42) {
      actor.say(one(random, firsts).user);
    } else if (what < 68) {
      actor.sayAnywhere();
    } else {
      actOnMessages(actor, what);
    }
  }

  private void actOnMessages(Actor actor, int what) {
    if (what < 73) {
      actor.comment();
    } else if (what < 76) {
      actor.edit();
    } else if (what < 79) {
      actor.erase();
    } else if (what < 82) {
      actor.markRead();
    } else if (what < 84) {
      actor.askChats();
    } else if (what < 88) {
      actLater(actor);
    } else if (what < 91) {
      actor.acceptAll();
    } else {
      rooms.act(actor);
    }
  }

  private void actLater(Actor actor) {
    switch (random.nextInt(3)) {
      case 0 -> actor.sayLater(ChatId.of("general"));
      case 1 -> actor.sayLater(one(random, firsts).user);
      default -> actor.sayAnywhereLater();
    }
  }

  /**
   * What happened in a simulation.
   *
   * @param fingerprint the same whenever the seed is the same
   * @param sent how many messages were sent
   * @param acknowledged how many of these were
   * @param seen how many entries all clients together were given
   * @param crashes how often the hub crashed
   */
  public record Result(long fingerprint, int sent, int acknowledged, int seen, int crashes) {}
}
