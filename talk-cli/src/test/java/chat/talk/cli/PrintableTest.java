package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrintableTest {
  @ParameterizedTest
  @CsvSource({
    "0x1B, \\u001b",
    "0x07, \\u0007",
    "0x0D, \\u000d",
    "0x0A, \\u000a",
    "0x00, \\u0000",
    "0x7F, \\u007f",
    "0x9B, \\u009b",
    "0x202E, \\u202e",
    "0x2066, \\u2066",
    "0x200B, \\u200b",
    "0xFEFF, \\ufeff",
    "0x2028, \\u2028",
    "0xE0001, \\u{e0001}"
  })
  void whatATerminalMightActOnIsShownAsAnEscape(String point, String shown) {
    String text = "a" + Character.toString(Integer.decode(point)) + "b";
    assertThat(Printable.line(text)).isEqualTo("a" + shown + "b");
  }

  @Test
  void whatPeopleWriteStaysAsItIs() {
    String text = "Grüße, 世界! שלום — 👋🏽 👨‍👩‍👧 ❤️‍🔥 ½ \\u001b";
    assertThat(Printable.line(text)).isEqualTo(text);
  }

  @Test
  void aJoinerBetweenLettersIsShown() {
    assertThat(Printable.line("pay\u200dpal")).isEqualTo("pay\\u200dpal");
  }

  @Test
  void aTabBecomesSpaces() {
    assertThat(Printable.line("a\tb")).isEqualTo("a    b");
  }

  @Test
  void furtherLinesCannotBeTakenForSomebodyElses() {
    assertThat(Printable.text("Hi\nboss: you are fired\r\n\rx\n"))
        .isEqualTo("Hi\n  | boss: you are fired\n  | \n  | x");
  }

  @Test
  void anEmptyFirstLineStaysTheFirst() {
    assertThat(Printable.text("\nboss: hi")).isEqualTo("\n  | boss: hi");
  }

  @Test
  void anyTextComesOutWithoutControls() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      String text = Character.toString(random.nextInt(0x3000)) + (char) random.nextInt(0xA0);
      assertThat(Printable.line(text))
          .as("seed %d", seed)
          .doesNotContainPattern("[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069]");
    }
  }
}
