package chat.talk.hub;

import chat.talk.Scheduler;
import chat.talk.room.Hub;
import chat.talk.room.HubStorage;
import chat.talk.testkit.HubFactory;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** Opens the engine for simulations; mutants load it by name. */
final class Engines implements HubFactory {
  @Override
  public Hub open(
      HubStorage storage, Scheduler scheduler, Executor executor, RandomGenerator random) {
    return HubEngine.builder(storage)
        .scheduler(scheduler)
        .executor(executor)
        .random(random)
        .passwordCost(4)
        .open();
  }
}
