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
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where a hub's state changes. It takes what has come in meanwhile as one group:
 * looks up what the group asks about, decides one task after the other, commits all their changes
 * together, and only then shows and answers them. When the commit fails, every decision of the
 * group is undone. Nothing that changes anything is decided during a commit; questions are, when
 * the commit takes long.
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

  /** How long the storage may take before questions are answered beside. */
  static final Duration PATIENCE = Duration.ofMillis(100);

  private final Store store;
  private final Executor executor;
  private final Scheduler scheduler;
  private final Queue<Task> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /** Tasks that wait for the group before them. */
  private final Deque<Task> held = new ConcurrentLinkedDeque<>();

  /** What every group does besides; only the loop's. */
  private final List<Habit> habits = new ArrayList<>();

  /** Held by the loop, but while it calls the storage; what is the loop's is looked at under it. */
  private final ReentrantLock memory = new ReentrantLock();

  /** Whether the loop calls the storage; changed under the lock, as what follows. */
  private volatile boolean inStorage;

  /** Whether it isn't known what became of the last commit, and nothing is decided before. */
  private volatile boolean inDoubt;

  /** Ends the doubt when there is no more time to ask. */
  private Runnable doubtful = () -> {};

  /** Questions in the group whose commit is under way. */
  private volatile List<Task> questionsInCommit = List.of();

  /** How many of those held have been so since the last time that this was asked for. */
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
    default List<MessageKey> keys() {
      return List.of();
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
    Task first = held.poll();
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
    memory.lock();
    try {
      List<Task> group = nextGroup();
      for (int turn = 1; !group.isEmpty() && !inDoubt; turn++) {
        run(group);
        group = inDoubt || turn == MAX_TURNS ? List.of() : nextGroup();
      }
    } finally {
      boolean settled = unlock();
      if (settled) {
        rest();
      }
    }
  }

  /** Lets others have the memory; whether nothing is in doubt. */
  private boolean unlock() {
    boolean settled = !inDoubt;
    memory.unlock();
    if (!settled) {
      lookSoon();
      giveUpIfStopped();
    }
    return settled;
  }

  private void rest() {
    scheduled.set(false);
    if (!stopped && !(inbox.isEmpty() && held.isEmpty())) {
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
    try {
      decide(group);
    } catch (RuntimeException | Error e) {
      abandon(group, e);
    }
  }

  /** Only a flaw of the engine leads here; nobody must wait for ever because of it. */
  private void abandon(List<Task> group, Throwable flaw) {
    LOG.error("A group of commands could not be decided", flaw);
    if (inDoubt) {
      stop();
      return;
    }
    ChatException why = new ChatException(Code.INTERNAL, "the hub has failed", flaw);
    Set<Task> again = Set.copyOf(held);
    group.stream().filter(task -> !again.contains(task)).forEach(t -> Decisions.fail(t, why));
  }

  private void decide(List<Task> group) {
    Map<MessageKey, Entry> found = new HashMap<>();
    Set<MessageKey> keys = new HashSet<>();
    List<Task> able = Decisions.addKeys(group, keys);
    try {
      found.putAll(keys.isEmpty() ? Map.of() : outside(() -> store.find(keys)));
    } catch (ChatException e) {
      able = Decisions.failAskers(able, e);
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

  private void putBack(List<Task> rest) {
    for (int i = rest.size() - 1; i >= 0; i--) {
      held.addFirst(rest.get(i));
    }
  }

  private void commit(Batch batch, List<Task> decided, int tries) {
    if (!batch.changesAnything()) {
      batch.finish(List.of());
      return;
    }
    List<Appended> appended;
    if (tries == 0) {
      questionsInCommit =
          decided.stream().filter(task -> Decisions.goesBeside(task, false)).toList();
    }
    try {
      appended = outside(() -> store.commit(batch.changes()));
    } catch (RuntimeException | Error e) {
      failed(batch, decided, tries, e instanceof ChatException why ? why : unknown(e));
      return;
    }
    inDoubt = false;
    questionsInCommit = List.of();
    batch.finish(appended);
  }

  private void failed(Batch batch, List<Task> decided, int tries, ChatException why) {
    boolean unknown = why.code() == Code.TIMED_OUT || (tries > 0 && why.code() != Code.CLOSED);
    if (unknown && !stopped) {
      inDoubt = true;
      commitAgain(batch, decided, tries + 1);
    } else {
      inDoubt = false;
      questionsInCommit = List.of();
      undo(batch, decided, tries > 0 ? unknown(why) : why);
    }
  }

  /** What was stored already is not stored twice. */
  private void commitAgain(Batch batch, List<Task> decided, int tries) {
    if (tries < TRIES_AT_ONCE) {
      commit(batch, decided, tries);
    } else {
      refuseOverdue();
      lookAtThoseUnderWay();
      doubtful = () -> failed(batch, decided, tries, unknown(null));
      scheduler.after(PAUSE, () -> execute(() -> goOn(batch, decided)));
    }
  }

  /** What is in doubt remains so: whoever asked for it is told. */
  private void giveUp() {
    if (memory.tryLock()) {
      try {
        if (inDoubt && !inStorage) {
          doubtful.run();
        }
      } finally {
        memory.unlock();
      }
    }
  }

  /** The hub may have been stopped by somebody who could not have the memory. */
  private void giveUpIfStopped() {
    if (stopped) {
      giveUp();
    }
  }

  private void goOn(Batch batch, List<Task> decided) {
    boolean settled = false;
    memory.lock();
    try {
      if (inDoubt) {
        commit(batch, decided, 1);
      }
    } catch (RuntimeException | Error e) {
      abandon(decided, e);
    } finally {
      settled = unlock();
    }
    if (settled) {
      run();
    }
  }

  /** They may be repeats of what is in doubt: what becomes of them isn't known either. */
  private void refuseOverdue() {
    for (; overdue > 0; overdue--) {
      Task task = held.poll();
      if (task != null) {
        Decisions.fail(task, unknown(null));
      }
    }
    overdue = held.size();
  }

  private static ChatException unknown(@Nullable Throwable cause) {
    return new ChatException(
        Code.TIMED_OUT, "the storage doesn't say what became of a change", cause);
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

  /**
   * Calls the storage while others may look at the memory; for the loop itself, and for tasks that
   * don't go beside, at a moment when what they have changed so far may be seen.
   */
  <T> T outside(Supplier<T> call) {
    inStorage = true;
    memory.unlock();
    try {
      lookSoon();
      return call.get();
    } finally {
      memory.lock();
      inStorage = false;
    }
  }

  /** At once when something is in doubt; else a commit is given a little time first. */
  private void lookSoon() {
    if (!hasMore()) {
      return;
    }
    if (inDoubt) {
      arrange(looking, () -> execute(this::look));
    } else if (inStorage) {
      arrange(patient, this::lookAfterPatience);
    }
  }

  private void lookAfterPatience() {
    nextLook = scheduler.after(PATIENCE, () -> execute(this::lookAfterAll));
  }

  /** Once at a time; one that can't be arranged may be tried again. */
  private static void arrange(AtomicBoolean arranged, Runnable arrangement) {
    if (arranged.compareAndSet(false, true)) {
      try {
        arrangement.run();
      } catch (RuntimeException | Error e) {
        arranged.set(false);
        LOG.error("Questions can't be answered while the storage is called", e);
      }
    }
  }

  private void lookAfterAll() {
    patient.set(false);
    look();
  }

  private boolean hasMore() {
    return !(inbox.isEmpty() && questionsInCommit.isEmpty());
  }

  /** Answers what may be answered beside; the rest waits. */
  private void look() {
    looking.set(false);
    if (memory.tryLock()) {
      try {
        if (inStorage || inDoubt) {
          lookAtThoseUnderWay();
          lookAt(nextFromInbox());
        }
      } finally {
        memory.unlock();
      }
      if (stopped) {
        giveUp();
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
    List<Task> questions = questionsInCommit;
    questionsInCommit = List.of();
    questions.forEach(task -> decidesUnstored(task, new HashMap<>()));
  }

  private void lookAt(List<Task> tasks) {
    for (Task task : tasks) {
      if (!Decisions.goesBeside(task, inDoubt) || !decidesUnstored(task, new HashMap<>())) {
        held.add(task);
      }
    }
  }
}
