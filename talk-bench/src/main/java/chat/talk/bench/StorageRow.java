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

  /** For how long it is measured in full. */
  static final double SECONDS = 5;

  private static final String RATE = "H";
  private static final String OPENING = "opening";
  private static final String FIGURE = "figure ";

  /** Whether what was stored is there, where that was looked for. */
  private static final String ALL = "all";

  private static final String MISSING = "missing";
  private static final String UNREAD = "unread";
  private static final String END = "end";

  private StorageRow() {}

  /** Acknowledged and on disk, 256 in flight. */
  static Result rate(NetOptions options) throws Exception {
    return new Result(
        RATE,
        "acknowledged and on disk, 256 in flight",
        "messages/s",
        true,
        Goal.of(RATE),
        runs(options, RATE, options.decimal("seconds", SECONDS), "%,.0f messages/s"));
  }

  /** How long a hub takes to open, with so many messages stored. */
  static Result opening(NetOptions options, int messages) throws Exception {
    return new Result(
        OPENING,
        "a hub opens",
        "ms",
        false,
        Goal.NONE,
        runs(options, OPENING, messages, "%.1f ms"));
  }

  private static Map<String, List<Figure>> runs(
      NetOptions options, String what, double size, String words) throws InterruptedException {
    Map<String, List<Figure>> figures = new LinkedHashMap<>();
    for (int run = 0; run < options.runs(); run++) {
      measureOrSay(options, what, size, words)
          .forEach(
              (name, figure) -> {
                System.out.println("  " + what + " " + name + ": " + figure.text());
                figures.computeIfAbsent(name, absent -> new ArrayList<>()).add(figure);
              });
    }
    return figures;
  }

  /** So that the rest is measured all the same. */
  private static Map<String, Figure> measureOrSay(
      NetOptions options, String what, double size, String words) throws InterruptedException {
    Map<String, Figure> figures = new LinkedHashMap<>();
    try {
      figures.putAll(measure(options, what, size, words));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      Leftovers.goOn();
      figures.put(Result.TALK, Figure.failed(e));
    }
    return figures;
  }

  private static Map<String, Figure> measure(
      NetOptions options, String what, double size, String words) throws Exception {
    try (Leftover<Path> folder = Comparison.folder(options, "storagebench");
        Leftover<ChildProcess> child =
            Leftovers.make(() -> start(options, what, folder.value(), size), ChildProcess::end)) {
      return read(child.value(), words);
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

  private static Map<String, Figure> read(ChildProcess child, String words) throws IOException {
    Map<String, Figure> figures = new LinkedHashMap<>();
    for (String line = child.readLine(); !line.equals(END); line = child.readLine()) {
      if (line.startsWith(FIGURE)) {
        String[] parts = line.split(" ", 4);
        Figure figure = Figure.of(Double.parseDouble(parts[1]), words, Double.valueOf(parts[1]));
        figures.put(parts[3], judged(figure, parts[2]));
      }
    }
    return figures;
  }

  private static Figure judged(Figure figure, String found) {
    return switch (found) {
      case ALL -> figure.judged(new Figure.Verdict(true, "all read back, in order"));
      case MISSING -> figure.judged(new Figure.Verdict(false, "WRONG: not all could be read back"));
      default -> figure;
    };
  }

  /** The process that measures. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[1]);
    double size = Double.parseDouble(args[2]);
    if (args[0].equals(RATE)) {
      StorageRate.measure(folder, size)
          .forEach((name, rate) -> say(rate.perSecond(), rate.isAllThere() ? ALL : MISSING, name));
    } else {
      say(1000 * StorageHistory.open(folder, (int) size), UNREAD, Result.TALK);
    }
    System.out.println(END);
  }

  private static void say(double value, String found, String name) {
    System.out.println(FIGURE + value + " " + found + " " + name);
  }
}
