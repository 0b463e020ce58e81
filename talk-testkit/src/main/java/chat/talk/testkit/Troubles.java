package chat.talk.testkit;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** What happens to a hub, its clients and the network between them, until all heals. */
final class Troubles {
  private static final int COUNT = 14;

  private final Simulation simulation;
  private final RandomGenerator random;
  private final CrashableHub hub;
  private final SimulatedNetwork network;
  private final Outages outages;
  private final List<Actor> actors;
  private int crashes;

  Troubles(
      Simulation simulation,
      RandomGenerator random,
      CrashableHub hub,
      SimulatedNetwork network,
      Outages outages,
      List<Actor> actors) {
    this.simulation = simulation;
    this.random = random;
    this.hub = hub;
    this.network = network;
    this.outages = outages;
    this.actors = actors;
  }

  int crashes() {
    return crashes;
  }

  /** Plans crashes for the time while people talk, and smaller troubles for all the time. */
  void prepare(Duration start, Duration talk) {
    int planned = 1 + random.nextInt(3);
    for (int i = 0; i < planned; i++) {
      simulation.at(start.toNanos() + random.nextLong(talk.toNanos()), this::crash);
    }
    for (int i = 0; i < COUNT; i++) {
      simulation.at(random.nextLong(start.plus(talk).toNanos()), this::trouble);
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
    simulation.at(
        simulation.now() + random.nextLong(Duration.ofSeconds(2).toNanos()), this::restart);
    simulation.at(simulation.now() + Duration.ofSeconds(3).toNanos(), this::restart);
  }

  /** A hub does not open without its storage. */
  private void restart() {
    outages.end();
    hub.restart();
  }

  private Actor any() {
    return actors.get(random.nextInt(actors.size()));
  }

  private void trouble() {
    Actor actor = any();
    Duration span = Duration.ofMillis(random.nextInt(6_000));
    switch (random.nextInt(8)) {
      case 0 -> network.isolate(List.of(actor.end, any().end), span);
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
    network.faults(actor.end, network.faults().window(1 + random.nextInt(4)));
    network.cut(actor.end);
  }

  private void killFor(Actor actor, Duration span) {
    if (actor.isRunning()) {
      actor.kill();
      simulation.at(simulation.now() + span.toNanos(), actor::startAgain);
    }
  }

  /** Ends all of it. */
  void heal() {
    network.heal();
    hub.lag(Duration.ZERO);
    restart();
    actors.forEach(actor -> actor.lag(Duration.ZERO));
  }
}
