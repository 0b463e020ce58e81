package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Entry;
import chat.talk.MessageKey;
import chat.talk.room.HubStorage;
import chat.talk.room.HubStorage.Appended;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where a hub's state changes. It takes what has come in meanwhile as one group:
 * looks up what the group asks about, decides one task after the other, commits all their changes
 * together, and only then shows and answers them. When the commit fails, every decision of the
 * group is undone. As nothing is decided during a commit, order needs no locks.
 */
final class Loop {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

  /** The most tasks in one group: bounds how long the first of them waits for the last. */
  private static final int MAX_GROUP = 1024;

  /** How often a commit is made of which it isn't known whether it took effect. */
  private static final int MAX_TRIES = 3;

  private final HubStorage storage;
  private final Executor executor;
  private final Supplier<Instant> clock;
  private final Queue<Task> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /** Tasks that wait for the group before them; only the loop's. */
  private final Deque<Task> waiting = new ArrayDeque<>();

  /** What every group does besides; only the loop's. */
  private final List<Habit> habits = new ArrayList<>();

  private volatile boolean stopped;

  Loop(HubStorage storage, Executor executor, Supplier<Instant> clock) {
    this.storage = storage;
    this.executor = executor;
    this.clock = clock;
  }

  /** Something to decide. Whatever it throws refuses it, and undoes what it has begun to change. */
  @FunctionalInterface
  interface Task {
    /** The messages that it needs to know. */
    default Stream<MessageKey> keys() {
      return Stream.empty();
    }

    /**
     * Decides.
     *
     * @return false to be asked again once the group so far is committed; nothing is changed then
     */
    boolean decide(Batch batch);

    /** It was decided, and what it changed could not be stored, or it was refused. */
    default void fail(ChatException why) {}

    /** One that is decided at once, and has nobody to answer to. */
    static Task of(Consumer<Batch> decision) {
      return batch -> {
        decision.accept(batch);
        return true;
      };
    }
  }

  /** Something that each group's commit takes along. */
  interface Habit {
    void join(Batch batch);
  }

  /** Must be called before the first task. */
  void always(Habit habit) {
    habits.add(habit);
  }

  void submit(Task task) {
    inbox.add(task);
    if (stopped) {
      failRest();
    } else {
      schedule();
    }
  }

  /** Decides nothing more: what waits fails. */
  void stop() {
    stopped = true;
    failRest();
  }

  private void failRest() {
    ChatException closed = new ChatException(Code.CLOSED, "the hub is closed");
    for (Task task = inbox.poll(); task != null; task = inbox.poll()) {
      fail(task, closed);
    }
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      executor.execute(this::run);
    }
  }

  private void run() {
    try {
      for (List<Task> group = nextGroup(); !group.isEmpty(); group = nextGroup()) {
        run(group);
      }
    } finally {
      scheduled.set(false);
      if (!stopped && !inbox.isEmpty()) {
        schedule();
      }
    }
  }

  private List<Task> nextGroup() {
    List<Task> group = new ArrayList<>();
    while (!stopped && group.size() < MAX_GROUP) {
      Task next = waiting.isEmpty() ? inbox.poll() : waiting.poll();
      if (next == null) {
        break;
      }
      group.add(next);
    }
    return group;
  }

  private void run(List<Task> group) {
    Map<MessageKey, Entry> found;
    try {
      found = find(group);
    } catch (RuntimeException | Error e) {
      ChatException why = asStorageFailure(e);
      group.forEach(task -> fail(task, why));
      return;
    }
    Batch batch = new Batch(clock.get(), found);
    List<Task> decided = decide(group, batch);
    habits.forEach(habit -> join(habit, batch));
    commit(batch, decided);
  }

  private static void join(Habit habit, Batch batch) {
    Batch.Mark mark = batch.mark();
    try {
      habit.join(batch);
    } catch (RuntimeException | Error e) {
      batch.rollBackTo(mark);
      LOG.error("A habit failed; the group goes on without it", e);
    }
  }

  private Map<MessageKey, Entry> find(List<Task> group) {
    Set<MessageKey> keys = new HashSet<>();
    group.forEach(task -> task.keys().forEach(keys::add));
    return keys.isEmpty() ? Map.of() : storage.find(keys);
  }

  private List<Task> decide(List<Task> group, Batch batch) {
    List<Task> decided = new ArrayList<>(group.size());
    for (int i = 0; i < group.size(); i++) {
      Task task = group.get(i);
      Batch.Mark mark = batch.mark();
      try {
        if (!task.decide(batch)) {
          putBack(group.subList(i, group.size()));
          break;
        }
        decided.add(task);
      } catch (RuntimeException | Error e) {
        batch.rollBackTo(mark);
        refuse(task, e, batch);
      }
    }
    return decided;
  }

  private void putBack(List<Task> rest) {
    for (int i = rest.size() - 1; i >= 0; i--) {
      waiting.addFirst(rest.get(i));
    }
  }

  /**
   * A refusal is told after the commit, too: what it rests on may have been decided in the group.
   */
  private static void refuse(Task task, Throwable e, Batch batch) {
    ChatException why = ChatException.of(e);
    if (why.code() == Code.INTERNAL) {
      LOG.error("A command could not be decided", e);
    }
    batch.afterwards(() -> fail(task, why));
  }

  private void commit(Batch batch, List<Task> decided) {
    List<Appended> appended = List.of();
    if (batch.changesAnything()) {
      try {
        appended = store(batch);
      } catch (RuntimeException | Error e) {
        ChatException why = asStorageFailure(e);
        LOG.error("The storage failed; {} decisions are undone", decided.size(), e);
        batch.rollBackTo(Batch.Mark.START);
        decided.forEach(task -> fail(task, why));
        guarded(batch::finishRefusals);
        return;
      }
    }
    batch.finish(appended);
  }

  /** When it isn't known whether a commit took effect, it is made again: it takes effect once. */
  private List<Appended> store(Batch batch) {
    for (int left = MAX_TRIES; ; left--) {
      try {
        return storage.commit(batch.changes());
      } catch (ChatException e) {
        if (e.code() != Code.TIMED_OUT || left <= 1) {
          throw e;
        }
      }
    }
  }

  private static void fail(Task task, ChatException why) {
    guarded(() -> task.fail(why));
  }

  static void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      LOG.error("A step after a decision failed; the others go on", e);
    }
  }

  private static ChatException asStorageFailure(Throwable e) {
    return e instanceof ChatException known
        ? known
        : new ChatException(Code.STORAGE, "the storage failed", e);
  }
}
