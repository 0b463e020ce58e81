package chat.talk.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What this machine gives the processes of a benchmark. */
final class Cores {
  /** Passes the cores' numbers on to a process that has only one of them. */
  private static final String PROPERTY = "chat.talk.bench.cores";

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final List<Integer> ALLOWED =
      numbers(System.getProperty(PROPERTY, allowedByStatus()));

  private static final boolean CAN_PIN =
      Stream.of("/usr/bin/taskset", "/bin/taskset").anyMatch(tool -> Files.exists(Path.of(tool)));

  private Cores() {}

  /** What to put before a command so that it runs on one core; nothing where that can't be told. */
  static List<String> pinned(int core) {
    return isPinning() ? pin(String.valueOf(ALLOWED.get(core))) : List.of();
  }

  /** What to put before a command so that it runs on all cores. */
  static List<String> all() {
    return isPinning() ? pin(text()) : List.of();
  }

  private static List<String> pin(String cores) {
    return List.of("taskset", "-c", cores);
  }

  /** Whether the server and its load get a core each. */
  static boolean isPinning() {
    return CAN_PIN && ALLOWED.size() > 1;
  }

  /** Why figures of this machine say little; empty when they don't. */
  static String warning() {
    if (ALLOWED.size() < 2) {
      return "one core only: the server and its load take it from each other";
    }
    return CAN_PIN ? "" : "no taskset: the server and its load may take cores from each other";
  }

  static int count() {
    return ALLOWED.size();
  }

  /** An option for a JVM that is to know of all cores, though it runs on one. */
  static String option() {
    return "-D" + PROPERTY + "=" + text();
  }

  private static String text() {
    return String.join(",", ALLOWED.stream().map(String::valueOf).toList());
  }

  private static String allowedByStatus() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("Cpus_allowed_list:"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse("0");
    } catch (IOException e) {
      return "0-" + (Runtime.getRuntime().availableProcessors() - 1);
    }
  }

  /** The numbers in a list such as {@code 0-2,5}. */
  static List<Integer> numbers(String list) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : list.split(",", -1)) {
      String[] ends = part.split("-", 2);
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int number = Integer.parseInt(ends[0]); number <= last; number++) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  /** How many connections can be had here. */
  static int mostConnections() {
    return (int) Math.min(((UnixOperatingSystemMXBean) SYSTEM).getMaxFileDescriptorCount(), 1 << 20)
        - 200;
  }

  /** Whether so many connections can be had here; says it when not. */
  static boolean canOpen(int connections) {
    boolean isEnough = mostConnections() >= connections;
    if (!isEnough) {
      System.out.printf(
          "%d connections need as many open files, but only %d are allowed: raise ulimit -n%n",
          connections, mostConnections() + 200);
    }
    return isEnough;
  }
}
