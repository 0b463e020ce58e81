package chat.talk.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where it was measured.
 *
 * @param load how many processes wanted a core in the last minute before
 */
record Machine(
    String date,
    String processor,
    int cores,
    String memory,
    String system,
    String jdk,
    String files,
    double load) {
  /** This one, with the file system of a folder. */
  static Machine here(Path folder) throws IOException {
    return new Machine(
        LocalDate.now(ZoneOffset.UTC).toString(),
        find("/proc/cpuinfo", "model name").orElse(System.getProperty("os.arch")),
        Cores.count(),
        find("/proc/meminfo", "MemTotal").map(Machine::gigabytes).orElse("memory unknown"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vendor") + " " + System.getProperty("java.version"),
        Files.getFileStore(folder).type(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** Whether in the last minute half a core was taken, so that figures are too low. */
  static boolean isBusy() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage() > 0.5;
  }

  /** Whether what is written into a folder goes to no disk. */
  static boolean isMemory(Path folder) throws IOException {
    return Set.of("tmpfs", "ramfs").contains(Files.getFileStore(folder).type());
  }

  private static Optional<String> find(String file, String name) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String gigabytes(String kilobytes) {
    double size = Double.parseDouble(kilobytes.replaceAll("[^0-9]", ""));
    return String.format(Locale.ROOT, "%.0f GiB", size / (1 << 20));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s; %s, %d %s, %s; %s; JDK %s; files on %s; load average before: %.2f",
        date,
        processor,
        cores,
        cores == 1 ? "core" : "cores",
        memory,
        system,
        jdk,
        files,
        load);
  }
}
