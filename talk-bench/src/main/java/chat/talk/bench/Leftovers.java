package chat.talk.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Processes and folders that are in use, which go when the JVM is told to end too: the latest
 * first.
 */
final class Leftovers {
  private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::closeAll));
  }

  private Leftovers() {}

  /** Remembers something until what is returned is closed, which closes it. */
  static AutoCloseable add(AutoCloseable leftover) {
    synchronized (OPEN) {
      OPEN.push(leftover);
    }
    return () -> {
      synchronized (OPEN) {
        OPEN.remove(leftover);
      }
      leftover.close();
    };
  }

  private static void closeAll() {
    for (AutoCloseable next = poll(); next != null; next = poll()) {
      try {
        next.close();
      } catch (Exception e) {
        System.err.println(e);
      }
    }
  }

  private static AutoCloseable poll() {
    synchronized (OPEN) {
      return OPEN.poll();
    }
  }
}
