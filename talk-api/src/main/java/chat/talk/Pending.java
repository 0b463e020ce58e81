package chat.talk;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Counts calls whose results are still awaited. */
final class Pending {
  /** Guarded by this, as what follows. */
  private int count;

  private CompletableFuture<Void> none = CompletableFuture.completedFuture(null);

  /** Counts a call from before it is made until its result is there. */
  <T> CompletableFuture<T> track(Supplier<CompletableFuture<T>> call) {
    synchronized (this) {
      if (count++ == 0) {
        none = new CompletableFuture<>();
      }
    }
    return Futures.attempt(call).whenComplete((value, failure) -> end());
  }

  private void end() {
    CompletableFuture<Void> last;
    synchronized (this) {
      last = --count == 0 ? none : null;
    }
    if (last != null) {
      last.complete(null);
    }
  }

  /** Completes when nothing is awaited any more. */
  synchronized CompletableFuture<Void> none() {
    return none;
  }
}
