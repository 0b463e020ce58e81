package chat.talk.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is measured, and how large.
 *
 * @param isFull whether it is as large as it takes to judge by
 * @param rows of the table, by their names
 * @param sweeps the sizes at which a row is measured for a picture, by the sweeps' names
 * @param settings of rows and sweeps, by their names
 */
record Plan(
    boolean isFull,
    List<String> rows,
    Map<String, List<Integer>> sweeps,
    Map<String, NetOptions> settings) {
  /** How a delivery's cost grows with the number of readers. */
  static final String READERS = "readers";

  /** How memory grows with the number of connections. */
  static final String MEMORY = "memory";

  /** How the costs of some grow with the number of connections. */
  static final String GROWTH = "growth";

  /** How the time to open grows with the length of history. */
  static final String OPENING = "opening";

  /** The row without sockets. */
  static final String STORAGE = "H";

  static final List<String> ROWS = List.of("A", "B", "C", "D", "E", "F", "G", STORAGE);

  Plan {
    rows = List.copyOf(rows);
    sweeps = Collections.unmodifiableMap(new LinkedHashMap<>(sweeps));
    settings = Map.copyOf(settings);
  }

  /** What is asked, and the pictures. */
  static Plan full(NetOptions options) {
    Map<String, List<Integer>> sweeps = new LinkedHashMap<>();
    sweeps.put(READERS, List.of(1, 10, 100, 1_000, 10_000));
    sweeps.put(MEMORY, connections());
    sweeps.put(GROWTH, connections());
    sweeps.put(OPENING, upTo(options.number("history", 1_000_000)));
    NetOptions once = NetOptions.of("warmup=5", "seconds=3");
    return new Plan(true, ROWS, sweeps, Map.of(READERS, once, GROWTH, once));
  }

  /** As many as open files allow, at most 20,000. */
  private static List<Integer> connections() {
    int most = Cores.mostConnections();
    return List.of(1_000, 5_000, 10_000, 20_000).stream()
        .map(count -> Math.min(count, most))
        .distinct()
        .toList();
  }

  private static List<Integer> upTo(int most) {
    List<Integer> sizes = new ArrayList<>();
    for (int size = 10_000; size <= most; size *= 10) {
      sizes.add(size);
    }
    return sizes;
  }

  /** The table alone, in less than three minutes. */
  static Plan brief() {
    return new Plan(
        false,
        ROWS,
        Map.of(),
        Map.of(
            "A",
            NetOptions.of("runs=1", "warmup=3", "seconds=3"),
            "B",
            NetOptions.of("runs=1", "warmup=3", "seconds=3"),
            "C",
            NetOptions.of("runs=1", "warmup=3", "seconds=3"),
            "D",
            NetOptions.of("runs=1", "warmup=3", "seconds=3", "lone=0.5"),
            "E",
            NetOptions.of("runs=1", "first=4000", "readers=5000"),
            "F",
            NetOptions.of("runs=1", "first=6000", "readers=4000"),
            "G",
            NetOptions.of("runs=1", "warmup=3", "seconds=3", "rest=0.5"),
            STORAGE,
            NetOptions.of("runs=1", "seconds=2")));
  }

  /** Only some of the rows, and no pictures but theirs. */
  Plan only(List<String> some) {
    return some.isEmpty() ? this : new Plan(isFull, some, Map.of(), settings);
  }

  /** Whether a row is measured so that one can judge by it, with options that change settings. */
  boolean isEnough(String row, NetOptions options) {
    return isFull && settings(row).with(options).areEnough(seconds(row));
  }

  private static double seconds(String row) {
    return row.equals(STORAGE) ? StorageRow.SECONDS : NetRows.of(row, NetOptions.NONE).seconds();
  }

  NetOptions settings(String name) {
    return settings.getOrDefault(name, NetOptions.NONE);
  }
}
