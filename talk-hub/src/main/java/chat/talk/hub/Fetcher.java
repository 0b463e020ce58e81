package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Cursor;
import chat.talk.Page;
import chat.talk.Scheduler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;

/** Reads the storage beside the loop: for readers who are behind the tails, and for questions. */
final class Fetcher implements AutoCloseable {
  /** How many reads are under way at a time; the others wait for their turn. */
  private static final int MAX_READS = 4;

  /** The most reads of all sessions together that may wait. */
  private static final int MAX_WAITING = 1 << 17;

  private final Store store;
  private final Scheduler scheduler;
  private final BoundedWork work;

  Fetcher(Store store, Executor executor, Scheduler scheduler) {
    this.store = store;
    this.scheduler = scheduler;
    this.work = new BoundedWork("talk-hub-read", MAX_READS, MAX_WAITING, executor);
  }

  /** Completes with what the storage says; fails with OVERLOADED or CLOSED. */
  <T> CompletableFuture<T> read(Supplier<T> question) {
    return work.submit(question);
  }

  /** Fetches the page that a reader wants. */
  void fetch(Reader reader, Cursor from) {
    read(() -> store.readAfter(reader.membership.room.id(), from, reader.pageSize()))
        .whenComplete((page, failure) -> fetched(reader, from, page, failure));
  }

  private void fetched(
      Reader reader, Cursor from, @Nullable Page page, @Nullable Throwable failure) {
    if (page != null) {
      reader.fetched(from, page);
      reader.session.fetched(reader);
    } else if (failure != null && ChatException.of(failure).code() != Code.CLOSED) {
      scheduler.after(Loop.PAUSE, () -> reader.session.fetched(reader));
    }
  }

  @Override
  public void close() {
    work.close();
  }
}
