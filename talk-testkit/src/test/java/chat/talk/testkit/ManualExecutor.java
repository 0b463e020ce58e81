package chat.talk.testkit;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Runs what it was given when a test says so, on the thread that says so. */
final class ManualExecutor implements Executor {
  /** Guarded by this. */
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  @Override
  public synchronized void execute(Runnable task) {
    tasks.add(task);
  }

  /** Runs all there is, and what comes of it. */
  void run() {
    while (runOne()) {}
  }

  boolean runOne() {
    Runnable task = next();
    if (task != null) {
      task.run();
    }
    return task != null;
  }

  private synchronized Runnable next() {
    return tasks.poll();
  }

  synchronized int size() {
    return tasks.size();
  }
}
