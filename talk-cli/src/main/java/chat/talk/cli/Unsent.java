package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.Draft;
import chat.talk.MessageId;
import chat.talk.room.Command;
import chat.talk.room.Outbox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/**
 * What a user has said and no hub has answered yet. As long as the hub is away, he sees that it
 * waits. May be used by any thread.
 */
final class Unsent {
  private static final long PATIENCE_SECONDS = 5;
  private static final long SLOW_SECONDS = 2;

  private final Executor soon = CompletableFuture.delayedExecutor(SLOW_SECONDS, TimeUnit.SECONDS);

  private final Console console;
  private final EntryLines lines;
  private final Outbox outbox;
  private final Map<MessageId, Draft> waiting = new LinkedHashMap<>();

  /** Those that wait and aren't seen to do so yet. */
  private final Map<MessageId, Draft> unseen = new LinkedHashMap<>();

  /** What an earlier run has left; the hub is asked for it by the client. */
  private final List<Command<?>> left;

  private int held;
  private boolean isAway;

  /**
   * What is unsent when a terminal begins, before its client does.
   *
   * @param outbox where it is kept
   * @throws Failure when that can't be read
   */
  Unsent(Console console, EntryLines lines, Outbox outbox) {
    this.console = console;
    this.lines = lines;
    this.outbox = outbox;
    left = Outboxes.left(outbox);
  }

  /** Says what an earlier run has left. */
  void begin() {
    if (!left.isEmpty() && !console.isScripted()) {
      console.say(
          count(left) + (left.size() == 1 ? " goes" : " go") + " out that waited since last time");
    }
  }

  synchronized void asked(Draft draft) {
    waiting.put(draft.id(), draft);
    unseen.put(draft.id(), draft);
    mark();
    if (isAway) {
      show();
    } else {
      soon.execute(() -> showStill(draft.id()));
    }
  }

  /** What is typed stands nowhere else until the hub, which may be slow, has it. */
  private synchronized void showStill(MessageId message) {
    Draft draft = unseen.remove(message);
    if (draft != null) {
      console.say(lines.waiting(draft));
    }
  }

  synchronized void answered(MessageId message) {
    waiting.remove(message);
    unseen.remove(message);
    mark();
  }

  /** So many lines wait for one that was entered before. */
  synchronized void held(int count) {
    held = count;
    mark();
  }

  /** The hub doesn't answer just now. */
  synchronized void away() {
    isAway = true;
    mark();
    show();
  }

  synchronized void back() {
    isAway = false;
    mark();
  }

  /** The user leaves. */
  void leave() {
    List<Command<?>> kept = isAway() ? kept() : List.of();
    if (!kept.isEmpty()) {
      String wait = kept.size() == 1 ? " waits" : " wait";
      console.say(count(kept) + wait + " for the next '" + Called.NAME + " join'");
    }
  }

  private synchronized boolean isAway() {
    return isAway;
  }

  private List<Command<?>> kept() {
    try {
      outbox.saved().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Then it is as much as there is.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return waitingIn(outbox);
  }

  private static List<Command<?>> waitingIn(Outbox outbox) {
    try {
      return outbox.waiting();
    } catch (ChatException e) {
      return List.of();
    }
  }

  /** What an earlier run has left about a message, in the order in which it was asked for. */
  List<Command<?>> left(MessageId message) {
    return left.stream().filter(command -> message.equals(about(command))).toList();
  }

  private static @Nullable MessageId about(Command<?> command) {
    if (command instanceof Command.Send send) {
      return send.draft().id();
    } else if (command instanceof Command.Schedule schedule) {
      return schedule.draft().id();
    } else if (command instanceof Command.Edit edit) {
      return edit.message();
    }
    return command instanceof Command.Erase erase ? erase.message() : null;
  }

  private void show() {
    unseen.values().forEach(draft -> console.say(lines.waiting(draft)));
    unseen.clear();
  }

  private void mark() {
    console.waiting(held + (isAway ? waiting.size() : 0));
  }

  private static String count(List<Command<?>> commands) {
    long changes = commands.stream().filter(Unsent::isChange).count();
    return Stream.of(some(commands.size() - changes, "message"), some(changes, "change"))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" and "));
  }

  private static boolean isChange(Command<?> command) {
    return command instanceof Command.Edit || command instanceof Command.Erase;
  }

  private static String some(long count, String what) {
    return count == 0 ? "" : count + " " + what + (count == 1 ? "" : "s");
  }
}
