package chat.talk.cli;

import chat.talk.Draft;
import chat.talk.MessageId;
import chat.talk.room.Command;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a user has said and no hub has answered yet. As long as the hub is away, he sees that it
 * waits. May be used by any thread.
 */
final class Unsent {
  private final Console console;
  private final EntryLines lines;
  private final Map<MessageId, Draft> waiting = new LinkedHashMap<>();

  /** What an earlier run has left; the hub is asked for it by the client. */
  private final Map<MessageId, Draft> left = new LinkedHashMap<>();

  private boolean isAway;

  Unsent(Console console, EntryLines lines) {
    this.console = console;
    this.lines = lines;
  }

  /** Says what an earlier run has left. */
  synchronized void begin(List<Command<?>> kept) {
    for (Command<?> command : kept) {
      if (command instanceof Command.Send send) {
        left.put(send.draft().id(), send.draft());
      }
    }
    if (!kept.isEmpty() && !console.isScripted()) {
      console.say(some(kept.size(), "goes", "go") + " out that waited since last time");
    }
  }

  synchronized void asked(Draft draft) {
    waiting.put(draft.id(), draft);
    mark();
    if (isAway) {
      show(draft);
    }
  }

  synchronized void answered(MessageId message) {
    waiting.remove(message);
    mark();
  }

  /** The hub doesn't answer just now. */
  synchronized void away() {
    isAway = true;
    mark();
    waiting.values().forEach(this::show);
  }

  synchronized void back() {
    isAway = false;
    mark();
  }

  /** The user leaves. */
  synchronized void leave() {
    if (isAway && !waiting.isEmpty()) {
      console.say(some(waiting.size(), "waits", "wait") + " for the next 'talk join'");
    }
  }

  /** What was said in a message of this run, or of the one before. */
  synchronized Optional<Draft> find(MessageId message) {
    return Optional.ofNullable(waiting.getOrDefault(message, left.get(message)));
  }

  private void show(Draft draft) {
    console.say(lines.waiting(draft));
  }

  private void mark() {
    console.waiting(isAway ? waiting.size() : 0);
  }

  private static String some(int messages, String does, String theyDo) {
    return messages == 1 ? "1 message " + does : messages + " messages " + theyDo;
  }
}
