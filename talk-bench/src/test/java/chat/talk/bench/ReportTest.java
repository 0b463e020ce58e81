package chat.talk.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final String BEGIN = "<!-- figures -->";
  private static final String END = "<!-- /figures -->";

  @TempDir private Path folder;

  @Test
  void whatStandsAroundTheFiguresStays() throws Exception {
    page("# Fast\n\nWhy.\n" + BEGIN + "\nold\n" + END + "\nWhat was tried.\n");
    write();
    write();
    assertThat(page())
        .startsWith("# Fast\n\nWhy.\n" + BEGIN + "\nMeasured: ")
        .endsWith(END + "\nWhat was tried.\n")
        .containsOnlyOnce(BEGIN)
        .doesNotContain("old")
        .contains("| **E** memory of an idle connection, 10,000 logged in, KiB | 5.00 |");
  }

  @Test
  void aPageIsMadeWhereThereIsNone() throws Exception {
    write();
    assertThat(page()).startsWith("# Performance\n\n" + BEGIN).endsWith(END + "\n");
  }

  @Test
  void aPageWithoutAPlaceForFiguresIsLeftAlone() throws Exception {
    for (String text : List.of("mine", BEGIN, END + BEGIN)) {
      page(text);
      assertThatThrownBy(() -> new Report(folder).check(true))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("performance.md has no <!-- figures -->");
      assertThat(page()).isEqualTo(text);
    }
  }

  @Test
  void figuresOfAFullRunAreNotReplacedByLess() throws Exception {
    Report report = new Report(folder);
    report.check(false);
    page("# Fast\n" + BEGIN + "\n" + END + "\n");
    report.check(false);
    write();
    report.check(true);
    assertThatThrownBy(() -> report.check(false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has figures already");
  }

  @Test
  void pointsThatAFullLoadHasMeasuredAreTold() throws Exception {
    Figure full = Figure.of(5, "5").with(Figure.LOAD_SHARE, 0.97);
    SortedMap<Integer, Result> sweep = new TreeMap<>();
    sweep.put(1, row("A", Figure.of(5, "5")));
    sweep.put(10, row("A", full));
    sweep.put(1_000, row("A", full));
    new Report(folder)
        .write(new Findings(Machine.here(folder), List.of(), Map.of(Plan.READERS, sweep)));
    assertThat(page()).contains("\nLoad full, so at least: Talk at 10 and 1,000.\n");
  }

  private static Result row(String key, Figure figure) {
    return Result.of(key, NetRows.of(key, NetOptions.NONE), Map.of(Result.TALK, List.of(figure)));
  }

  private void write() throws IOException {
    List<Result> rows = List.of(row("E", Figure.of(5, "5")));
    new Report(folder).write(new Findings(Machine.here(folder), rows, Map.of()));
  }

  private String page() throws IOException {
    return Files.readString(folder.resolve("performance.md"));
  }

  private void page(String text) throws IOException {
    Files.writeString(folder.resolve("performance.md"), text);
  }
}
