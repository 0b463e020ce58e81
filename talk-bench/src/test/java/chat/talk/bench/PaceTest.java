package chat.talk.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long BEGIN = 1_234_567;

  private final List<Long> due = new ArrayList<>();
  private final Pace pace = new Pace(1e9 / 10, BEGIN, time -> due.add(time - BEGIN));

  @Test
  void whatIsLateHappensAsOftenAndCountsFromWhenItWasDue() {
    pace.catchUp(BEGIN);
    assertThat(due).containsExactly(0L);
    pace.catchUp(BEGIN + 9);
    assertThat(due).containsExactly(0L);
    pace.catchUp(BEGIN + 35);
    assertThat(due).containsExactly(0L, 10L, 20L, 30L);
    pace.catchUp(BEGIN + 40);
    assertThat(due).hasSize(5).endsWith(40L);
  }

  @Test
  void nothingIsLostToRounding() {
    List<Long> thirds = new ArrayList<>();
    new Pace(3, 0, thirds::add).catchUp(10_000_000_000L);
    assertThat(thirds).hasSize(31).endsWith(10_000_000_000L);
  }
}
