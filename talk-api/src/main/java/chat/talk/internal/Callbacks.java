package chat.talk.internal;

import chat.talk.ChatException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/** Completes the futures that users are given, on threads that are there for nothing else. */
public final class Callbacks {
  /**
   * Shut down only when it is idle: on JDK 17, a fork-join pool that is shut down may forget a task
   * without a word, even one that it took before.
   */
  private final ExecutorService pool;

  /** How many tasks the pool has not finished. Guarded by this, as what follows. */
  private int unfinished;

  private boolean closed;

  /** Threads of this name. */
  public Callbacks(String name) {
    pool = Threads.callbacks(name);
  }

  /** The same result, for the user to hang what he likes on: it keeps no other thread busy. */
  public <T> CompletableFuture<T> future(CompletableFuture<T> inner) {
    CompletableFuture<T> outer = new CompletableFuture<>();
    inner.whenComplete(
        (value, failure) ->
            run(
                failure == null
                    ? () -> outer.complete(value)
                    : () -> outer.completeExceptionally(ChatException.of(failure))));
    return outer;
  }

  private void run(Runnable task) {
    if (!isTaken(task)) {
      task.run(); // Too late for a thread of ours, but nobody shall wait for ever.
    }
  }

  private synchronized boolean isTaken(Runnable task) {
    if (closed) {
      return false;
    }
    unfinished++;
    pool.execute(
        () -> {
          try {
            task.run();
          } finally {
            finished();
          }
        });
    return true;
  }

  private synchronized void finished() {
    unfinished--;
    endIfIdle();
  }

  private void endIfIdle() {
    if (closed && unfinished == 0) {
      pool.shutdown();
    }
  }

  /** Lets the threads end once they have done what they were given. */
  public synchronized void shutdown() {
    closed = true;
    endIfIdle();
  }
}
