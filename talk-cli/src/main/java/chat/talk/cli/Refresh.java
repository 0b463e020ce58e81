package chat.talk.cli;

import chat.talk.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Does something again and again, each time a while after the last time was done. */
final class Refresh implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMinutes(2);

  private final Scheduler scheduler;
  private final Supplier<CompletableFuture<Void>> task;
  private Scheduler.Cancellable next = () -> {};
  private boolean closed;

  Refresh(Scheduler scheduler, Supplier<CompletableFuture<Void>> task) {
    this.scheduler = scheduler;
    this.task = task;
  }

  static Refresh of(PeerTerminal terminal) {
    return new Refresh(Scheduler.system(), terminal::refresh);
  }

  /** Plans the next time; nothing happens at once. */
  synchronized void start() {
    if (!closed) {
      next = scheduler.after(INTERVAL, this::run);
    }
  }

  /** A failure is left out: the client itself tells when the registry is gone. */
  private void run() {
    task.get().whenComplete((done, failure) -> start());
  }

  @Override
  public synchronized void close() {
    closed = true;
    next.cancel();
  }
}
