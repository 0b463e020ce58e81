package chat.talk;

import chat.talk.ChatException.Code;
import chat.talk.internal.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Group commit: what waits while the storage is busy goes into it together. Appends take effect in
 * the order of the calls.
 */
final class GroupAppender {
  /** The most events in one call of the storage: bounds how long the first of them waits. */
  private static final int MAX_GROUP = 1024;

  private final Storage storage;
  private final Executor executor;
  private final Consumer<List<Entry>> onAppended;

  /** Guarded by this. */
  private List<Append> waiting = new ArrayList<>();

  /** Whether a task that takes what waits is on its way. Guarded by this. */
  private boolean scheduled;

  /**
   * Appends to the storage on the executor, which runs one task at a time.
   *
   * @param onAppended told of each group after it is stored and before its futures complete
   */
  GroupAppender(Storage storage, Executor executor, Consumer<List<Entry>> onAppended) {
    this.storage = storage;
    this.executor = executor;
    this.onAppended = onAppended;
  }

  /** Completes with the event's entry on the executor's thread. */
  CompletableFuture<Entry> append(Event event) {
    Append append = new Append(event, new CompletableFuture<>());
    synchronized (this) {
      waiting.add(append);
      if (scheduled) {
        return append.done;
      }
      scheduled = true;
    }
    try {
      executor.execute(this::appendWaiting);
    } catch (RejectedExecutionException e) {
      fail(takeWaiting(), Failures.closed("the client"));
    }
    return append.done;
  }

  private synchronized List<Append> takeWaiting() {
    List<Append> all = waiting;
    waiting = new ArrayList<>();
    scheduled = false;
    return all;
  }

  private void appendWaiting() {
    List<Append> all = takeWaiting();
    for (int from = 0; from < all.size(); from += MAX_GROUP) {
      appendGroup(all.subList(from, Math.min(all.size(), from + MAX_GROUP)));
    }
  }

  private void appendGroup(List<Append> group) {
    List<Entry> entries;
    try {
      entries = storage.append(group.stream().map(Append::event).toList());
      if (entries.stream().filter(Objects::nonNull).count() != group.size()) {
        throw new IllegalStateException("the storage did not return an entry for each event");
      }
    } catch (RuntimeException | Error e) {
      fail(group, asStorageFailure(e));
      return;
    }
    onAppended.accept(entries);
    for (int i = 0; i < entries.size(); i++) {
      group.get(i).done.complete(entries.get(i));
    }
  }

  private static void fail(List<Append> group, ChatException failure) {
    group.forEach(append -> append.done.completeExceptionally(failure));
  }

  private static ChatException asStorageFailure(Throwable e) {
    return e instanceof ChatException known
        ? known
        : new ChatException(Code.STORAGE, "the storage failed", e);
  }

  private record Append(Event event, CompletableFuture<Entry> done) {}
}
