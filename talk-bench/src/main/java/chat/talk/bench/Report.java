package chat.talk.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What was measured, written into a folder: {@code performance.md}, and pictures beside it. */
record Report(Path folder) {
  private static final String BEGIN = "<!-- figures -->";
  private static final String END = "<!-- /figures -->";
  private static final String NAME = "performance";

  private static final String NOTE =
      """
      In brackets stand the lowest and the highest run. *Load full*: the load's core was taken for 95 % or more, so that the
      load was measured; the server may do better than its figure, which stands there as a bound, and so does the ratio.
      *By core time* is the ratio as if both servers' cores were full: what a delivery takes one, divided by what it takes the other.

      """;

  private Path page() {
    return folder.resolve(NAME + ".md");
  }

  /**
   * Makes sure that it can be written.
   *
   * @param isWhole whether all is measured, in full: nothing less takes the place of figures
   * @throws IOException if not, with words for whoever asked for it
   */
  void check(boolean isWhole) throws IOException {
    Files.createDirectories(folder);
    if (!Files.isWritable(folder)) {
      throw new IOException("nothing can be written into " + folder);
    }
    boolean hasFigures = Files.exists(page()) && !replaced("").equals(Files.readString(page()));
    if (hasFigures && !isWhole) {
      throw new IOException(
          page() + " has figures already: let it be full, or name another folder");
    }
  }

  /** Writes it; what stands around the figures stays. */
  void write(Findings findings) throws IOException {
    Path pictures = Files.createDirectories(folder.resolve(NAME));
    for (Picture picture : Picture.of(findings)) {
      Files.writeString(pictures.resolve(picture.name() + ".svg"), picture.chart().svg());
    }
    Files.writeString(page(), replaced(text(findings)));
  }

  private String replaced(String figures) throws IOException {
    String old =
        Files.exists(page()) ? Files.readString(page()) : "# Performance\n\n" + BEGIN + END + "\n";
    int begin = old.indexOf(BEGIN);
    int end = old.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(
          "%s has no %s with %s behind it, where the figures are to go"
              .formatted(page(), BEGIN, END));
    }
    return old.substring(0, begin) + BEGIN + "\n" + figures + old.substring(end);
  }

  private static String text(Findings findings) {
    StringBuilder text = new StringBuilder("Measured: ").append(findings.machine()).append(".\n\n");
    table(text, findings.rows().stream().filter(row -> !isStorage(row)).toList());
    table(text, findings.rows().stream().filter(Report::isStorage).toList());
    text.append(NOTE);
    text.append("What the median of the runs was, in words:\n\n");
    findings.rows().stream()
        .flatMap(row -> TextTable.details(row).stream())
        .forEach(line -> text.append("- ").append(line).append('\n'));
    Picture.of(findings).forEach(picture -> append(text, picture));
    return text.toString();
  }

  private static boolean isStorage(Result row) {
    return row.key().equals(Plan.STORAGE);
  }

  private static void table(StringBuilder text, List<Result> rows) {
    if (!rows.isEmpty()) {
      text.append(MarkdownTable.of(rows)).append('\n');
    }
  }

  private static void append(StringBuilder text, Picture picture) {
    String title = picture.chart().title();
    text.append("\n### ").append(title).append("\n\n");
    text.append("![%s](%s/%s.svg)\n\n".formatted(title, NAME, picture.name()));
    text.append(picture.table());
    if (!picture.note().isEmpty()) {
      text.append('\n').append(picture.note()).append('\n');
    }
  }
}
