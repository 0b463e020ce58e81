package chat.talk.internal;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessage.Revision;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageKey;
import chat.talk.UserName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The logs of all chats, in memory. To be used by one thread at a time. */
public final class Logs {
  private final long maxWeight;

  /** Each log has an epoch of its own, for a chat may come back after its log was forgotten. */
  private long nextEpoch = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE / 2);

  private final Map<ChatId, Log> logs = new HashMap<>();
  private final Map<MessageKey, Entry> entries = new HashMap<>();

  /** The log of each entry in the order of all appends: whose oldest goes first. */
  private final Deque<Log> ages = new ArrayDeque<>();

  private long weight;

  Logs(long maxWeight) {
    if (maxWeight < 1) {
      throw Failures.invalid("a storage has room for at least 1, but was %d", maxWeight);
    }
    this.maxWeight = maxWeight;
  }

  /** Refuses an event that could not be appended. */
  public static void check(Event event) {
    Objects.requireNonNull(event.chat(), "chat");
    Objects.requireNonNull(event.key(), "key");
    if (event instanceof Event.Edited edit) {
      Objects.requireNonNull(edit.message(), "message");
      Objects.requireNonNull(edit.place(), "place");
    }
  }

  /** Appends an event that was checked; the entry of the first time when it is a repeat. */
  public Entry append(Event event) {
    return entries.computeIfAbsent(
        event.key(),
        key -> {
          Log log = logOrNew(event.chat());
          weight += Text.weight(event);
          ages.add(log);
          return log.add(event);
        });
  }

  /** Makes room when there is too little; the newest entry stays in any case. */
  public void dropOldest() {
    while (weight > maxWeight && ages.size() > 1) {
      Log log = ages.remove();
      Event event = log.removeFirst().event();
      entries.remove(event.key());
      weight -= Text.weight(event);
      if (log.isReadAndEmpty()) {
        logs.remove(log.chat);
      }
    }
  }

  /** The entry of this identity. */
  public Optional<Entry> find(MessageKey key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** The log of a chat that has one. */
  public Optional<Log> log(ChatId chat) {
    return Optional.ofNullable(logs.get(chat));
  }

  private Log logOrNew(ChatId chat) {
    return logs.computeIfAbsent(chat, id -> new Log(id, nextEpoch++));
  }

  /** The ends of the logs that were appended to. */
  public Map<ChatId, Cursor> heads() {
    Map<ChatId, Cursor> heads = new HashMap<>();
    logs.forEach(
        (chat, log) -> {
          if (!log.isEmpty()) {
            heads.put(chat, log.head());
          }
        });
    return heads;
  }

  void savePosition(UserName reader, ChatId chat, Cursor position) {
    Objects.requireNonNull(reader, "reader");
    Objects.requireNonNull(position, "position");
    logOrNew(chat).savePosition(reader, position);
  }

  /** Gives a message another text, unless it is blank. */
  public void rewrite(MessageKey key, String text) {
    Entry entry = entries.get(key);
    if (entry != null && entry.event() instanceof ChatMessage message && hasText(message)) {
      replace(entry, message.edited(text));
    }
  }

  /** Takes away what a message and its edits say. */
  public void erase(MessageKey key) {
    Entry entry = entries.get(key);
    if (entry != null && entry.event() instanceof ChatMessage message) {
      blank(entry, message, Revision.ERASED);
    }
  }

  /** Takes away what all messages of a chat up to a place, and their edits, say. */
  public void expire(ChatId chat, Cursor upTo) {
    log(chat).ifPresent(log -> log.expire(upTo).forEach(this::expire));
  }

  private void expire(Entry entry) {
    if (entry.event() instanceof ChatMessage message) {
      blank(entry, message, Revision.EXPIRED);
    } else if (entry.event() instanceof Event.Edited) {
      blankEdit(entry);
    }
  }

  private void blank(Entry entry, ChatMessage message, Revision why) {
    if (hasText(message)) {
      replace(entry, message.blanked(why));
    }
    logs.get(message.chat()).edits(message.key()).forEach(this::blankEdit);
  }

  private void blankEdit(Entry entry) {
    Event.Edited edit = (Event.Edited) entry.event();
    if (!edit.text().isEmpty()) {
      replace(entry, edit.withoutText());
    }
  }

  private static boolean hasText(ChatMessage message) {
    return !message.revision().isBlank();
  }

  private void replace(Entry old, Event event) {
    weight += Text.weight(event) - Text.weight(old.event());
    entries.put(event.key(), logs.get(event.chat()).replace(old, event));
  }
}
