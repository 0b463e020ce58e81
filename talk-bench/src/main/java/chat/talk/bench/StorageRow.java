package chat.talk.bench;

import chat.talk.bench.Leftovers.Leftover;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is measured without sockets, in a process of its own on all cores. */
final class StorageRow {
  /** A loop of JDBC that writes the same rows in groups as large as what is in flight. */
  static final String BARE = "bare JDBC";

  /** The same in groups half as large. */
  static final String HALF = "bare JDBC, half groups";

  static final String STORAGE = "Talk's storage alone";

  private static final String RATE = "H";
  private static final String OPENING = "opening";
  private static final String FIGURE = "figure ";
  private static final String END = "end";

  private StorageRow() {}

  /** Acknowledged and on disk, 256 in flight. */
  static Result rate(NetOptions options) throws Exception {
    Map<String, List<Figure>> figures = new LinkedHashMap<>();
    for (int run = 0; run < options.number("runs", 3); run++) {
      measure(options, RATE, options.decimal("seconds", 5))
          .forEach(
              (name, rate) -> {
                Figure figure = Figure.of(rate, "%,.0f messages/s", rate);
                System.out.println("  H " + name + ": " + figure.text());
                figures.computeIfAbsent(name, absent -> new ArrayList<>()).add(figure);
              });
    }
    return new Result(
        RATE,
        "acknowledged and on disk, 256 in flight",
        "messages/s",
        true,
        Goal.of(RATE),
        figures);
  }

  /** How long a hub takes to open, with so many messages stored. */
  static Result opening(NetOptions options, int messages) throws Exception {
    Map<String, List<Figure>> figures = new LinkedHashMap<>();
    for (int run = 0; run < options.number("runs", 3); run++) {
      double seconds = measure(options, OPENING, messages).get(Result.TALK);
      Figure figure =
          Figure.of(1000 * seconds, "%.1f ms with %,d messages", 1000 * seconds, messages);
      System.out.println("  opening " + Result.TALK + ": " + figure.text());
      figures.computeIfAbsent(Result.TALK, absent -> new ArrayList<>()).add(figure);
    }
    return new Result(OPENING, "a hub opens", "ms", false, Goal.NONE, figures);
  }

  private static Map<String, Double> measure(NetOptions options, String what, double size)
      throws Exception {
    try (Leftover<Path> folder = Comparison.folder(options, "storagebench");
        Leftover<ChildProcess> child =
            Leftovers.make(() -> start(options, what, folder.value(), size), ChildProcess::end)) {
      return read(child.value());
    }
  }

  private static ChildProcess start(NetOptions options, String what, Path folder, double size)
      throws IOException {
    return ChildProcess.start(
        Cores.all(),
        StorageRow.class,
        jvmOptions(options),
        what,
        folder.toString(),
        String.valueOf(size));
  }

  private static List<String> jvmOptions(NetOptions options) {
    return Stream.concat(Stream.of("-Xmx1g"), options.jvm().stream()).toList();
  }

  private static Map<String, Double> read(ChildProcess child) throws IOException {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (String line = child.readLine(); !line.equals(END); line = child.readLine()) {
      if (line.startsWith(FIGURE)) {
        String[] words = line.split(" ", 3);
        figures.put(words[2], Double.valueOf(words[1]));
      }
    }
    return figures;
  }

  /** The process that measures. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[1]);
    double size = Double.parseDouble(args[2]);
    Map<String, Double> figures =
        args[0].equals(RATE)
            ? StorageRate.measure(folder, size)
            : Map.of(Result.TALK, StorageHistory.open(folder, (int) size));
    figures.forEach((name, value) -> System.out.println(FIGURE + value + " " + name));
    System.out.println(END);
  }
}
