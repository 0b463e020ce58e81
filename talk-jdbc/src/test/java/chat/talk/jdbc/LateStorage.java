package chat.talk.jdbc;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageKey;
import chat.talk.room.HubStorage;
import chat.talk.testkit.ForwardingHubStorage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A storage that is broken on purpose: it says that it has stored what it will only store a few
 * commits later. Whoever asks for a message gets it all the same; it is a kill that tells.
 */
final class LateStorage extends ForwardingHubStorage {
  private static final int LATE = 20;

  private final HubStorage kept;
  private final List<Change> promised = new ArrayList<>();
  private final Map<ChatId, Cursor> heads = new HashMap<>();
  private final Map<MessageKey, Entry> entries = new HashMap<>();
  private int commits;

  LateStorage(HubStorage kept) {
    this.kept = kept;
  }

  @Override
  protected HubStorage kept() {
    return kept;
  }

  @Override
  public synchronized List<Appended> commit(List<? extends Change> changes) {
    List<Appended> answer = new ArrayList<>();
    changes.forEach(change -> make(change, answer));
    if (++commits % LATE == 0) {
      keepPromises();
    }
    return answer;
  }

  private void make(Change change, List<Appended> answer) {
    if (change instanceof Change.Append append && !canPromise(append.event())) {
      keepPromises();
      answer.addAll(kept.commit(List.of(change)));
      return;
    }
    promised.add(change);
    if (change instanceof Change.Append append) {
      answer.add(promise(append.event()));
    }
  }

  /** Where the first event of a chat goes, only the storage knows. */
  private boolean canPromise(Event event) {
    Cursor head = heads.computeIfAbsent(event.chat(), kept::head);
    return head.sequence() > 0 && find(List.of(event.key())).isEmpty();
  }

  private Appended promise(Event event) {
    Cursor head = heads.get(event.chat());
    Entry entry = new Entry(new Cursor(head.epoch(), head.sequence() + 1), event);
    heads.put(event.chat(), entry.cursor());
    entries.put(event.key(), entry);
    return new Appended(entry, true);
  }

  @Override
  public synchronized Map<MessageKey, Entry> find(Collection<MessageKey> keys) {
    Map<MessageKey, Entry> found = new HashMap<>(kept.find(keys));
    keys.stream().filter(entries::containsKey).forEach(key -> found.put(key, entries.get(key)));
    return found;
  }

  private void keepPromises() {
    List<Change> all = List.copyOf(promised);
    promised.clear();
    entries.clear();
    heads.clear();
    kept.commit(all);
  }
}
