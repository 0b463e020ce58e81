package chat.talk.hub;

import chat.talk.Scheduler;
import chat.talk.room.Fact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

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

  /** The fact is made when it is saved, for it may have changed once more. */
  private final Map<Fact.Key, Supplier<? extends Fact>> waiting = new LinkedHashMap<>();

  private boolean timed;
  private boolean due;
  private int limit = MAX_SAVED;

  Unsaved(Loop loop, Scheduler scheduler) {
    this.loop = loop;
    this.scheduler = scheduler;
  }

  void keep(Fact.Key key, Supplier<? extends Fact> fact) {
    waiting.put(key, fact);
    if (!timed) {
      timed = true;
      scheduler.after(DELAY, () -> loop.submit(Loop.Task.of(batch -> due = true)));
    }
  }

  /** Lets the next commit take along everything, however much that is. */
  void saveAll() {
    due = true;
    limit = Integer.MAX_VALUE;
  }

  /** It is not to be saved any more. */
  void forget(Fact.Key key) {
    waiting.remove(key);
  }

  @Override
  public void join(Batch batch) {
    if (waiting.isEmpty() || !(due || batch.changesAnything())) {
      return;
    }
    List<Fact.Key> keys = waiting.keySet().stream().limit(limit).toList();
    List<Runnable> back = new ArrayList<>();
    for (Fact.Key key : keys) {
      Supplier<? extends Fact> fact = waiting.remove(key);
      batch.put(fact.get());
      back.add(() -> waiting.putIfAbsent(key, fact));
    }
    timed = due = !waiting.isEmpty();
    batch.undo(
        () -> {
          back.forEach(Runnable::run);
          due = false;
          timed = false;
          keys.stream().limit(1).forEach(key -> keep(key, waiting.get(key)));
        });
    if (due) {
      loop.submit(Loop.Task.of(next -> {}));
    }
  }
}
