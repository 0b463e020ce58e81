package chat.talk.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Settings of a run, as {@code name=value}: names that are known, numbers that make sense. */
record NetOptions(Map<String, String> values) {
  static final NetOptions NONE = new NetOptions(Map.of());

  /** How often a row is measured in full. */
  private static final int RUNS = 3;

  /** Seconds after which a JVM on one core has compiled most of what it will. */
  private static final double WARM = 25;

  /** Seconds in which the load has warmed up too, beside a server that need not. */
  private static final double COMPILED = 4;

  /** Whole numbers. */
  private static final Map<String, Range> NUMBERS =
      Map.ofEntries(
          Map.entry("runs", new Range(1, 100)),
          Map.entry("readers", new Range(1, 1_000_000)),
          Map.entry("senders", new Range(1, LoadRoom.SENDERS)),
          Map.entry("members", new Range(1, LoadRoom.SENDERS)),
          Map.entry("chats", new Range(1, 100_000)),
          Map.entry("window", new Range(1, 10_000)),
          Map.entry("size", new Range(NumberedText.MARK_LENGTH, 60_000)),
          Map.entry("rate", new Range(1, 1_000_000)),
          Map.entry("active", new Range(1, 1_000_000)),
          Map.entry("first", new Range(0, 1_000_000)),
          Map.entry("last", new Range(0, 1_000_000)),
          Map.entry("all", new Range(1, 1_000_000)),
          Map.entry("some", new Range(1, 1_000_000)),
          Map.entry("busy", new Range(1, 1_000_000)),
          Map.entry("history", new Range(0, 100_000_000)));

  /** What changes nothing about how large a row is. */
  private static final Set<String> SIZELESS =
      Set.of("rows", "runs", "seconds", "warmup", "history", "folder", "jvm");

  private static final Set<String> SECONDS = Set.of("seconds", "warmup", "begin", "lone", "rest");

  private static final Set<String> TEXTS = Set.of("rows", "folder", "jvm");

  private record Range(int least, int most) {
    void check(String name, String value) {
      boolean isNumber = value.matches("[0-9]{1,9}");
      if (!isNumber || Integer.parseInt(value) < least || Integer.parseInt(value) > most) {
        throw new IllegalArgumentException(
            "%s is a whole number from %d to %d, but not %s".formatted(name, least, most, value));
      }
    }
  }

  NetOptions {
    values = Map.copyOf(values);
  }

  static NetOptions of(String... arguments) {
    return of(List.of(arguments));
  }

  /**
   * Understands settings.
   *
   * @throws IllegalArgumentException with words for whoever has given them
   */
  static NetOptions of(List<String> arguments) {
    Map<String, String> values = new HashMap<>();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      if (parts.length < 2) {
        throw new IllegalArgumentException("a setting is name=value, but not " + argument);
      }
      check(parts[0], parts[1]);
      values.put(parts[0], parts[1]);
    }
    return new NetOptions(values);
  }

  private static void check(String name, String value) {
    if (NUMBERS.containsKey(name)) {
      NUMBERS.get(name).check(name, value);
    } else if (SECONDS.contains(name)) {
      checkSeconds(name, value);
    } else if (name.equals("folder")) {
      checkFolder(value);
    } else if (!TEXTS.contains(name)) {
      throw new IllegalArgumentException("no setting " + name + "; there are " + names());
    }
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>(NUMBERS.keySet());
    names.addAll(SECONDS);
    names.addAll(TEXTS);
    return names;
  }

  private static void checkSeconds(String name, String value) {
    if (!value.matches("[0-9]{1,5}(\\.[0-9]{1,3})?")) {
      throw new IllegalArgumentException(
          name + " is a time in seconds, such as 5 or 0.5, but not " + value);
    }
  }

  private static void checkFolder(String value) {
    if (!Files.isDirectory(Path.of(value))) {
      throw new IllegalArgumentException("folder is one that is there, but not " + value);
    }
  }

  /** These, and others before them. */
  NetOptions with(NetOptions stronger) {
    Map<String, String> all = new HashMap<>(values);
    all.putAll(stronger.values);
    return new NetOptions(all);
  }

  NetOptions without(String name) {
    Map<String, String> fewer = new HashMap<>(values);
    fewer.remove(name);
    return new NetOptions(fewer);
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  int number(String name, int otherwise) {
    return values.containsKey(name) ? Integer.parseInt(values.get(name)) : otherwise;
  }

  double decimal(String name, double otherwise) {
    return values.containsKey(name) ? Double.parseDouble(values.get(name)) : otherwise;
  }

  /** How often a row is measured. */
  int runs() {
    return number("runs", RUNS);
  }

  /**
   * Whether a row is measured as in full: as large, as often, as warm, and for so many seconds at
   * least.
   */
  boolean areEnough(double seconds) {
    return SIZELESS.containsAll(values.keySet())
        && runs() >= RUNS
        && decimal("warmup", WARM) >= WARM
        && decimal("seconds", seconds) >= seconds;
  }

  /** Waits for so many seconds as a setting says. */
  void sleep(String name, double otherwise) throws InterruptedException {
    Thread.sleep((long) (1000 * decimal(name, otherwise)));
  }

  /** How long a contender gets before it is measured: what is compiled at first needs no more. */
  double warmUp(Contender contender) {
    double seconds = decimal("warmup", WARM);
    return contender.isCompiledAtFirst() ? Math.min(seconds, COMPILED) : seconds;
  }

  /** What the server's JVM is told besides. */
  List<String> jvm() {
    return values.containsKey("jvm") ? List.of(values.get("jvm")) : List.of();
  }

  Path folder() {
    return Path.of(values.getOrDefault("folder", System.getProperty("java.io.tmpdir")));
  }
}
