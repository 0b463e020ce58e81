package chat.talk.internal;

import chat.talk.ChatException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Calls of plug-ins, which may throw where they should return a failed future. */
public final class Futures {
  private Futures() {}

  /** The call's future; a failed one when it throws or returns none. */
  public static <T> CompletableFuture<T> attempt(Supplier<? extends CompletionStage<T>> call) {
    try {
      return call.get().toCompletableFuture();
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(ChatException.of(e));
    }
  }
}
