package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Cursor;
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
  private final Stretches stretches = new Stretches();

  Fetcher(Store store, Executor executor, Scheduler scheduler) {
    this.store = store;
    this.scheduler = scheduler;
    this.work = new BoundedWork("talk-hub-read", MAX_READS, MAX_WAITING, executor);
  }

  /** Completes with what the storage says; fails with OVERLOADED or CLOSED. */
  <T> CompletableFuture<T> read(Supplier<T> question) {
    return work.submit(question);
  }

  /** Fetches the stretch that a reader wants. */
  void fetch(Reader reader, Cursor from) {
    Room room = reader.membership.room;
    int size = Math.min(reader.pageSize(), toBoundary(from));
    stretches
        .find(room, from, () -> read(() -> stretch(room, from, size)))
        .whenComplete((stretch, failure) -> fetched(reader, stretch, failure));
  }

  /** Those who read large pages soon read the same ones. */
  private static int toBoundary(Cursor from) {
    return Reader.MAX_PAGE - (int) (from.sequence() % Reader.MAX_PAGE);
  }

  private Stretch stretch(Room room, Cursor from, int size) {
    return Stretch.of(room.id(), from, store.readAfter(room.id(), from, size));
  }

  private void fetched(Reader reader, @Nullable Stretch stretch, @Nullable Throwable failure) {
    if (stretch != null) {
      reader.fetched(stretch);
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
