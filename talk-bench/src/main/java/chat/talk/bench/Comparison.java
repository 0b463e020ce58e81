package chat.talk.bench;

import chat.talk.bench.Leftovers.Leftover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Measures a row of several contenders by turns, so that what is compared is of the same time. */
record Comparison(String key, NetRow row, NetOptions options) {
  /**
   * Measures so many times as the setting {@code runs} says, and prints each figure.
   *
   * @return what came out; of nobody where there aren't enough open files
   */
  Result run(List<Contender> contenders) throws Exception {
    Map<String, List<Figure>> figures = new LinkedHashMap<>();
    int runs = Cores.canOpen(row.connections()) ? options.runs() : 0;
    for (int run = 0; run < runs; run++) {
      for (Contender contender : contenders) {
        Figure figure = measureOrSay(contender);
        System.out.println("  " + key + " " + contender.title() + ": " + figure.text());
        figures.computeIfAbsent(contender.title(), absent -> new ArrayList<>()).add(figure);
      }
    }
    return Result.of(key, row, figures);
  }

  /** So that the others are measured all the same. */
  private Figure measureOrSay(Contender contender) throws InterruptedException {
    try {
      return measure(contender);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      Leftovers.goOn();
      return Figure.failed(e);
    }
  }

  private Figure measure(Contender contender) throws Exception {
    try (Leftover<Path> folder = folder(options, "netbench");
        ServerProcess server = contender.start(folder.value(), jvmOptions())) {
      return row.measure(server);
    }
  }

  /** An empty one. */
  static Leftover<Path> folder(NetOptions options, String prefix) throws IOException {
    return Leftovers.make(
        () -> Files.createTempDirectory(options.folder(), prefix), Comparison::delete);
  }

  private List<String> jvmOptions() {
    return Stream.concat(Stream.of(row.jvmOptions()), options.jvm().stream()).toList();
  }

  /** Removes a folder and what is in it. */
  static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = new ArrayList<>(files.toList());
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      Files.deleteIfExists(all.get(i));
    }
  }
}
