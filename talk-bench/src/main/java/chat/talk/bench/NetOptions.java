package chat.talk.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Settings of a run, as {@code name=value}. */
record NetOptions(Map<String, String> values) {
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

  int number(String name, int otherwise) {
    return Integer.parseInt(values.getOrDefault(name, String.valueOf(otherwise)));
  }

  /** What the server's JVM is told besides. */
  List<String> jvm() {
    return values.containsKey("jvm") ? List.of(values.get("jvm")) : List.of();
  }

  Path folder() {
    return Path.of(values.getOrDefault("folder", System.getProperty("java.io.tmpdir")));
  }
}
