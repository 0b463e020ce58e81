package chat.talk.hub;

import chat.talk.testkit.HubFactory;
import chat.talk.testkit.HubSimulation;
import org.junit.jupiter.api.Test;

class FirstRunTest {
  @Test
  void runs() {
    HubFactory factory =
        (storage, scheduler, executor, random) ->
            HubEngine.builder(storage)
                .scheduler(scheduler)
                .executor(executor)
                .random(random)
                .passwordCost(4)
                .open();
    long start = System.nanoTime();
    for (int seed = 0; seed < 12; seed++) {
      try {
        var r = HubSimulation.of(seed, factory).run();
        if (seed % 10 == 0) {
          System.out.println(seed + " " + r + " " + (System.nanoTime() - start) / 1_000_000);
        }
      } catch (AssertionError e) {
        String m = e.getMessage();
        System.out.println("SEED " + seed + " " + m.substring(0, Math.min(700, m.length())));
      }
    }
  }
}
