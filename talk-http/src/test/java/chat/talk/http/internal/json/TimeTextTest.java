package chat.talk.http.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes what {@link Instant#toString} gives. */
class TimeTextTest {
  private static void isWrittenAlike(Instant time) {
    assertThat(new JsonOut().value(time).text()).isEqualTo("\"" + time + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999999Z",
        "2024-02-29T23:59:59.001Z",
        "2026-01-31T12:00:00.120Z",
        "2026-01-31T12:00:00.000100Z",
        "2026-01-31T12:00:00.000000001Z",
        "0000-01-01T00:00:00Z",
        "-0001-12-31T23:59:59.999999999Z",
        "9999-12-31T23:59:59.999999999Z",
        "+10000-01-01T00:00:00Z",
        "-1000000000-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59.999999999Z"
      })
  void timeAtAnEdgeIsWrittenAlike(String time) {
    isWrittenAlike(Instant.parse(time));
  }

  @Test
  void longestTimeHasRoom() {
    isWrittenAlike(Instant.MIN.plusNanos(123_456_789));
    isWrittenAlike(Instant.MAX);
  }

  @Test
  void anyTimeIsWrittenAlike() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      long seconds = random.nextLong() % Instant.parse("+20000-01-01T00:00:00Z").getEpochSecond();
      int nanos = random.nextInt(1_000_000_000);
      int unit = new int[] {1, 1_000, 1_000_000, 1_000_000_000}[random.nextInt(4)];
      isWrittenAlike(Instant.ofEpochSecond(seconds, 0).plusNanos(nanos - nanos % unit));
    }
  }

  @Test
  void timeStandsBehindANameAsOtherValuesDo() {
    Instant time = Instant.parse("2026-01-31T12:00:00Z");
    JsonOut out = new JsonOut().beginObject().name("a").value(time).name("b").value(time);
    assertThat(out.endObject().text())
        .isEqualTo("{\"a\":\"2026-01-31T12:00:00Z\",\"b\":\"2026-01-31T12:00:00Z\"}");
  }
}
