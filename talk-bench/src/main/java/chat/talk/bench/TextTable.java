package chat.talk.bench;

import java.util.List;
import java.util.Locale;

/** The rows for a terminal of 100 columns. */
final class TextTable {
  private TextTable() {}

  static String of(List<Result> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> append(text, row));
    return text.toString();
  }

  private static void append(StringBuilder text, Result row) {
    text.append(row.key()).append("  ").append(row.title()).append(", ").append(row.unit());
    text.append('\n');
    row.figures().keySet().forEach(contender -> text.append(line(row, contender)));
    if (!row.goal().text().isEmpty()) {
      text.append("   asked of Talk: ").append(row.goal().text()).append(verdict(row)).append('\n');
    }
  }

  private static String line(Result row, String contender) {
    return String.format(
                Locale.ROOT,
                "     %-24s %10s %-18s %s%s %s%s",
                contender,
                Cell.value(row, contender),
                MarkdownTable.range(row, contender),
                row.isLoadFull(contender) ? "load full; " : "",
                Cell.ratio(row, contender),
                Cell.remark(row, contender),
                row.isRight(contender) ? "" : " INCOMPLETE: " + row.median(contender).text())
            .stripTrailing()
        + "\n";
  }

  private static String verdict(Result row) {
    if (!row.isJudged()) {
      return "";
    }
    if (row.isOpen()) {
      return ": open, the load was full";
    }
    return row.isReached() ? ": reached" : ": NOT reached";
  }

  /** Both cores' shares, by which one sees what was measured: a full core is the limit. */
  static List<String> details(Result row) {
    return row.figures().keySet().stream()
        .map(contender -> row.key() + " " + contender + ": " + Cell.words(row, contender))
        .toList();
  }
}
