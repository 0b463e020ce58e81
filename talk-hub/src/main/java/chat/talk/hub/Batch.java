package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageKey;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage.Appended;
import chat.talk.room.HubStorage.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jetbrains.annotations.Nullable;

/**
 * What one group of decisions comes to: the changes to commit, how to undo what was changed in
 * memory, and what to do once it is stored. Only the loop's.
 */
final class Batch {
  private final Instant now;
  private final Map<MessageKey, Entry> found;
  private final List<Change> changes = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Runnable> saved = new ArrayList<>();
  private final List<Consumer<@Nullable ChatException>> refusals = new ArrayList<>();
  private final Set<ChatId> appendedTo = new HashSet<>();
  private final Set<MessageKey> appendedKeys = new HashSet<>();
  private final Set<Room> moved = new LinkedHashSet<>();
  private int appends;
  private Runnable last = () -> {};

  /** The messages may be changed by this. */
  Batch(Instant now, Map<MessageKey, Entry> found) {
    this.now = Checks.time(now);
    this.found = found;
  }

  /** An empty one that knows the same messages. */
  Batch again() {
    return new Batch(now, found);
  }

  /** Something to take back, or something to do in the end. */
  private record Step(@Nullable Runnable undo, @Nullable Consumer<List<Appended>> then) {}

  /** How far the batch had come at a moment. */
  record Mark(int changes, int appends, int steps, int saved) {
    static final Mark START = new Mark(0, 0, 0, 0);
  }

  Instant now() {
    return now;
  }

  /** What the tasks' keys point at, as the decisions before have left it. */
  @Nullable
  Entry found(MessageKey key) {
    return found.get(key);
  }

  /** What a message looks like after what was just decided about it. */
  void supersede(Entry entry) {
    Entry before = found.put(entry.event().key(), entry);
    undo(() -> found.put(entry.event().key(), before));
  }

  /** Whether the event of this key is decided, and has no entry yet. */
  boolean appends(MessageKey key) {
    return appendedKeys.contains(key);
  }

  /** Whether something is decided to stand in this chat's log, so that its head will move. */
  boolean appendsTo(ChatId chat) {
    return appendedTo.contains(chat);
  }

  void put(Fact fact) {
    changes.add(new Change.Put(fact));
  }

  /** As it is now; who asks is told so from the commit on, also in this group. */
  void put(Membership membership) {
    put(membership.fact());
    saved.add(membership.saving());
  }

  void drop(Fact fact) {
    changes.add(new Change.Drop(fact));
  }

  void change(Change change) {
    changes.add(change);
  }

  /** The consumer is told what came of it, after the commit. */
  void append(Event event, Consumer<Appended> then) {
    changes.add(new Change.Append(event));
    int index = appends++;
    appendedTo.add(event.chat());
    appendedKeys.add(event.key());
    steps.add(new Step(null, all -> then.accept(all.get(index))));
  }

  /** The room's readers are woken in the end, once. */
  void wake(Room room) {
    moved.add(room);
  }

  /** How to take back something that was just changed in memory. */
  void undo(Runnable undo) {
    steps.add(new Step(undo, null));
  }

  /** What to do once everything is stored; in the order of the calls. */
  void then(Runnable effect) {
    steps.add(new Step(null, all -> effect.run()));
  }

  /** What to do when everybody has been told what came of the group, in the place of another. */
  void lastly(Runnable effect) {
    last = effect;
  }

  /** Whom to tell, after the commit, that he was refused; with why the commit failed, if it has. */
  void refuse(Consumer<@Nullable ChatException> refusal) {
    boolean restsOnChanges = changesAnything();
    refusals.add(failure -> refusal.accept(restsOnChanges ? failure : null));
  }

  boolean changesAnything() {
    return !changes.isEmpty();
  }

  List<Change> changes() {
    return changes;
  }

  Mark mark() {
    return new Mark(changes.size(), appends, steps.size(), saved.size());
  }

  void rollBackTo(Mark mark) {
    for (int i = steps.size() - 1; i >= mark.steps; i--) {
      Runnable undo = steps.remove(i).undo;
      if (undo != null) {
        undo.run();
      }
    }
    changes.subList(mark.changes, changes.size()).clear();
    saved.subList(mark.saved, saved.size()).clear();
    appends = mark.appends;
  }

  void finish(List<Appended> appended) {
    saved.forEach(Runnable::run);
    for (Step step : steps) {
      if (step.then != null) {
        Decisions.guarded(() -> step.then.accept(appended));
      }
    }
    moved.forEach(Room::wake);
    finishRefusals(null);
    Decisions.guarded(last);
  }

  void finishRefusals(@Nullable ChatException failure) {
    refusals.forEach(refusal -> Decisions.guarded(() -> refusal.accept(failure)));
  }
}
