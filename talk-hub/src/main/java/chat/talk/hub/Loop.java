package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Entry;
import chat.talk.MessageKey;
import chat.talk.Scheduler;
import chat.talk.room.HubStorage;
import chat.talk.room.HubStorage.Appended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;
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

  /** How many groups are decided before others have their turn on the executor. */
  private static final int MAX_TURNS = 64;

  /** How often a commit of unknown outcome is made before it waits. */
  private static final int TRIES_AT_ONCE = 3;

  /** How long a storage that failed is left alone. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  private final HubStorage storage;
  private final Executor executor;
  private final Scheduler scheduler;
  private final Queue<Task> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /** Tasks that wait for the group before them. */
  private final Deque<Task> waiting = new ConcurrentLinkedDeque<>();

  /** What every group does besides; only the loop's. */
  private final List<Habit> habits = new ArrayList<>();

  private volatile boolean stopped;

  Loop(HubStorage storage, Executor executor, Scheduler scheduler) {
    this.storage = storage;
    this.executor = executor;
    this.scheduler = scheduler;
  }

  /** Something to decide. Whatever it throws refuses it, and undoes what it has begun to change. */
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

    /** It was refused, or decided and not stored, or could not be decided. */
    void fail(ChatException why);
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

  /** Decides something that nobody asked for, and tries again until it is done or the hub ends. */
  void insist(Consumer<Batch> decision) {
    submit(
        new Task() {
          @Override
          public boolean decide(Batch batch) {
            decision.accept(batch);
            return true;
          }

          @Override
          public void fail(ChatException why) {
            if (!stopped) {
              scheduler.after(PAUSE, () -> submit(this));
            }
          }
        });
  }

  /** Decides nothing more: what waits fails. */
  void stop() {
    stopped = true;
    failRest();
  }

  private void failRest() {
    ChatException closed = new ChatException(Code.CLOSED, "the hub is closed");
    for (Task task = next(); task != null; task = next()) {
      fail(task, closed);
    }
  }

  private @Nullable Task next() {
    Task first = waiting.poll();
    return first == null ? inbox.poll() : first;
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      execute(this::run);
    }
  }

  private void execute(Runnable step) {
    try {
      executor.execute(step);
    } catch (RejectedExecutionException e) {
      stop();
    }
  }

  /** Takes a few turns, then lets others use the thread. */
  private void run() {
    boolean inDoubt = false;
    try {
      List<Task> group = nextGroup();
      for (int turn = 1; !group.isEmpty() && !inDoubt; turn++) {
        inDoubt = !run(group);
        group = inDoubt || turn == MAX_TURNS ? List.of() : nextGroup();
      }
    } finally {
      if (!inDoubt) {
        rest();
      }
    }
  }

  private void rest() {
    scheduled.set(false);
    if (!stopped && !(inbox.isEmpty() && waiting.isEmpty())) {
      schedule();
    }
  }

  private List<Task> nextGroup() {
    List<Task> group = new ArrayList<>();
    while (!stopped && group.size() < MAX_GROUP) {
      Task next = next();
      if (next == null) {
        break;
      }
      group.add(next);
    }
    return group;
  }

  /** Returns false when it isn't known whether the group is stored: nothing is decided before. */
  private boolean run(List<Task> group) {
    Map<MessageKey, Entry> found = Map.of();
    List<Task> able = group;
    try {
      found = find(group);
    } catch (RuntimeException | Error e) {
      LOG.error("The storage failed to find messages", e);
      able = failAskers(group, asStorageFailure(e));
    }
    Batch batch = new Batch(scheduler.now(), found);
    List<Task> decided = decide(able, batch);
    habits.forEach(habit -> join(habit, batch));
    return commit(batch, decided, 0);
  }

  /** Only those who need to know messages can't be decided without. */
  private static List<Task> failAskers(List<Task> group, ChatException why) {
    List<Task> others = new ArrayList<>(group.size());
    for (Task task : group) {
      if (task.keys().findAny().isPresent()) {
        fail(task, why);
      } else {
        others.add(task);
      }
    }
    return others;
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
   * A refusal is told after the commit, too: what it rests on may have been decided in the group,
   * and when that is undone, the refusal means nothing.
   */
  private static void refuse(Task task, Throwable e, Batch batch) {
    ChatException why = ChatException.of(e);
    if (why.code() == Code.INTERNAL) {
      LOG.error("A command could not be decided", e);
    }
    batch.refuse(failure -> fail(task, failure == null ? why : failure));
  }

  /** Returns false when it isn't known whether the batch is stored. */
  private boolean commit(Batch batch, List<Task> decided, int tries) {
    if (!batch.changesAnything()) {
      batch.finish(List.of());
      return true;
    }
    List<Appended> appended;
    try {
      appended = storage.commit(batch.changes());
    } catch (RuntimeException | Error e) {
      ChatException why = asStorageFailure(e);
      boolean inDoubt = why.code() == Code.TIMED_OUT || (tries > 0 && why.code() != Code.CLOSED);
      if (inDoubt && !stopped) {
        return commitAgain(batch, decided, tries + 1);
      }
      undo(batch, decided, why, e);
      return true;
    }
    batch.finish(appended);
    return true;
  }

  /** What was stored already is not stored twice. */
  private boolean commitAgain(Batch batch, List<Task> decided, int tries) {
    if (tries < TRIES_AT_ONCE) {
      return commit(batch, decided, tries);
    }
    LOG.error("It is not known whether the storage has stored a group; asking again soon");
    scheduler.after(PAUSE, () -> execute(() -> goOn(batch, decided)));
    return false;
  }

  private void goOn(Batch batch, List<Task> decided) {
    if (commit(batch, decided, 1)) {
      run();
    }
  }

  private static void undo(Batch batch, List<Task> decided, ChatException why, Throwable cause) {
    LOG.error("The storage failed; {} decisions are undone", decided.size(), cause);
    batch.rollBackTo(Batch.Mark.START);
    decided.forEach(task -> fail(task, why));
    batch.finishRefusals(why);
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
