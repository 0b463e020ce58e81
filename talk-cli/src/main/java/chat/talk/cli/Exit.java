package chat.talk.cli;

import java.io.PrintStream;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;

/**
 * Closes what was opened, last first, however the program ends, short of kill -9: by return, by
 * Ctrl-C, SIGTERM or SIGHUP. A signal waits a while for what is being opened or closed just then.
 */
final class Exit implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 5;

  private final Deque<AutoCloseable> open = new ConcurrentLinkedDeque<>();

  /** A semaphore, for the signal keeps it: nothing is to be opened any more. */
  private final Semaphore turn = new Semaphore(1);

  /** As it was before a terminal took it over, which is closed when this is needed. */
  private final PrintStream err = System.err;

  private volatile boolean isClosed;

  private Exit() {}

  /** Has to be called before anything is opened that a signal shall close. */
  static Exit ready() {
    Exit exit = new Exit();
    Runtime.getRuntime().addShutdownHook(new Thread(exit::closeBySignal, "talk-exit"));
    return exit;
  }

  /** The same, for a program that a signal is the usual end of: it ends with 0 then. */
  static Exit readyForSignals() {
    Exit exit = new Exit();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (exit.closeBySignal() && !exit.isClosed) {
                    Runtime.getRuntime().halt(ExitCode.OK);
                  }
                },
                "talk-exit"));
    return exit;
  }

  /** Ends the program from any thread, which does not wait for it. */
  static void soon(int exitCode) {
    Thread thread = new Thread(() -> System.exit(exitCode), "talk-exit-soon");
    thread.setDaemon(true);
    thread.start();
  }

  /** Opens something that is closed at the end. */
  <T extends AutoCloseable> T opening(Supplier<T> opener) {
    turn.acquireUninterruptibly();
    try {
      T opened = opener.get();
      open.push(opened);
      return opened;
    } finally {
      turn.release();
    }
  }

  /**
   * Closes everything.
   *
   * @throws Failure when the program shall say so and end with its code
   */
  @Override
  public void close() {
    isClosed = true;
    turn.acquireUninterruptibly();
    try {
      Failure failure = closeAll();
      if (failure != null) {
        throw failure;
      }
    } finally {
      turn.release();
    }
  }

  /** Returns whether all went well. */
  private boolean closeBySignal() {
    boolean isInTime = hasTurn();
    if (!isInTime) {
      err.println("talk: what was going on did not end in time");
    }
    Failure failure = closeAll();
    if (failure != null) {
      err.println("talk: " + failure.getMessage());
    }
    return isInTime && failure == null;
  }

  private boolean hasTurn() {
    try {
      return turn.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  private @Nullable Failure closeAll() {
    Failure first = null;
    for (AutoCloseable next = open.poll(); next != null; next = open.poll()) {
      try {
        next.close();
      } catch (Exception e) {
        first = first == null ? Failure.of(e) : first;
      }
    }
    return first;
  }
}
