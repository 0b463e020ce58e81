package chat.talk.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;

/** Starts things, so many at a time; nothing more once one has failed. */
final class Pipeline {
  private final int inFlight;
  private final Semaphore window;
  private volatile @Nullable Throwable failure;

  Pipeline(int inFlight) {
    this.inFlight = inFlight;
    this.window = new Semaphore(inFlight);
  }

  void run(Supplier<CompletableFuture<?>> action) throws InterruptedException {
    window.acquire();
    check();
    action
        .get()
        .whenComplete(
            (value, failed) -> {
              if (failed != null) {
                failure = failed;
              }
              window.release();
            });
  }

  /** Waits until all that was started is done. */
  void finish() throws InterruptedException {
    window.acquire(inFlight);
    check();
    window.release(inFlight);
  }

  private void check() {
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }
}
