package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.Scheduler;
import chat.talk.room.Fact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Facts that may be saved a little later: they go along with the next commit, and by themselves
 * only when there is none for a second. Only the loop's.
 */
final class Unsaved implements Loop.Habit {
  private static final Duration DELAY = Duration.ofSeconds(1);

  /** The most that one commit takes along. */
  private static final int MAX_SAVED = 4_096;

  private final Loop loop;
  private final Scheduler scheduler;
  private final Alarm alarm;

  /** How each is put into a batch; it is made then, for it may have changed once more. */
  private final Map<Fact.Key, Consumer<Batch>> waiting = new LinkedHashMap<>();

  /** What an answer of this group tells, so that it can't wait. */
  private final Set<Fact.Key> required = new LinkedHashSet<>();

  private boolean due;
  private int limit = MAX_SAVED;

  Unsaved(Loop loop, Scheduler scheduler) {
    this.loop = loop;
    this.scheduler = scheduler;
    this.alarm = new Alarm(scheduler, () -> loop.submit(new Save()));
  }

  /** No commit is waited for any more. */
  void stop() {
    alarm.stop();
  }

  /** Lets the group that it is in take along what waits. */
  private final class Save implements Loop.Task {
    @Override
    public boolean decide(Batch batch) {
      due = !waiting.isEmpty();
      alarm.rearm(null);
      return true;
    }

    @Override
    public void fail(ChatException why) {
      alarm.rearm(scheduler.now().plus(DELAY));
    }

    @Override
    public boolean isAboutTheCommit() {
      return true;
    }
  }

  void keep(Fact fact) {
    keep(fact.key(), batch -> batch.put(fact));
  }

  void keep(Membership membership) {
    keep(membership.fact().key(), batch -> batch.put(membership));
  }

  private void keep(Fact.Key key, Consumer<Batch> fact) {
    waiting.put(key, fact);
    alarm.set(scheduler.now().plus(DELAY));
  }

  /** Lets the next commit take along everything, however much that is. */
  void saveAll() {
    due = true;
    limit = Integer.MAX_VALUE;
  }

  /** Saves a fact with the group that is being decided, if it waits then. */
  void require(Fact.Key key) {
    required.add(key);
  }

  /** Saves a fact with this batch, if it waits. */
  void saveNow(Fact.Key key, Batch batch) {
    Consumer<Batch> fact = waiting.get(key);
    if (fact != null) {
      fact.accept(batch);
    }
  }

  /** It is not to be saved any more. */
  void forget(Fact.Key key) {
    waiting.remove(key);
  }

  @Override
  public void join(Batch batch) {
    required.retainAll(waiting.keySet());
    List<Fact.Key> first = List.copyOf(required);
    required.clear();
    if (waiting.isEmpty() || !(due || !first.isEmpty() || batch.changesAnything())) {
      return;
    }
    List<Fact.Key> keys =
        Stream.concat(first.stream(), waiting.keySet().stream())
            .distinct()
            .limit(Math.max(limit, first.size()))
            .toList();
    List<Runnable> back = new ArrayList<>();
    for (Fact.Key key : keys) {
      Consumer<Batch> fact = waiting.remove(key);
      fact.accept(batch);
      back.add(() -> waiting.putIfAbsent(key, fact));
    }
    due = !waiting.isEmpty();
    batch.undo(
        () -> {
          back.forEach(Runnable::run);
          due = false;
          keys.stream().limit(1).forEach(key -> keep(key, waiting.get(key)));
        });
    if (due) {
      loop.insist(next -> {});
    }
  }
}
