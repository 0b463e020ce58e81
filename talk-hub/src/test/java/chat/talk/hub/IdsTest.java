package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class IdsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Ids ids = new Ids(new Random(1));

  @Test
  void laterOneIsGreaterAlsoWhenTheClockGoesBack() {
    List<MessageId> made =
        List.of(
            ids.message(NOW),
            ids.message(NOW),
            ids.message(NOW.minus(Duration.ofDays(1))),
            ids.message(NOW.plusNanos(5_000)),
            ids.message(NOW.plus(Duration.ofDays(36_500))));
    assertThat(made).isSortedAccordingTo(MessageId::compareTo).doesNotHaveDuplicates();
  }

  @Test
  void laterDeviceIsGreater() {
    List<String> made =
        List.of(ids.device(NOW), ids.device(NOW), ids.device(NOW.plus(Duration.ofDays(1))));
    assertThat(made).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void nobodyGuessesTheRest() {
    assertThat(ids.message(NOW).value()).matches("h-[0-9a-z]{11}-[0-9a-z]{8,13}");
    assertThat(ids.device(NOW)).matches("d-[0-9a-z]{11}-[0-9a-z]{8,13}");
    assertThat(new Ids(new Random(2)).message(NOW)).isNotEqualTo(ids.message(NOW));
  }
}
