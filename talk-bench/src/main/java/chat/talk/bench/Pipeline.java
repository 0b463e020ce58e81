package chat.talk.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Starts things, so many at a time; a failure ends the program. */
final class Pipeline {
  private final int inFlight;
  private final Semaphore window;

  Pipeline(int inFlight) {
    this.inFlight = inFlight;
    this.window = new Semaphore(inFlight);
  }

  void run(Supplier<CompletableFuture<?>> action) throws InterruptedException {
    window.acquire();
    action
        .get()
        .whenComplete(
            (value, failure) -> {
              if (failure != null) {
                failure.printStackTrace();
                Runtime.getRuntime().halt(1);
              }
              window.release();
            });
  }

  /** Waits until all that was started is done. */
  void finish() throws InterruptedException {
    window.acquire(inFlight);
    window.release(inFlight);
  }
}
