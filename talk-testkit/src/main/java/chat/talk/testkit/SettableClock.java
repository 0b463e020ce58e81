package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbrains.annotations.Nullable;

/**
 * Time that stands still until a test moves it, so that two minutes pass in no time and always in
 * the same way.
 *
 * <p>Methods may be called by any thread. Tasks run on the thread that moves the clock, in the
 * order in which they are due, those due together in the order in which they were scheduled; while
 * one runs, {@link #now()} is the time it was due. Tasks that they schedule run too, when they fall
 * into the same span. A task that is due at once waits for the next move; {@code
 * advance(Duration.ZERO)} is one.
 */
public final class SettableClock implements Scheduler {
  /** Held while tasks run: one move at a time, though a task may move the clock itself. */
  private final ReentrantLock moving = new ReentrantLock();

  /** Guarded by itself, as are the two that follow. */
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::due).thenComparing(Task::number));

  private Instant now;
  private long scheduled;

  /** A clock at the start of the year 2026, UTC. */
  public SettableClock() {
    this(Instant.parse("2026-01-01T00:00:00Z"));
  }

  /**
   * A clock at a time of your choice.
   *
   * @param start what {@link #now()} says until the clock is moved
   */
  public SettableClock(Instant start) {
    now = Objects.requireNonNull(start, "start");
  }

  @Override
  public Instant now() {
    synchronized (tasks) {
      return now;
    }
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    Objects.requireNonNull(task, "task");
    synchronized (tasks) {
      Instant due = delay.isNegative() ? now : now.plus(delay);
      Task added = new Task(due, scheduled++, task);
      tasks.add(added);
      return () -> cancel(added);
    }
  }

  private void cancel(Task task) {
    synchronized (tasks) {
      tasks.remove(task);
    }
  }

  /**
   * Lets time pass, and runs what falls due meanwhile. What a task throws comes out of here; the
   * clock then stands where that task was due, and the others are still to run.
   *
   * @param span how much; zero runs what is due already
   * @throws ChatException with {@link ChatException.Code#INVALID} when it is negative
   */
  public void advance(Duration span) {
    moving.lock();
    try {
      set(now().plus(span));
    } finally {
      moving.unlock();
    }
  }

  /**
   * Moves the clock to a time, as {@link #advance} does.
   *
   * @param time now or later
   * @throws ChatException with {@link ChatException.Code#INVALID} when it lies in the past
   */
  public void set(Instant time) {
    moving.lock();
    try {
      requireNotPast(time);
      for (Task task = next(time); task != null; task = next(time)) {
        task.action.run();
      }
    } finally {
      moving.unlock();
    }
  }

  private void requireNotPast(Instant time) {
    Instant from = now();
    if (time.isBefore(from)) {
      throw new ChatException(
          ChatException.Code.INVALID,
          "a settable clock goes on only: from " + from + " to " + time);
    }
  }

  /** Moves to the next task up to the end of the span and takes it, or to the end. */
  private @Nullable Task next(Instant end) {
    synchronized (tasks) {
      Task first = tasks.peek();
      boolean due = first != null && !first.due.isAfter(end);
      moveTo(due ? first.due : end);
      return due ? tasks.poll() : null;
    }
  }

  private void moveTo(Instant time) {
    if (time.isAfter(now)) {
      now = time;
    }
  }

  /**
   * How many tasks wait to fall due: none, once everything that was under test is closed.
   *
   * @return zero or more
   */
  public int pending() {
    synchronized (tasks) {
      return tasks.size();
    }
  }

  private record Task(Instant due, long number, Runnable action) {}
}
