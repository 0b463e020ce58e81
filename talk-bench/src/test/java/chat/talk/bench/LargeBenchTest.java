package chat.talk.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class LargeBenchTest {
  /** What such a hub takes, and less than that with the message. */
  private static final long MOST_RESIDENT = 230_000_000;

  /** More than the hub's memory; {@code main} does it with 256 MB. */
  @Test
  @Timeout(120)
  void messageThatIsLargerThanTheHubsMemoryReachesEverybodyWhole() throws Exception {
    LargeBench.Result result = LargeBench.measure(90_000_000, 2, 48);
    // Its heap has a limit, what is beside it has none; 0 where the system doesn't tell.
    assertThat(result.resident()).isLessThan(MOST_RESIDENT);
  }
}
