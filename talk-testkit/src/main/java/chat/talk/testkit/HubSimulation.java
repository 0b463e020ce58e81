package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.HubStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Half a minute in the life of a hub, on a bad day: 50 clients talk, comment, edit, erase, come
 * into private chats and go, over a network with all faults, while clients are killed and the hub
 * crashes. Then all heals, and {@link HistoryChecker} looks at what everybody saw.
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
  private static final int ROOMS = 4;
  private static final int STEPS = 260;
  private static final int TROUBLES = 14;
  private static final Duration START = Duration.ofSeconds(2);
  private static final Duration TALK = Duration.ofSeconds(14);
  private static final Duration RECOVERY = Duration.ofSeconds(60);
  private static final Duration LAST_WORDS = Duration.ofSeconds(20);

  private final Simulation simulation;
  private final RandomGenerator random;
  private final HubStorage storage = HubStorage.inMemory();
  private final CrashableHub hub;
  private final SimulatedNetwork network;
  private final HistoryChecker checker;
  private final List<Actor> actors = new ArrayList<>();
  private final List<Actor> firsts = new ArrayList<>();
  private final List<ChatId> rooms = new ArrayList<>();
  private int crashes;

  private HubSimulation(long seed, HubFactory factory) {
    simulation = new Simulation(seed);
    random = simulation.newRandom();
    hub = new CrashableHub(simulation, storage, factory);
    network = new SimulatedNetwork(simulation).faults(Faults.rough());
    checker = new HistoryChecker(simulation.toString());
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
    heal();
    simulation.run(RECOVERY);
    actors.forEach(Actor::askChatsAtEnd);
    simulation.run(LAST_WORDS);
    checker.logs(storage);
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
    return new Result(simulation.fingerprint(), sent, acknowledged, seen, crashes);
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
    for (int i = 0; i < ROOMS; i++) {
      prepareRoom(ChatId.of("room" + i), firsts.get(i * 3));
    }
    for (int i = 0; i < STEPS; i++) {
      simulation.at(nanos(START) + random.nextLong(nanos(TALK)), this::act);
    }
    prepareTroubles();
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
        first.client().addDevice(second.token()).thenRun(() -> startAgain(second));
      }
      simulation.at(
          simulation.now() + nanos(Duration.ofMillis(700)), () -> introduce(first, second));
    }
  }

  private void prepareRoom(ChatId room, Actor owner) {
    simulation.at(nanos(START), () -> createRoom(room, owner));
  }

  private void createRoom(ChatId room, Actor owner) {
    owner
        .client()
        .call(new Command.Create(room, "A room"))
        .whenComplete(
            (chat, failure) -> {
              if (failure == null) {
                rooms.add(room);
                firsts.stream().limit(12).forEach(each -> invite(owner, room, each));
              } else if (ChatException.of(failure).code() != Code.CLOSED) {
                simulation.at(
                    simulation.now() + nanos(Duration.ofMillis(300)),
                    () -> createRoom(room, owner));
              }
            });
  }

  private void invite(Actor owner, ChatId room, Actor guest) {
    if (owner != guest) {
      owner.client().invite(room, guest.user);
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
    if (what < 74) {
      actor.comment();
    } else if (what < 78) {
      actor.edit();
    } else if (what < 81) {
      actor.erase();
    } else if (what < 85) {
      actor.markRead();
    } else if (what < 88) {
      actor.askChats();
    } else if (what < 92) {
      actor.acceptAll();
    } else if (!rooms.isEmpty()) {
      actOnRoom(actor, one(random, rooms), what);
    }
  }

  private void actOnRoom(Actor actor, ChatId room, int what) {
    Actor owner = firsts.get(3 * Integer.parseInt(room.value().substring("room".length())));
    Actor member = firsts.get(random.nextInt(12));
    if (what < 94) {
      actor.client().leave(room);
    } else if (owner.isRunning() && owner != member) {
      if (what < 97) {
        owner.client().remove(room, member.user);
      } else {
        invite(owner, room, member);
      }
    }
  }

  // What happens to them.

  private void prepareTroubles() {
    int planned = 1 + random.nextInt(3);
    for (int i = 0; i < planned; i++) {
      simulation.at(nanos(START) + random.nextLong(nanos(TALK)), this::crash);
    }
    for (int i = 0; i < TROUBLES; i++) {
      later(START.plus(TALK), this::trouble);
    }
  }

  private void crash() {
    crashes++;
    switch (random.nextInt(4)) {
      case 0 -> hub.crash();
      case 1 -> hub.crashAtCommit(true);
      case 2 -> hub.crashAtCommit(false);
      default -> hub.shutDown("maintenance");
    }
    simulation.at(simulation.now() + random.nextLong(nanos(Duration.ofSeconds(2))), hub::restart);
    simulation.at(simulation.now() + nanos(Duration.ofSeconds(3)), hub::restart);
  }

  private void trouble() {
    Actor actor = one(random, actors);
    Duration span = Duration.ofMillis(random.nextInt(6_000));
    switch (random.nextInt(8)) {
      case 0 -> network.isolate(List.of(actor.end, one(random, actors).end), span);
      case 1 -> network.halfOpen(actor.end);
      case 2 -> actor.pause(span);
      case 3 -> actor.lag(Duration.ofMillis(800));
      case 4 -> narrow(actor);
      case 5 -> killFor(actor, span);
      case 6 -> hub.pause(span.dividedBy(4));
      default -> hub.lag(Duration.ofMillis(random.nextInt(80)));
    }
  }

  private void narrow(Actor actor) {
    network.faults(actor.end, Faults.rough().window(1 + random.nextInt(4)));
    network.cut(actor.end);
  }

  private void killFor(Actor actor, Duration span) {
    if (actor.isRunning()) {
      actor.kill();
      simulation.at(simulation.now() + span.toNanos(), () -> startAgain(actor));
    }
  }

  private void startAgain(Actor actor) {
    if (!actor.isRunning()) {
      actor.start();
    }
  }

  private void heal() {
    network.heal();
    hub.lag(Duration.ZERO);
    hub.restart();
    actors.forEach(actor -> actor.lag(Duration.ZERO));
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
