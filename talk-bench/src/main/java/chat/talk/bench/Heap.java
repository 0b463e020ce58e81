package chat.talk.bench;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import javax.management.JMException;
import javax.management.ObjectName;

/** How much is alive. */
final class Heap {
  private Heap() {}

  /** Bytes in use after as much collecting as it takes to find no more. */
  static long used() {
    long before = Long.MAX_VALUE;
    long now = collect();
    while (now < before - (1 << 16)) {
      before = now;
      now = collect();
    }
    return now;
  }

  /** Gives back what the JVM's own code, such as its compilers, has taken and let go of. */
  static void trim() {
    try {
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "systemTrimNativeHeap",
              new Object[0],
              new String[0]);
    } catch (JMException e) {
      // Not every JVM can.
    }
  }

  private static long collect() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
  }
}
