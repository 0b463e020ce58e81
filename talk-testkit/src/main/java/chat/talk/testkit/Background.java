package chat.talk.testkit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Runs each task on a thread of its own: the common pool may have one only, and tasks that wait for
 * each other would wait for ever.
 */
final class Background {
  static final Executor THREADS =
      task -> {
        Thread thread = new Thread(task, "background");
        thread.setDaemon(true);
        thread.start();
      };

  private Background() {}

  static CompletableFuture<Void> run(Runnable task) {
    return CompletableFuture.runAsync(task, THREADS);
  }

  static <T> CompletableFuture<T> supply(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, THREADS);
  }
}
