package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Cursor;
import chat.talk.Page;
import chat.talk.Scheduler;
import chat.talk.room.HubStorage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;
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
  private final Deque<Read> waiting = new ArrayDeque<>();

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
        new Read(
            () -> {
              try {
                answer.complete(question.get());
              } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
              }
            },
            () -> answer.completeExceptionally(closed())));
    return answer;
  }

  /** Fetches the page that a reader wants. */
  void fetch(Reader reader, Cursor from) {
    submit(new Read(() -> fetchPage(reader, from), () -> {}));
  }

  private void fetchPage(Reader reader, Cursor from) {
    try {
      reader.fetched(from, page(reader, from));
      reader.session.fetched(reader);
    } catch (RuntimeException | Error e) {
      LOG.error("The storage failed; reading again in {}", PAUSE, e);
      scheduler.after(PAUSE, () -> reader.session.fetched(reader));
    }
  }

  private Page page(Reader reader, Cursor from) {
    return storage.readAfter(reader.membership.room.id(), from, reader.pageSize());
  }

  private void submit(Read read) {
    synchronized (this) {
      if (reads == MAX_READS) {
        waiting.add(read);
        return;
      }
      reads++;
    }
    start(read);
  }

  /** Once the hub is closed, its threads take nothing more. */
  private void start(Read first) {
    for (Read read = first; read != null; read = next()) {
      Read now = read;
      try {
        executor.execute(() -> run(now));
        return;
      } catch (RejectedExecutionException e) {
        now.giveUp.run();
      }
    }
  }

  private void run(Read read) {
    read.work.run();
    Read next = next();
    if (next != null) {
      start(next);
    }
  }

  private synchronized @Nullable Read next() {
    Read next = waiting.poll();
    if (next == null) {
      reads--;
    }
    return next;
  }

  private static ChatException closed() {
    return new ChatException(Code.CLOSED, "the hub is closed");
  }

  private record Read(Runnable work, Runnable giveUp) {}
}
