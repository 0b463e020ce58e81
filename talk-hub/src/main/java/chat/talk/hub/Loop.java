package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Entry;
import chat.talk.MessageKey;
import chat.talk.Scheduler;
import chat.talk.Scheduler.Cancellable;
import chat.talk.room.HubStorage.Appended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/**
 * The one place where a hub's state changes. It takes what has come in meanwhile as one group:
 * looks up what the group asks about, decides one task after the other, commits all their changes
 * together, and only then shows and answers them. When the commit fails, every decision of the
 * group is undone. Nothing that changes anything is decided during a commit; questions are, when
 * the commit takes long.
 */
final class Loop {
  /** The most tasks in one group: bounds how long the first of them waits for the last. */
  private static final int MAX_GROUP = 1024;

  /** How many groups are decided before others have their turn on the executor. */
  private static final int MAX_TURNS = 64;

  /** How often a commit of unknown outcome is made before it waits. */
  private static final int TRIES_AT_ONCE = 3;

  /** How long a storage that failed is left alone. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  /** How long the storage may take before questions are answered beside. */
  static final Duration PATIENCE = Duration.ofMillis(100);

  private final Store store;
  private final Executor executor;
  private final Scheduler scheduler;
  private final Queue<Task> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /** Tasks that wait for the group before them. */
  private final Deque<Task> waiting = new ConcurrentLinkedDeque<>();

  /** What every group does besides; only the loop's. */
  private final List<Habit> habits = new ArrayList<>();

  /** Held by the loop, but while it calls the storage; what is the loop's is looked at under it. */
  private final ReentrantLock memory = new ReentrantLock();

  /** Whether the loop calls the storage; changed under the lock, as what follows. */
  private volatile boolean away;

  /** Whether it isn't known what became of the last commit, and nothing is decided before. */
  private volatile boolean inDoubt;

  /** Ends the doubt when there is no more time to ask. */
  private Runnable doubtful = () -> {};

  /** Questions in the group whose commit is under way. */
  private volatile List<Task> asked = List.of();

  /** How many of the waiting have waited since the last time that this was asked for. */
  private int overdue;

  /** Whether somebody is about to look what may be answered beside. */
  private final AtomicBoolean looking = new AtomicBoolean();

  /** Whether somebody will look if the commit under way takes long. */
  private final AtomicBoolean patient = new AtomicBoolean();

  private volatile @Nullable Cancellable nextLook;
  private volatile boolean stopped;

  Loop(Store store, Executor executor, Scheduler scheduler) {
    this.store = store;
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
     * Decides. One that changed nothing and was in a group that could not be stored is asked once
     * more.
     *
     * @return false to be asked again once the group so far is committed; nothing is changed then
     */
    boolean decide(Batch batch);

    /** It was refused, or decided and not stored, or could not be decided. */
    void fail(ChatException why);

    /** Whether there is no point in it unless something is stored. */
    default boolean isAboutTheCommit() {
      return false;
    }

    /**
     * Whether it may be decided, and changes nothing that is stored, while a group is decided and
     * not yet stored.
     *
     * @param settled whether that group will not be undone
     */
    default boolean goesBeside(boolean settled) {
      return false;
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
      lookSoon();
    }
  }

  /**
   * Decides something that nobody asked for and that is not stored, and tries again until it is
   * done or the hub ends.
   */
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

          @Override
          public boolean goesBeside(boolean settled) {
            return settled;
          }
        });
  }

  /** Decides nothing more: what waits fails. */
  void stop() {
    stopped = true;
    Cancellable look = nextLook;
    if (look != null) {
      look.cancel();
    }
    giveUp();
    failRest();
  }

  private void failRest() {
    ChatException closed = new ChatException(Code.CLOSED, "the hub is closed");
    for (Task task = next(); task != null; task = next()) {
      Decisions.fail(task, closed);
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
    boolean settled = true;
    memory.lock();
    try {
      List<Task> group = nextGroup();
      for (int turn = 1; !group.isEmpty() && !inDoubt; turn++) {
        run(group);
        group = inDoubt || turn == MAX_TURNS ? List.of() : nextGroup();
      }
    } finally {
      settled = !inDoubt;
      memory.unlock();
      if (settled) {
        rest();
      } else {
        lookSoon();
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

  private void run(List<Task> group) {
    Map<MessageKey, Entry> found = new HashMap<>();
    List<Task> able = group;
    try {
      found.putAll(find(group));
    } catch (ChatException e) {
      able = Decisions.failAskers(group, e);
    }
    if (store.writesFail()) {
      able = able.stream().filter(task -> !decidesUnstored(task, found)).toList();
    }
    if (!able.isEmpty()) {
      Batch batch = new Batch(scheduler.now(), found);
      List<Task> decided = Decisions.decide(able, batch, this::putBack);
      habits.forEach(habit -> Decisions.join(habit, batch));
      commit(batch, decided, 0);
    }
  }

  private boolean decidesUnstored(Task task, Map<MessageKey, Entry> found) {
    return Decisions.decideUnstored(task, new Batch(scheduler.now(), found));
  }

  private Map<MessageKey, Entry> find(List<Task> group) {
    Set<MessageKey> keys = new HashSet<>();
    group.forEach(task -> task.keys().forEach(keys::add));
    return keys.isEmpty() ? Map.of() : outside(() -> store.find(keys));
  }

  private void putBack(List<Task> rest) {
    for (int i = rest.size() - 1; i >= 0; i--) {
      waiting.addFirst(rest.get(i));
    }
  }

  private void commit(Batch batch, List<Task> decided, int tries) {
    if (!batch.changesAnything()) {
      batch.finish(List.of());
      return;
    }
    List<Appended> appended;
    if (tries == 0) {
      asked = decided.stream().filter(task -> task.goesBeside(false)).toList();
    }
    try {
      appended = outside(() -> store.commit(batch.changes()));
    } catch (ChatException e) {
      failed(batch, decided, tries, e);
      return;
    }
    inDoubt = false;
    asked = List.of();
    batch.finish(appended);
  }

  private void failed(Batch batch, List<Task> decided, int tries, ChatException why) {
    boolean unknown = why.code() == Code.TIMED_OUT || (tries > 0 && why.code() != Code.CLOSED);
    if (unknown && !stopped) {
      inDoubt = true;
      commitAgain(batch, decided, tries + 1);
    } else {
      inDoubt = false;
      asked = List.of();
      undo(batch, decided, why);
    }
  }

  /** What was stored already is not stored twice. */
  private void commitAgain(Batch batch, List<Task> decided, int tries) {
    if (tries < TRIES_AT_ONCE) {
      commit(batch, decided, tries);
    } else {
      refuseOverdue();
      lookAtThoseUnderWay();
      doubtful = () -> failed(batch, decided, tries, unknown());
      scheduler.after(PAUSE, () -> execute(() -> goOn(batch, decided)));
    }
  }

  /** What is in doubt remains so: whoever asked for it is told. */
  private void giveUp() {
    memory.lock();
    try {
      if (inDoubt && !away) {
        doubtful.run();
      }
    } finally {
      memory.unlock();
    }
  }

  private void goOn(Batch batch, List<Task> decided) {
    boolean settled;
    memory.lock();
    try {
      if (inDoubt) {
        commit(batch, decided, 1);
      }
    } finally {
      settled = !inDoubt;
      memory.unlock();
    }
    if (settled) {
      run();
    } else {
      lookSoon();
    }
  }

  /** They may be repeats of what is in doubt: what becomes of them isn't known either. */
  private void refuseOverdue() {
    for (; overdue > 0; overdue--) {
      Task task = waiting.poll();
      if (task != null) {
        Decisions.fail(task, unknown());
      }
    }
    overdue = waiting.size();
  }

  private static ChatException unknown() {
    return new ChatException(Code.TIMED_OUT, "the storage doesn't say what became of a change");
  }

  /** Whoever has changed nothing is decided again, without those who have. */
  private void undo(Batch batch, List<Task> decided, ChatException why) {
    batch.rollBackTo(Batch.Mark.START);
    for (Task task : decided) {
      if (stopped || !Decisions.decideUnstored(task, batch.again())) {
        Decisions.fail(task, why);
      }
    }
    batch.finishRefusals(why);
  }

  // While the storage is called.

  private <T> T outside(Supplier<T> call) {
    away = true;
    memory.unlock();
    lookSoon();
    try {
      return call.get();
    } finally {
      memory.lock();
      away = false;
    }
  }

  /** At once when something is in doubt; else a commit is given a little time first. */
  private void lookSoon() {
    if (!hasMore()) {
      return;
    }
    if (inDoubt) {
      if (looking.compareAndSet(false, true)) {
        execute(this::look);
      }
    } else if (away && patient.compareAndSet(false, true)) {
      nextLook = scheduler.after(PATIENCE, () -> execute(this::lookAfterAll));
    }
  }

  private void lookAfterAll() {
    patient.set(false);
    look();
  }

  private boolean hasMore() {
    return !(inbox.isEmpty() && asked.isEmpty());
  }

  /** Answers what may be answered beside; the rest waits. */
  private void look() {
    looking.set(false);
    if (memory.tryLock()) {
      try {
        if (away || inDoubt) {
          lookAtThoseUnderWay();
          lookAt(nextFromInbox());
        }
      } finally {
        memory.unlock();
      }
      if (stopped) {
        failRest();
      }
      lookSoon();
    }
  }

  private List<Task> nextFromInbox() {
    List<Task> tasks = new ArrayList<>();
    Task next = inbox.poll();
    while (next != null) {
      tasks.add(next);
      next = tasks.size() < MAX_GROUP ? inbox.poll() : null;
    }
    return tasks;
  }

  /** They will be answered once more, which nobody hears. */
  private void lookAtThoseUnderWay() {
    List<Task> questions = asked;
    asked = List.of();
    questions.forEach(task -> decidesUnstored(task, new HashMap<>()));
  }

  private void lookAt(List<Task> tasks) {
    for (Task task : tasks) {
      if (!task.goesBeside(inDoubt) || !decidesUnstored(task, new HashMap<>())) {
        waiting.add(task);
      }
    }
  }
}
