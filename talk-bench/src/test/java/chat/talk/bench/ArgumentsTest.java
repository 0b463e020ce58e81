package chat.talk.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  @Test
  void numbersAreWholeAndAboveZero() {
    assertThat(List.of("1", "256", "10000000")).allMatch(Arguments::isNumber);
    assertThat(List.of("", "0", "-1", "1.5", "x", "1e3", "99999999999"))
        .noneMatch(Arguments::isNumber);
  }

  @Test
  void whatIsNotThereIsWhatItIsOtherwise() {
    assertThat(Arguments.number(new String[] {"x", "7"}, 1, 5)).isEqualTo(7);
    assertThat(Arguments.number(new String[] {"x", "7"}, 2, 5)).isEqualTo(5);
  }
}
