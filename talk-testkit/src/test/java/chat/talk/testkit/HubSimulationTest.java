package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.testkit.Violation.Kind;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubSimulationTest {
  private static final int SEEDS = 60;

  /** From here on each fault shows soon; a leak is rare. */
  private static final int FIRST = 28;

  private static final int ATTEMPTS = 30;

  private static HubSimulation of(long seed, Planted planted) {
    HubFactory reference =
        (storage, scheduler, executor, random) ->
            new ReferenceHub(storage, scheduler, random, planted);
    return HubSimulation.of(seed, reference).withoutOutages();
  }

  @Test
  void theReferenceKeepsAllGuarantees() {
    for (int seed = 0; seed < SEEDS; seed++) {
      HubSimulation.Result result = of(seed, Planted.NONE).run();
      assertThat(result.acknowledged()).as("seed %s", seed).isGreaterThan(100);
      assertThat(result.seen()).as("seed %s", seed).isGreaterThan(2_000);
    }
  }

  @Test
  void aSeedReplaysExactlyAndAnotherDoesNot() {
    HubSimulation.Result once = of(7, Planted.NONE).run();

    assertThat(of(7, Planted.NONE).run()).isEqualTo(once);
    assertThat(of(8, Planted.NONE).run().fingerprint()).isNotEqualTo(once.fingerprint());
  }

  @ParameterizedTest
  @CsvSource({
    "SKIP_ENTRY, GAP",
    "DOUBLE_ENTRY, DISORDER",
    "SWAP_ENTRIES, DISORDER",
    "SHOW_UNCOMMITTED, PHANTOM",
    "OTHER_TEXT, UNSENT",
    "FORGET_IDS, UNSENT",
    "ACKNOWLEDGE_UNSTORED, LOST_MESSAGE",
    "KEEP_ERASED, NOT_ERASED",
    "LEAK, LEAK",
    "LOSE_PLACE, GAP",
    "READ_BACK, READ_WENT_BACK",
    "WRONG_UNREAD, WRONG_UNREAD",
    "NO_WAKE, INCOMPLETE"
  })
  void aPlantedFaultIsFound(Planted planted, Kind kind) {
    Set<Kind> found = EnumSet.noneOf(Kind.class);
    for (int i = 0; i < ATTEMPTS && !found.contains(kind); i++) {
      of(FIRST + i, planted).violations().forEach(v -> found.add(v.kind()));
    }
    assertThat(found).contains(kind);
  }
}
