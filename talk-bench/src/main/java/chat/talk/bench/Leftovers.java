package chat.talk.bench;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;

/**
 * Processes and folders that are in use, which go when the JVM is told to end too: the latest
 * first.
 */
final class Leftovers {
  /** Also the lock: what is being made when the JVM is told to end is there to be ended too. */
  private static final Deque<Leftover<?>> OPEN = new ArrayDeque<>();

  private static boolean isEnding;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::endAll));
  }

  private Leftovers() {}

  /** Makes something. */
  interface Maker<T> {
    T make() throws IOException;
  }

  /** Ends something. */
  interface Ending<T> {
    void end(T value) throws Exception;
  }

  /** Something that ends when this is closed, or the JVM is told to end. */
  static final class Leftover<T> implements AutoCloseable {
    private final T value;
    private final Ending<T> ending;
    private boolean isEnded;

    private Leftover(T value, Ending<T> ending) {
      this.value = value;
      this.ending = ending;
    }

    T value() {
      return value;
    }

    /** Ends it once; whoever comes second waits until it has ended. */
    @Override
    public synchronized void close() throws Exception {
      if (isEnded) {
        return;
      }
      isEnded = true;
      try {
        ending.end(value);
      } finally {
        synchronized (OPEN) {
          OPEN.remove(this);
        }
      }
    }
  }

  /**
   * Makes something that is to end some day.
   *
   * @throws CancellationException instead, when the JVM is about to end
   */
  static <T> Leftover<T> make(Maker<T> maker, Ending<T> ending) throws IOException {
    synchronized (OPEN) {
      goOn();
      Leftover<T> made = new Leftover<>(maker.make(), ending);
      OPEN.push(made);
      return made;
    }
  }

  static boolean isEnding() {
    synchronized (OPEN) {
      return isEnding;
    }
  }

  /** Nothing new is to be begun when the JVM is about to end: throws then. */
  static void goOn() {
    if (isEnding()) {
      throw new CancellationException("it is to end");
    }
  }

  private static void endAll() {
    for (Leftover<?> next = next(); next != null; next = next()) {
      try {
        next.close();
      } catch (Exception e) {
        System.err.println(e);
      }
    }
  }

  private static Leftover<?> next() {
    synchronized (OPEN) {
      isEnding = true;
      return OPEN.peek();
    }
  }
}
