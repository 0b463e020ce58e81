package chat.talk.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;

/**
 * Processes and folders that are in use, which go when the JVM is told to end too: the latest
 * first.
 */
final class Leftovers {
  private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();
  private static volatile boolean isEnding;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::closeAll));
  }

  private Leftovers() {}

  /**
   * Remembers something until what is returned is closed, which closes it.
   *
   * @throws CancellationException and closes it, when the JVM is about to end
   */
  static AutoCloseable add(AutoCloseable leftover) {
    synchronized (OPEN) {
      OPEN.push(leftover);
    }
    if (isEnding) {
      closeAll();
    }
    goOn();
    return () -> {
      synchronized (OPEN) {
        OPEN.remove(leftover);
      }
      leftover.close();
    };
  }

  static boolean isEnding() {
    return isEnding;
  }

  /** Nothing new is to be begun when the JVM is about to end: throws then. */
  static void goOn() {
    if (isEnding) {
      throw new CancellationException("it is to end");
    }
  }

  private static void closeAll() {
    isEnding = true;
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
