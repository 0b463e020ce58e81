package chat.talk;

import static chat.talk.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CursorTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0-0",
    "1, 35, 1-z",
    "36, 1, 10-1",
    "0, 9223372036854775807, 0-1y2p0ij32e8e7",
    "9223372036854775807, 9223372036854775807, 1y2p0ij32e8e7-1y2p0ij32e8e7"
  })
  void tokenIsReadBack(long epoch, long sequence, String token) {
    Cursor cursor = new Cursor(epoch, sequence);
    assertThat(cursor).hasToString(token);
    assertThat(Cursor.parse(token)).isEqualTo(cursor);
  }

  @Test
  void edgesAreReadBack() {
    assertThat(Cursor.parse(Cursor.START.toString())).isEqualTo(Cursor.START);
    assertThat(Cursor.parse(Cursor.END.toString())).isEqualTo(Cursor.END);
  }

  @Test
  void anyCursorIsReadBack() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      long epoch = random.nextLong() >>> (1 + random.nextInt(63));
      Cursor cursor = new Cursor(epoch, random.nextLong() >>> (1 + random.nextInt(63)));
      assertThat(Cursor.parse(cursor.toString())).as("seed %d", seed).isEqualTo(cursor);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "1",
        "1-",
        "-1",
        "1--1",
        "1-1-1",
        "1_1",
        "A-1",
        "1-Z",
        " 1-1",
        "1-1 ",
        "1-1\n",
        "+1-1",
        "1-+1",
        "1.0-1",
        "é-1",
        "٣-1",
        "1y2p0ij32e8e8-1",
        "1-1y2p0ij32e8e8",
        "zzzzzzzzzzzzz-1",
        "00000000000001-1",
        "START"
      })
  void otherTextsAreNoCursors(String token) {
    assertInvalid(() -> Cursor.parse(token), "not a cursor");
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "0, -1", "-9223372036854775808, 5"})
  void negativeNumbersAreRefused(long epoch, long sequence) {
    assertInvalid(() -> new Cursor(epoch, sequence), "negative");
  }
}
