package chat.talk.testkit;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageKey;
import chat.talk.testkit.DeviceHistory.Changed;
import chat.talk.testkit.DeviceHistory.Sent;
import chat.talk.testkit.Violation.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetbrains.annotations.Nullable;

/** Compares what was sent with what is in the logs. */
final class SendCheck {
  /** Failures after which a message is not in the log. */
  private static final Set<Code> REFUSALS =
      EnumSet.of(
          Code.INVALID,
          Code.FORBIDDEN,
          Code.UNKNOWN_USER,
          Code.NOT_FOUND,
          Code.GONE,
          Code.CONFLICT,
          Code.BANNED,
          Code.LIMITED,
          Code.TOO_LARGE);

  private final Map<ChatId, ChatLog> logs;
  private final Collection<DeviceHistory> devices;
  private final List<Violation> found;
  private final Map<MessageKey, Sent> sent = new HashMap<>();
  private final Map<MessageKey, Postponed> postponed = new HashMap<>();
  private final Map<MessageKey, Entry> stored = new HashMap<>();

  /** Those of which the storage has no more, so that a late repeat counts as new. */
  private final Set<MessageKey> forgotten = new HashSet<>();

  private final Map<MessageKey, Set<String>> edits = new HashMap<>();

  /** What the logs say that messages were changed to, the last one last. */
  private final Map<MessageKey, List<String>> edited = new HashMap<>();

  SendCheck(Map<ChatId, ChatLog> logs, Collection<DeviceHistory> devices, List<Violation> found) {
    this.logs = logs;
    this.devices = devices;
    this.found = found;
  }

  void run() {
    devices.forEach(this::index);
    logs.values().forEach(this::checkLog);
    for (DeviceHistory device : devices) {
      checkAnswers(device);
      device.changed.forEach(change -> checkChanged(device, change));
    }
    stored.values().forEach(this::checkText);
  }

  private void index(DeviceHistory device) {
    for (Sent each : device.sent) {
      sent.put(new MessageKey(device.user, each.draft.id()), each);
    }
    device.postponed.forEach((id, each) -> postponed.put(new MessageKey(device.user, id), each));
    for (Changed each : device.changed) {
      MessageKey key = new MessageKey(device.user, each.message);
      if (each.text != null) {
        edits.computeIfAbsent(key, any -> new HashSet<>()).add(each.text);
      }
    }
  }

  private void checkLog(ChatLog log) {
    for (int i = 0; i < log.size(); i++) {
      Entry entry = log.entries[i];
      Event event = entry.event();
      if (i < log.dropped) {
        forgotten.add(event.key());
      }
      if (stored.put(event.key(), entry) != null && !forgotten.contains(event.key())) {
        report(Kind.DOUBLED, event.key() + " is in " + log.chat + " again at " + entry.cursor());
      }
      if (event instanceof ChatMessage message) {
        checkMessage(log, i, message);
      } else if (event instanceof Event.Edited edit) {
        MessageKey key = new MessageKey(edit.author(), edit.message());
        edited.computeIfAbsent(key, any -> new ArrayList<>()).add(edit.text());
      }
    }
  }

  private void checkMessage(ChatLog log, int index, ChatMessage message) {
    if (!wasSaid(message)) {
      report(Kind.UNSENT, log, index);
    }
    if (ChatLog.stretch(log.stretches(message.author()), index) == 0) {
      report(Kind.OUTSIDER, log, index);
    }
  }

  private void report(Kind kind, ChatLog log, int index) {
    Entry entry = log.entries[index];
    report(kind, entry.event().key() + " in " + log.chat + " at " + entry.cursor());
  }

  /** Where a message is, if anywhere. */
  @Nullable
  Entry stored(MessageKey key) {
    return stored.get(key);
  }

  static boolean isRefusal(@Nullable Code failure) {
    return failure != null && REFUSALS.contains(failure);
  }

  /** Whether its author gave the message this text, or took it away. */
  boolean wasSaid(ChatMessage message) {
    Sent origin = sent.get(message.key());
    Postponed later = origin == null ? postponed.get(message.key()) : null;
    if (origin == null && later == null) {
      return false;
    }
    return switch (message.revision()) {
      case ORIGINAL ->
          origin != null ? message.text().equals(origin.draft.text()) : later.says(message.text());
      case EDITED -> edits.getOrDefault(message.key(), Set.of()).contains(message.text());
      case ERASED, EXPIRED -> message.text().isEmpty();
    };
  }

  private void checkAnswers(DeviceHistory device) {
    Map<ChatId, Sent> last = new HashMap<>();
    for (Sent each : device.sent) {
      if (each.entry != null) {
        checkAcknowledged(device, each, each.entry, last);
      } else if (isRefusal(each.failure)) {
        MessageKey key = new MessageKey(device.user, each.draft.id());
        if (stored.containsKey(key) && !forgotten.contains(key)) {
          report(Kind.REFUSED_YET_STORED, key + " was refused with " + each.failure);
        }
      }
    }
  }

  /**
   * One that is refused while the storage is away, and asked again as the refusal was lost, comes
   * behind those after it; so does one that was refused as its author was not in the chat.
   */
  private void checkAcknowledged(
      DeviceHistory device, Sent each, Entry answer, Map<ChatId, Sent> last) {
    String id = each.draft.id().value();
    MessageKey key = answer.event().key();
    Entry kept = stored.get(key);
    if (!key.author().equals(device.user) || !key.id().value().equals(id)) {
      report(Kind.WRONG_ANSWER, device + " sent " + id + " and was answered with " + key);
    } else if (kept == null) {
      report(Kind.LOST_MESSAGE, key + " was acknowledged at " + answer.cursor());
    } else if (!forgotten.contains(key)) {
      checkPlace(device, each, kept, each.metOutage ? new HashMap<>() : last);
    }
  }

  private void checkPlace(DeviceHistory device, Sent each, Entry kept, Map<ChatId, Sent> last) {
    Entry answer = each.entry;
    if (!kept.cursor().equals(answer.cursor())
        || !kept.event().chat().equals(answer.event().chat())) {
      String what = kept.event().key() + ": " + answer.cursor() + ", is at " + kept.cursor();
      report(Kind.WRONG_ANSWER, what);
    } else {
      checkOrder(device, each, last);
    }
  }

  private void checkOrder(DeviceHistory device, Sent each, Map<ChatId, Sent> last) {
    Sent before = last.put(each.entry.event().chat(), each);
    if (before != null
        && before.entry.cursor().sequence() > each.entry.cursor().sequence()
        && !mayHaveBeenRefused(device, before, each.entry)) {
      report(Kind.NOT_FIFO, device + " sent " + before.entry + " before " + each.entry);
    }
  }

  /**
   * Whether its author had not yet seen himself come in where a later one of his was stored: then
   * it may have been refused, and asked again when he was in, as the refusal was lost.
   */
  private boolean mayHaveBeenRefused(DeviceHistory device, Sent before, Entry later) {
    ChatLog log = logs.get(later.event().chat());
    if (log.stretches(device.user) == null) {
      return false;
    }
    int stretch = log.stretch(device.user, later.cursor());
    return stretch != 0
        && !device.seen.subList(0, before.seenBefore).contains(log.begin(device.user, stretch));
  }

  private void checkChanged(DeviceHistory device, Changed change) {
    MessageKey key = new MessageKey(device.user, change.message);
    Entry kept = stored.get(key);
    boolean isKnown = change.isDone && kept != null && !forgotten.contains(key);
    if (isKnown
        && kept.event() instanceof ChatMessage message
        && !message.revision().isBlank()
        && !took(message, change.text)) {
      Kind kind = change.text == null ? Kind.NOT_ERASED : Kind.LOST_EDIT;
      report(kind, message.key() + " at " + kept.cursor());
    }
  }

  /** Whether a change has left its trace: to give a message the text that it has leaves none. */
  private boolean took(ChatMessage message, @Nullable String text) {
    Sent origin = sent.get(message.key());
    return text != null
        && (edited.getOrDefault(message.key(), List.of()).contains(text)
            || origin == null
            || origin.draft.text().equals(text));
  }

  /** A message says what it was last changed to. */
  private void checkText(Entry kept) {
    List<String> texts = edited.get(kept.event().key());
    if (texts != null
        && kept.event() instanceof ChatMessage message
        && !message.revision().isBlank()
        && !forgotten.contains(message.key())
        && !message.text().equals(texts.get(texts.size() - 1))) {
      report(Kind.LOST_EDIT, message.key() + " at " + kept.cursor());
    }
  }

  private void report(Kind kind, String what) {
    found.add(new Violation(kind, what));
  }
}
