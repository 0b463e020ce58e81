package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HubSimulationTest {
  private static final int SEEDS = 100;

  static HubFactory reference(Planted planted) {
    return (storage, scheduler, executor, random) ->
        new ReferenceHub(storage, scheduler, random, planted);
  }

  @Test
  void theReferenceKeepsAllGuarantees() {
    for (int seed = 0; seed < SEEDS; seed++) {
      HubSimulation.Result result = HubSimulation.of(seed, reference(Planted.NONE)).run();
      assertThat(result.acknowledged()).isPositive();
    }
  }
}
