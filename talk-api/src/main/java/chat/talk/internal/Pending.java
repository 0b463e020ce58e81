package chat.talk.internal;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Counts calls whose results are still awaited. */
public final class Pending {
  /** Guarded by this, as what follows. */
  private int count;

  private CompletableFuture<Void> none = CompletableFuture.completedFuture(null);

  /** Counts a call from before it is made until its result is there. */
  public <T> CompletableFuture<T> track(Supplier<CompletableFuture<T>> call) {
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
  public synchronized CompletableFuture<Void> none() {
    return none;
  }
}
