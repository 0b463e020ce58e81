package chat.talk.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FigureTest {
  @Test
  void aLowerRateIsToldBesideTheFigure() {
    Figure figure = Figure.of(1, "x").at(50, 100);
    assertThat(figure.text()).isEqualTo("at only 50 messages/s: x");
    assertThat(figure.remark()).isEqualTo("at only 50 messages/s");
  }

  @Test
  void theRowsOwnRateIsNotTold() {
    assertThat(Figure.of(1, "x").at(100, 100).remark()).isEmpty();
  }
}
