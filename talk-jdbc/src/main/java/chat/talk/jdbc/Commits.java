package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.jdbc.Logs.Log;
import chat.talk.jdbc.Statements.Work;
import chat.talk.room.HubStorage.Appended;
import chat.talk.room.HubStorage.Change;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;

/**
 * Commits in groups: what several threads hand over while a transaction is under way goes into the
 * next one, all together. Whoever comes first commits for those who wait; nobody waits for others
 * to come.
 */
final class Commits {
  /** The most changes in one transaction, unless one caller alone brings more. */
  private static final int MAX_CHANGES = 4096;

  private final Pool pool;
  private final Logs logs;
  private final Queue<Commit> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock committing = new ReentrantLock();

  /** Whether logs may end elsewhere than is known here. Guarded by {@link #committing}. */
  private boolean logsAreUncertain;

  /**
   * The connection that was written to: behind another one there may be another server. Guarded by
   * {@link #committing}.
   */
  private @Nullable Statements last;

  Commits(Pool pool, Logs logs) {
    this.pool = pool;
    this.logs = logs;
  }

  /** What one caller wants. Its outcome is guarded by {@link #committing}. */
  private static final class Commit {
    final List<? extends Change> changes;
    @Nullable List<Appended> appended;
    @Nullable RuntimeException failure;

    Commit(List<? extends Change> changes) {
      this.changes = changes;
    }

    boolean isDone() {
      return appended != null || failure != null;
    }

    List<Appended> outcome() {
      if (failure != null) {
        throw failure;
      }
      return List.copyOf(appended);
    }
  }

  List<Appended> commit(List<? extends Change> changes) {
    Commit commit = new Commit(changes);
    waiting.add(commit);
    committing.lock();
    try {
      while (!commit.isDone()) {
        commitTogether(nextGroup());
      }
    } finally {
      committing.unlock();
    }
    return commit.outcome();
  }

  /** Reads while nothing is committed: else facts could be ahead of the logs as known here. */
  <T> T meanwhileNone(Supplier<T> reading) {
    committing.lock();
    try {
      return reading.get();
    } finally {
      committing.unlock();
    }
  }

  private List<Commit> nextGroup() {
    List<Commit> group = new ArrayList<>();
    int changes = 0;
    Commit next = waiting.peek();
    while (next != null && (group.isEmpty() || changes + next.changes.size() <= MAX_CHANGES)) {
      group.add(next);
      waiting.remove();
      changes += next.changes.size();
      next = waiting.peek();
    }
    return group;
  }

  /** However it ends, each of the group has an outcome then. */
  private void commitTogether(List<Commit> group) {
    if (group.isEmpty()) {
      throw new IllegalStateException("a commit was taken, but has no outcome");
    }
    try {
      tryTogether(group);
    } catch (Error e) {
      ChatException unknown =
          new ChatException(Code.TIMED_OUT, "it is not known what was stored: " + e, e);
      group.stream().filter(one -> !one.isDone()).forEach(one -> one.failure = unknown);
      throw e;
    }
  }

  /** When a group can't be committed, each is tried by itself: one may be to blame. */
  private void tryTogether(List<Commit> group) {
    try {
      share(group, write(group.stream().flatMap(one -> one.changes.stream()).toList()));
    } catch (RuntimeException e) {
      boolean mayBeOnesFault = group.size() > 1 && !isInDoubt(e);
      for (Commit one : group) {
        if (mayBeOnesFault) {
          commitTogether(List.of(one));
        } else {
          one.failure = e;
        }
      }
    }
  }

  private static boolean isInDoubt(RuntimeException e) {
    return e instanceof ChatException failure && failure.code() == Code.TIMED_OUT;
  }

  private static void share(List<Commit> group, List<Appended> appended) {
    int from = 0;
    for (Commit one : group) {
      int to = from + (int) one.changes.stream().filter(Change.Append.class::isInstance).count();
      one.appended = appended.subList(from, to);
      from = to;
    }
  }

  private List<Appended> write(List<? extends Change> changes) {
    Transaction transaction = new Transaction(changes);
    List<Appended> appended = pool.write(transaction);
    logs.putAll(transaction.changed);
    logsAreUncertain = false;
    return appended;
  }

  /** The work of one transaction; another time, it trusts in nothing that is known here. */
  private final class Transaction implements Work<List<Appended>> {
    private final List<? extends Change> changes;
    private Map<ChatId, Log> changed = Map.of();

    Transaction(List<? extends Change> changes) {
      this.changes = changes;
    }

    @Override
    public List<Appended> with(Statements statements) throws SQLException {
      boolean trusting = !logsAreUncertain && (last == null || last == statements);
      logsAreUncertain = true;
      last = statements;
      Map<ChatId, Log> renewed = trusting ? Map.of() : logs.reload(statements);
      Group group = new Group(logs, renewed, statements, trusting);
      changed = group.changed();
      return group.make(changes);
    }
  }
}
