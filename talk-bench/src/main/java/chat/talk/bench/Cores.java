package chat.talk.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What this machine gives the processes of a benchmark. */
final class Cores {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private Cores() {}

  /** What to put before a command so that it runs on one core; nothing where that can't be told. */
  static List<String> pinned(int core) {
    boolean isThere =
        Stream.of("/usr/bin/taskset", "/bin/taskset").anyMatch(tool -> Files.exists(Path.of(tool)));
    return isThere ? List.of("taskset", "-c", String.valueOf(core)) : List.of();
  }

  /** Seconds for which this process has kept a core busy. */
  static double busySeconds() {
    return SYSTEM.getProcessCpuTime() / 1e9;
  }

  /** Whether so many connections can be had here; says it when not. */
  static boolean canOpen(int connections) {
    long most = ((UnixOperatingSystemMXBean) SYSTEM).getMaxFileDescriptorCount();
    boolean isEnough = most >= connections + 200;
    if (!isEnough) {
      System.out.printf(
          "%d connections need as many open files, but only %d are allowed: raise ulimit -n%n",
          connections, most);
    }
    return isEnough;
  }
}
