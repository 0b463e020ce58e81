package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.MessageKey;
import chat.talk.hub.Loop.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How tasks are decided and told, whatever they do. Only the loop's. */
final class Decisions {
  private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);

  private Decisions() {}

  /**
   * Decides one task after the other into a batch.
   *
   * @param putBack given those that have to wait for the batch
   * @return those that have decided, and were not refused
   */
  static List<Task> decide(List<Task> group, Batch batch, Consumer<List<Task>> putBack) {
    List<Task> decided = new ArrayList<>(group.size());
    for (int i = 0; i < group.size(); i++) {
      Task task = group.get(i);
      Batch.Mark mark = batch.mark();
      try {
        if (!task.decide(batch)) {
          putBack.accept(group.subList(i, group.size()));
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

  /**
   * Decides one task alone and answers it, if nothing has to be stored for that.
   *
   * @param batch an empty one
   * @return false when something has, and nothing has happened
   */
  static boolean decideUnstored(Task task, Batch batch) {
    if (task.isAboutTheCommit()) {
      return false;
    }
    boolean done = decideAlone(task, batch);
    if (done) {
      batch.finish(List.of());
    } else {
      batch.rollBackTo(Batch.Mark.START);
    }
    return done;
  }

  private static boolean decideAlone(Task task, Batch batch) {
    try {
      return task.decide(batch) && !batch.changesAnything();
    } catch (RuntimeException | Error e) {
      batch.rollBackTo(Batch.Mark.START);
      refuse(task, e, batch);
      return true;
    }
  }

  /**
   * A refusal is told after the commit, too: what it rests on may have been decided in the group,
   * and when that is undone, the refusal means nothing.
   */
  private static void refuse(Task task, Throwable e, Batch batch) {
    ChatException why = reason(e);
    batch.refuse(failure -> fail(task, failure == null ? why : failure));
  }

  static boolean goesBeside(Task task, boolean settled) {
    try {
      return task.goesBeside(settled);
    } catch (RuntimeException | Error e) {
      LOG.error("A task doesn't say whether it may be decided beside a commit; it waits", e);
      return false;
    }
  }

  private static ChatException reason(Throwable e) {
    ChatException why = ChatException.of(e);
    if (why.code() == Code.INTERNAL) {
      LOG.error("A command could not be decided", e);
    }
    return why;
  }

  static void join(Loop.Habit habit, Batch batch) {
    Batch.Mark mark = batch.mark();
    try {
      habit.join(batch);
    } catch (RuntimeException | Error e) {
      batch.rollBackTo(mark);
      LOG.error("A habit failed; the group goes on without it", e);
    }
  }

  /** Adds what a group needs to know; one that can't say fails: gives the others. */
  static List<Task> addKeys(List<Task> group, Set<MessageKey> keys) {
    List<Task> able = new ArrayList<>(group.size());
    for (Task task : group) {
      try {
        keys.addAll(task.keys());
        able.add(task);
      } catch (RuntimeException | Error e) {
        fail(task, reason(e));
      }
    }
    return able;
  }

  /** Only those who need to know messages can't be decided without: gives the others. */
  static List<Task> failAskers(List<Task> group, ChatException why) {
    List<Task> others = new ArrayList<>(group.size());
    for (Task task : group) {
      if (task.keys().isEmpty()) {
        others.add(task);
      } else {
        fail(task, why);
      }
    }
    return others;
  }

  static void fail(Task task, ChatException why) {
    guarded(() -> task.fail(why));
  }

  static void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      LOG.error("A step after a decision failed; the others go on", e);
    }
  }
}
