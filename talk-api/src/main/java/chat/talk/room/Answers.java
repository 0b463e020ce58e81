package chat.talk.room;

import chat.talk.ChatException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jetbrains.annotations.Nullable;

/** Completes futures that users hold, where their callbacks keep no thread of a hub busy. */
final class Answers {
  private final Executor executor;

  Answers(Executor executor) {
    this.executor = executor;
  }

  <T> void complete(
      CompletableFuture<T> answer, @Nullable T value, @Nullable ChatException failure) {
    Runnable task =
        failure == null
            ? () -> answer.complete(value)
            : () -> answer.completeExceptionally(failure);
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      task.run(); // Nobody shall wait for ever because an executor was shut down first.
    }
  }
}
