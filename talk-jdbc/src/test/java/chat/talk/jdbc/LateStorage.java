package chat.talk.jdbc;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageKey;
import chat.talk.room.HubStorage;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A storage that is broken on purpose: it says that it has stored what it will only store a few
 * commits later. Whoever asks for a message gets it all the same; it is a kill that tells.
 */
final class LateStorage implements InvocationHandler {
  private static final int LATE = 20;

  private final HubStorage kept;
  private final List<HubStorage.Change> promised = new ArrayList<>();
  private final Map<ChatId, Cursor> heads = new HashMap<>();
  private final Map<MessageKey, Entry> entries = new HashMap<>();
  private int commits;

  private LateStorage(HubStorage kept) {
    this.kept = kept;
  }

  static HubStorage on(HubStorage kept) {
    return (HubStorage)
        Proxy.newProxyInstance(
            LateStorage.class.getClassLoader(),
            new Class<?>[] {HubStorage.class},
            new LateStorage(kept));
  }

  @Override
  @SuppressWarnings("unchecked")
  public synchronized Object invoke(Object proxy, Method method, Object[] arguments)
      throws Throwable {
    if (method.getName().equals("commit")) {
      return commit((List<? extends HubStorage.Change>) arguments[0]);
    }
    if (method.getName().equals("find")) {
      return find((Collection<MessageKey>) arguments[0]);
    }
    try {
      return method.invoke(kept, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private List<HubStorage.Appended> commit(List<? extends HubStorage.Change> changes) {
    List<HubStorage.Appended> answer = new ArrayList<>();
    changes.forEach(change -> make(change, answer));
    if (++commits % LATE == 0) {
      keepPromises();
    }
    return answer;
  }

  private void make(HubStorage.Change change, List<HubStorage.Appended> answer) {
    if (change instanceof HubStorage.Change.Append append && !canPromise(append.event())) {
      keepPromises();
      answer.addAll(kept.commit(List.of(change)));
      return;
    }
    promised.add(change);
    if (change instanceof HubStorage.Change.Append append) {
      answer.add(promise(append.event()));
    }
  }

  /** Where the first event of a chat goes, only the storage knows. */
  private boolean canPromise(Event event) {
    Cursor head = heads.computeIfAbsent(event.chat(), kept::head);
    return head.sequence() > 0 && find(List.of(event.key())).isEmpty();
  }

  private HubStorage.Appended promise(Event event) {
    Cursor head = heads.get(event.chat());
    Entry entry = new Entry(new Cursor(head.epoch(), head.sequence() + 1), event);
    heads.put(event.chat(), entry.cursor());
    entries.put(event.key(), entry);
    return new HubStorage.Appended(entry, true);
  }

  private Map<MessageKey, Entry> find(Collection<MessageKey> keys) {
    Map<MessageKey, Entry> found = new HashMap<>(kept.find(keys));
    keys.stream().filter(entries::containsKey).forEach(key -> found.put(key, entries.get(key)));
    return found;
  }

  private void keepPromises() {
    List<HubStorage.Change> all = List.copyOf(promised);
    promised.clear();
    entries.clear();
    heads.clear();
    kept.commit(all);
  }
}
