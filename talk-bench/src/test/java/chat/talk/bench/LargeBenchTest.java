package chat.talk.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class LargeBenchTest {
  /** More than the hub's memory; {@code main} does it with 256 MB. */
  @Test
  @Timeout(120)
  void messageThatIsLargerThanTheHubsMemoryReachesEverybodyWhole() throws Exception {
    LargeBench.Result result = LargeBench.measure(52_000_000, 2, 48);
    assertThat(result.heap()).isLessThan(48L << 20);
  }
}
