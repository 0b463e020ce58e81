package chat.talk.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long a process has kept cores busy: the scheduler's own figures of its threads, in
 * nanoseconds; and the system's of the whole process in ticks of 10 ms, which still know of threads
 * that have ended.
 *
 * @param threads nanoseconds by the threads' numbers
 * @param ticks seconds, too few by two ticks at most
 */
record CpuTime(Map<String, Long> threads, double ticks) {
  private static final int TICKS_PER_SECOND = 100;
  private static final double TICKS_LOST = 2.0 / TICKS_PER_SECOND;

  CpuTime {
    threads = Map.copyOf(threads);
  }

  static CpuTime of(long pid) throws IOException {
    Path process = Path.of("/proc/" + pid);
    return new CpuTime(threads(process.resolve("task")), ticks(process.resolve("stat")));
  }

  private static Map<String, Long> threads(Path tasks) throws IOException {
    List<Path> all;
    try (Stream<Path> listed = Files.list(tasks)) {
      all = listed.toList();
    }
    Map<String, Long> times = new HashMap<>();
    for (Path task : all) {
      try {
        String[] fields = Files.readString(task.resolve("schedstat")).split(" ", -1);
        times.put(task.getFileName().toString(), Long.valueOf(fields[0]));
      } catch (IOException e) {
        // A thread that has just ended, or a system without these figures.
      }
    }
    return times;
  }

  private static double ticks(Path stat) throws IOException {
    String line = Files.readString(stat);
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    return (Double.parseDouble(fields[11]) + Double.parseDouble(fields[12])) / TICKS_PER_SECOND;
  }

  /** Seconds since an earlier time of the same process. */
  double since(CpuTime before) {
    double seen = 0;
    for (Map.Entry<String, Long> thread : threads.entrySet()) {
      seen += (thread.getValue() - before.threads.getOrDefault(thread.getKey(), 0L)) / 1e9;
    }
    double counted = ticks - before.ticks;
    return threads.isEmpty() ? counted : Math.max(seen, counted - TICKS_LOST);
  }
}
