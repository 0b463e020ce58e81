package chat.talk.testkit;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessage.Revision;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.room.HubStorage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A storage that may drop what is old, together with all that was ever in its logs. */
final class Archive extends ForwardingHubStorage {
  private final HubStorage kept;
  private final Map<ChatId, List<Entry>> logs = new LinkedHashMap<>();
  private final Map<MessageKey, Entry> entries = new HashMap<>();

  Archive(HubStorage kept) {
    this.kept = kept;
  }

  @Override
  protected HubStorage kept() {
    return kept;
  }

  @Override
  public List<Appended> commit(List<? extends Change> changes) {
    List<Appended> result = kept.commit(changes);
    result.stream().filter(Appended::isNew).map(Appended::entry).forEach(this::add);
    changes.forEach(this::change);
    return result;
  }

  private void add(Entry entry) {
    entries.put(entry.event().key(), entry);
    logs.computeIfAbsent(entry.event().chat(), any -> new ArrayList<>()).add(entry);
  }

  private void change(Change change) {
    if (change instanceof Change.Rewrite rewrite) {
      change(rewrite.message(), message -> message.edited(rewrite.text()));
    } else if (change instanceof Change.Erase erase) {
      change(erase.message(), message -> message.blanked(Revision.ERASED));
    }
  }

  private void change(MessageKey key, UnaryOperator<ChatMessage> how) {
    Entry old = entries.get(key);
    if (old != null
        && old.event() instanceof ChatMessage message
        && !message.revision().isBlank()) {
      Entry changed = new Entry(old.cursor(), how.apply(message));
      entries.put(key, changed);
      logs.get(message.chat()).set(index(old), changed);
    }
  }

  private static int index(Entry entry) {
    return (int) entry.cursor().sequence() - 1;
  }

  /** Tells what was ever in the logs, and how much of that has been dropped. */
  void tell(HistoryChecker checker) {
    logs.forEach((chat, all) -> checker.log(chat, all, dropped(chat, all)));
  }

  private int dropped(ChatId chat, List<Entry> all) {
    Page oldest = kept.readAfter(chat, Cursor.START, 1);
    return oldest.entries().isEmpty() ? all.size() : index(oldest.entries().get(0));
  }
}
