package chat.talk.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about errors says what is so. */
final class ErrorGuideTest {
  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (\\d+) \\| (yes|no) \\| .*");

  @Test
  void everyCodeStandsThereWithItsStatus() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("..", "docs", "errors.md")).stream()
            .map(ROW::matcher)
            .filter(row -> row.matches())
            .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3))
            .toList();
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Code.values()).map(ErrorGuideTest::row).toList());
  }

  private static String row(Code code) {
    return code + " " + ErrorStatus.of(code) + " " + (code.isRetryable() ? "yes" : "no");
  }
}
