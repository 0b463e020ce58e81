package chat.talk.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Settings of a run, as {@code name=value}. */
record NetOptions(Map<String, String> values) {
  static final NetOptions NONE = new NetOptions(Map.of());

  NetOptions {
    values = Map.copyOf(values);
  }

  static NetOptions of(String... arguments) {
    return of(List.of(arguments));
  }

  static NetOptions of(List<String> arguments) {
    Map<String, String> values = new HashMap<>();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      if (parts.length < 2) {
        throw new IllegalArgumentException("a setting is name=value, but not " + argument);
      }
      values.put(parts[0], parts[1]);
    }
    return new NetOptions(values);
  }

  /** These, and others before them. */
  NetOptions with(NetOptions stronger) {
    Map<String, String> all = new HashMap<>(values);
    all.putAll(stronger.values);
    return new NetOptions(all);
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  int number(String name, int otherwise) {
    return (int) decimal(name, otherwise);
  }

  double decimal(String name, double otherwise) {
    String value = values.get(name);
    try {
      return value == null ? otherwise : Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is a number, but not " + value, e);
    }
  }

  /** Waits for so many seconds as a setting says. */
  void sleep(String name, double otherwise) throws InterruptedException {
    Thread.sleep((long) (1000 * decimal(name, otherwise)));
  }

  /** What the server's JVM is told besides. */
  List<String> jvm() {
    return values.containsKey("jvm") ? List.of(values.get("jvm")) : List.of();
  }

  Path folder() {
    return Path.of(values.getOrDefault("folder", System.getProperty("java.io.tmpdir")));
  }
}
