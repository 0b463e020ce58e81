package chat.talk.hub;

import chat.talk.Page;
import chat.talk.Scheduler;
import chat.talk.room.HubStorage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the storage beside the loop: for readers who are behind the tails, and for questions. */
final class Fetcher {
  private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);

  /** How many reads are under way at a time; the others wait for their turn. */
  private static final int MAX_READS = 4;

  /** How long a storage that failed is left alone. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final HubStorage storage;
  private final Executor executor;
  private final Scheduler scheduler;

  /** Guarded by this, as what follows. */
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  private int reads;

  Fetcher(HubStorage storage, Executor executor, Scheduler scheduler) {
    this.storage = storage;
    this.executor = executor;
    this.scheduler = scheduler;
  }

  /** Completes with what the storage says. */
  <T> CompletableFuture<T> read(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    submit(
        () -> {
          try {
            answer.complete(question.get());
          } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  /** Fetches the page that the reader wants. */
  void fetch(Reader reader) {
    submit(
        () -> {
          try {
            reader.fetched(page(reader));
            reader.session.fetched(reader);
          } catch (RuntimeException | Error e) {
            LOG.error("The storage failed; reading again in {}", PAUSE, e);
            scheduler.after(PAUSE, () -> reader.session.fetched(reader));
          }
        });
  }

  private Page page(Reader reader) {
    return storage.readAfter(reader.membership.room.id(), reader.wanted(), Reader.PAGE);
  }

  private void submit(Runnable read) {
    synchronized (this) {
      if (reads == MAX_READS) {
        waiting.add(read);
        return;
      }
      reads++;
    }
    executor.execute(() -> run(read));
  }

  private void run(Runnable read) {
    read.run();
    Runnable next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        reads--;
      }
    }
    if (next != null) {
      executor.execute(() -> run(next));
    }
  }
}
