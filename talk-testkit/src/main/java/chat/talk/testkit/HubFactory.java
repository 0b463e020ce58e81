package chat.talk.testkit;

import chat.talk.Scheduler;
import chat.talk.room.Hub;
import chat.talk.room.HubStorage;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** Opens the hub that is under test, which has to run on what it is given alone. */
@FunctionalInterface
public interface HubFactory {
  /**
   * Opens it.
   *
   * @param storage what it finds, possibly left by one that crashed
   * @param scheduler its time
   * @param executor runs all of its work, not always in the order given
   * @param random the source of its ids
   * @return the running hub
   */
  Hub open(HubStorage storage, Scheduler scheduler, Executor executor, RandomGenerator random);
}
