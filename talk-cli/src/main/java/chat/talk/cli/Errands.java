package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.cli.RoomCommand.Concern;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jetbrains.annotations.Nullable;

/**
 * What was entered and is not done yet. A person types on while it is done in its order; a script
 * waits for each. Added to by one thread.
 */
final class Errands {
  private static final long PATIENCE_SECONDS = 3;

  /** Until a person has read what was just shown, and stopped typing. */
  private static final long READING_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Seat seat;
  private final LongSupplier nanos;
  private final ExecutorService worker = Executors.newSingleThreadExecutor(Errands::thread);

  /** The first one is being done. Guarded by this, as what follows. */
  private final Deque<Errand> pending = new ArrayDeque<>();

  /** The leading command that failed, as long as somebody may not know; see {@link #obstacle}. */
  private @Nullable String failed;

  private long failedAt;

  /** What was refused since it failed: whoever enters it again has read why. */
  private final Set<String> refused = new HashSet<>();

  private int failures;
  private boolean isOver;

  /**
   * Nothing as yet.
   *
   * @param nanos a clock as {@link System#nanoTime()} is
   */
  Errands(Seat seat, LongSupplier nanos) {
    this.seat = seat;
    this.nanos = nanos;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "talk-errands");
    thread.setDaemon(true);
    return thread;
  }

  /** A line, and what it does. */
  private static final class Errand {
    final String name;
    final Concern concern;
    final String line;
    final Runnable action;

    boolean isBegun;

    /** What has failed before it, and makes it another one than was meant. */
    @Nullable String obstacle;

    Errand(String name, Concern concern, String line, Runnable action) {
      this.name = name;
      this.concern = concern;
      this.line = line;
      this.action = action;
    }

    boolean isQuestion() {
      return concern == Concern.NONE;
    }

    /** Whether it is another one than was meant once a leading command has failed. */
    boolean reliesOn(String leading) {
      return concern.reliesOnTheWay() && !name.equals(leading);
    }
  }

  /** Obeys a command. */
  void command(String name, Concern concern, String line, Runnable action) {
    add(new Errand(name, concern, line, action), true);
  }

  /** Says something, at once unless what was entered before may have to do with it. */
  void words(String name, String text, Runnable action) {
    add(new Errand(name, Concern.CHAT, text, action), isAfterDeeds());
  }

  private synchronized boolean isAfterDeeds() {
    return pending.stream().anyMatch(errand -> !errand.isQuestion());
  }

  private void add(Errand errand, boolean hasToWait) {
    boolean isScripted = seat.console().isScripted();
    boolean waits = hasToWait && !isScripted;
    enter(errand, waits);
    if (waits) {
      worker.execute(this::next);
      return;
    }
    boolean isDone = attempt(errand);
    if (isScripted) {
      led(errand, isDone);
    }
  }

  /** At once: what fails meanwhile is in its way, whether it waits already or not. */
  private synchronized void enter(Errand errand, boolean waits) {
    errand.obstacle = obstacle(errand);
    if (waits) {
      pending.add(errand);
      countWaiting();
    }
  }

  /** A script can't read that something failed; a person needs a while, or has read it. */
  private @Nullable String obstacle(Errand errand) {
    boolean isRead =
        !seat.console().isScripted()
            && (nanos.getAsLong() - failedAt >= READING_NANOS || refused.contains(errand.line));
    return failed != null && !isRead && errand.reliesOn(failed) ? failed : null;
  }

  private void next() {
    Errand errand;
    synchronized (this) {
      if (isOver) {
        return;
      }
      errand = pending.element();
      errand.isBegun = true;
      countWaiting();
    }
    boolean isDone = false;
    try {
      isDone = attempt(errand);
    } finally {
      done(errand, isDone);
    }
  }

  private synchronized void done(Errand errand, boolean isDone) {
    pending.remove();
    led(errand, isDone);
    countWaiting();
    notifyAll();
  }

  /** What was entered meanwhile relied on it; nobody could read yet how it ended. */
  private synchronized void led(Errand errand, boolean isDone) {
    if (!errand.concern.isLeading() || errand.obstacle != null) {
      return;
    }
    failed = isDone ? null : errand.name;
    failedAt = nanos.getAsLong();
    refused.clear();
    pending.forEach(next -> next.obstacle = isDone || !next.reliesOn(failed) ? null : failed);
  }

  /** To be called with the lock. */
  private void countWaiting() {
    seat.unsent().held(Math.max(0, pending.size() - 1));
  }

  private boolean attempt(Errand errand) {
    try {
      requireNoObstacle(errand);
      errand.action.run();
      return true;
    } catch (RuntimeException e) {
      fail(errand, ChatException.of(e));
      return false;
    }
  }

  private synchronized void requireNoObstacle(Errand errand) {
    if (errand.obstacle != null) {
      if (!seat.console().isScripted()) {
        refused.add(errand.line);
      }
      String line = Printable.brief(errand.line);
      throw Arguments.invalid("not done, because " + errand.obstacle + " failed: " + line);
    }
  }

  private void fail(Errand errand, ChatException why) {
    synchronized (this) {
      failures++;
      if (isOver) {
        return;
      }
    }
    seat.fail(errand.name, "", why);
  }

  /**
   * Waits a while for what is not done yet, and says what stays so.
   *
   * @return how many have failed
   */
  synchronized int end() {
    awaitAll();
    isOver = true;
    pending.stream()
        .filter(errand -> !errand.isQuestion())
        .forEach(errand -> seat.console().fail(left(errand)));
    seat.unsent().held(0);
    worker.shutdown();
    return failures;
  }

  private static String left(Errand errand) {
    String what = errand.isBegun ? "the hub has not answered, it may be done: " : "not done: ";
    return what + Printable.brief(errand.line);
  }

  private void awaitAll() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      long left = PATIENCE_SECONDS * 1000;
      while (!pending.isEmpty() && left > 0) {
        wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
