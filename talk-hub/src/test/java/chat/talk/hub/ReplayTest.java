package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.testkit.HubSimulation;
import chat.talk.testkit.HubSimulation.Result;
import org.junit.jupiter.api.Test;

/** A failed seed is worth something only when it fails again. */
final class ReplayTest {
  private static final int SEEDS = 20;

  @Test
  void engineReplaysASeedExactly() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Result once = HubSimulation.of(seed, new Engines()).run();
      assertThat(HubSimulation.of(seed, new Engines()).run()).as("seed %s", seed).isEqualTo(once);
    }
  }

  @Test
  void otherSeedsAreOtherDays() {
    assertThat(HubSimulation.of(1, new Engines()).run().fingerprint())
        .isNotEqualTo(HubSimulation.of(2, new Engines()).run().fingerprint());
  }
}
