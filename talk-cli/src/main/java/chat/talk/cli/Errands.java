package chat.talk.cli;

import chat.talk.ChatException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jetbrains.annotations.Nullable;

/**
 * What was entered and is not done yet. A person types on while it is done in its order; a script
 * waits for each. Added to by one thread.
 */
final class Errands {
  private static final long PATIENCE_SECONDS = 3;

  /** What only asks: nobody's words have to wait for it. */
  private static final Set<String> QUESTIONS =
      Set.of(
          ":help",
          ":chats",
          ":who",
          ":history",
          ":comments",
          ":get-file",
          ":invitations",
          ":links",
          ":requests",
          ":scheduled",
          ":status",
          ":devices");

  /** What decides who hears what is entered next. */
  private static final Set<String> LEADING =
      Set.of(":join", ":with", ":create", ":leave", ":remove");

  private final Seat seat;
  private final ExecutorService worker = Executors.newSingleThreadExecutor(Errands::thread);

  /** The first one is being done. Guarded by this, as what follows. */
  private final Deque<Errand> pending = new ArrayDeque<>();

  private int failures;
  private boolean isOver;

  Errands(Seat seat) {
    this.seat = seat;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "talk-errands");
    thread.setDaemon(true);
    return thread;
  }

  /** A line, and what it does; fails with a {@link ChatException}. */
  private static final class Errand {
    final String name;
    final String line;
    final Runnable action;

    /** What has failed before it, and makes it another one than was meant. */
    @Nullable String obstacle;

    Errand(String name, String line, Runnable action) {
      this.name = name;
      this.line = line;
      this.action = action;
    }

    boolean isQuestion() {
      return QUESTIONS.contains(name);
    }
  }

  /** Obeys a command. */
  void command(String name, String line, Runnable action) {
    add(new Errand(name, line, action), true);
  }

  /** Says something, at once unless what was entered before may have to do with it. */
  void words(String name, String text, Runnable action) {
    add(new Errand(name, text, action), isAfterDeeds());
  }

  private synchronized boolean isAfterDeeds() {
    return pending.stream().anyMatch(errand -> !errand.isQuestion());
  }

  private void add(Errand errand, boolean hasToWait) {
    if (seat.console().isScripted() || !hasToWait) {
      attempt(errand);
      return;
    }
    synchronized (this) {
      pending.add(errand);
      countWaiting();
    }
    worker.execute(this::next);
  }

  private void next() {
    Errand errand;
    synchronized (this) {
      if (isOver) {
        return;
      }
      errand = pending.element();
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
    if (!isDone && LEADING.contains(errand.name)) {
      pending.forEach(next -> next.obstacle = errand.name);
    }
    countWaiting();
    notifyAll();
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
    } catch (ChatException e) {
      fail(errand, e);
      return false;
    }
  }

  /** As long as nobody could read that the other has failed, what was entered relied on it. */
  private static void requireNoObstacle(Errand errand) {
    if (errand.obstacle != null && !errand.isQuestion()) {
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
        .forEach(errand -> seat.console().fail("not done: " + Printable.brief(errand.line)));
    seat.unsent().held(0);
    worker.shutdown();
    return failures;
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
