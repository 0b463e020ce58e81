package chat.talk.bench;

import java.util.ArrayList;
import java.util.List;

/** The rows as a table in Markdown: each figure of Talk's beside the others'. */
final class MarkdownTable {
  private MarkdownTable() {}

  /** The table of rows that the same contenders have taken part in. */
  static String of(List<Result> rows) {
    List<String> contenders = contenders(rows);
    List<List<String>> lines = new ArrayList<>();
    lines.add(head(contenders));
    rows.forEach(row -> lines.add(line(row, contenders)));
    return text(lines);
  }

  /** A table, the first line above the others; all but the first column are figures. */
  static String text(List<List<String>> lines) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      text.append("| ").append(String.join(" | ", lines.get(i))).append(" |\n");
      if (i == 0) {
        text.append("|---").append("|--:".repeat(lines.get(0).size() - 1)).append("|\n");
      }
    }
    return text.toString();
  }

  static List<String> contenders(List<Result> rows) {
    return rows.stream().flatMap(row -> row.figures().keySet().stream()).distinct().toList();
  }

  private static List<String> head(List<String> contenders) {
    List<String> head = new ArrayList<>(List.of("what"));
    head.addAll(contenders);
    head.addAll(List.of("asked of Talk", "reached"));
    return head;
  }

  private static List<String> line(Result row, List<String> contenders) {
    List<String> line = new ArrayList<>();
    line.add("**" + row.key() + "** " + row.title() + ", " + row.unit());
    contenders.forEach(contender -> line.add(row.has(contender) ? cell(row, contender) : "–"));
    line.add(row.goal().text());
    line.add(reached(row));
    return line;
  }

  private static String cell(Result row, String contender) {
    List<String> parts = new ArrayList<>();
    parts.add(
        Cell.value(row, contender)
            + range(row, contender)
            + (row.isRight(contender) ? "" : " **incomplete**"));
    parts.add(row.isLoadFull(contender) ? "load full" : "");
    parts.add(Cell.ratio(row, contender));
    parts.add(Cell.remark(row, contender));
    return String.join("; ", parts.stream().filter(part -> !part.isEmpty()).toList());
  }

  /** The lowest and the highest figure; empty when there is but one. */
  static String range(Result row, String contender) {
    return row.runs(contender) < 2
        ? ""
        : " (%s–%s)"
            .formatted(Numbers.text(row.least(contender)), Numbers.text(row.most(contender)));
  }

  static String reached(Result row) {
    if (!row.isJudged()) {
      return "–";
    }
    if (row.isOpen()) {
      return "open, load full";
    }
    return row.isReached() ? "yes" : "no";
  }
}
