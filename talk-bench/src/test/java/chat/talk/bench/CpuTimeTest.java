package chat.talk.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CpuTimeTest {
  @Test
  void whatThreadsHaveTakenIsToldInNanoseconds() {
    CpuTime before = new CpuTime(Map.of("1", 1_000_000L, "2", 5_000_000L), 1.00);
    CpuTime after = new CpuTime(Map.of("1", 1_500_000L, "2", 5_000_000L, "3", 250_000L), 1.01);
    assertThat(after.since(before)).isCloseTo(0.00075, within(1e-9));
  }

  @Test
  void whatAThreadTookThatHasEndedIsCountedInTicks() {
    CpuTime before = new CpuTime(Map.of("1", 0L, "2", 0L), 1.00);
    CpuTime after = new CpuTime(Map.of("1", 100_000_000L), 3.00);
    assertThat(after.since(before)).isCloseTo(1.98, within(1e-9));
  }

  @Test
  void withoutFiguresOfThreadsTicksCount() {
    CpuTime before = new CpuTime(Map.of(), 1.00);
    assertThat(new CpuTime(Map.of(), 1.25).since(before)).isCloseTo(0.25, within(1e-9));
  }

  @Test
  void aProcessThatWorksTakesTime() throws Exception {
    long pid = ProcessHandle.current().pid();
    CpuTime before = CpuTime.of(pid);
    double seconds = 0;
    while (seconds < 0.05) {
      seconds = CpuTime.of(pid).since(before);
    }
    assertThat(seconds).isLessThan(60);
  }
}
