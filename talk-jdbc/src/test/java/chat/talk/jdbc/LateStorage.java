package chat.talk.jdbc;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.MessageKey;
import chat.talk.room.HubStorage;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A storage that is broken on purpose: it says that it has stored what it will only store a few
 * commits later. Whoever reads can't tell, since all is stored before; only a kill can.
 */
final class LateStorage implements InvocationHandler {
  private static final int LATE = 20;

  private final HubStorage kept;
  private final List<HubStorage.Change> promised = new ArrayList<>();
  private final Map<ChatId, Cursor> heads = new HashMap<>();
  private final Set<MessageKey> keys = new HashSet<>();
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
    keepPromises();
    try {
      return method.invoke(kept, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private List<HubStorage.Appended> commit(List<? extends HubStorage.Change> changes) {
    if (!changes.stream().allMatch(this::canPromise)) {
      keepPromises();
      return kept.commit(changes);
    }
    List<HubStorage.Appended> answer = new ArrayList<>();
    for (HubStorage.Change change : changes) {
      if (change instanceof HubStorage.Change.Append append) {
        ChatId chat = append.event().chat();
        Cursor place = next(heads.get(chat));
        heads.put(chat, place);
        answer.add(new HubStorage.Appended(new Entry(place, append.event()), true));
      }
    }
    promised.addAll(changes);
    if (++commits % LATE == 0) {
      keepPromises();
    }
    return answer;
  }

  private boolean canPromise(HubStorage.Change change) {
    if (!(change instanceof HubStorage.Change.Append append)) {
      return true;
    }
    MessageKey key = append.event().key();
    Cursor head = heads.computeIfAbsent(append.event().chat(), kept::head);
    boolean isKnown = head.sequence() == 0 || !keys.add(key) || !kept.find(List.of(key)).isEmpty();
    if (isKnown) {
      heads.clear();
    }
    return !isKnown;
  }

  private static Cursor next(Cursor place) {
    return new Cursor(place.epoch(), place.sequence() + 1);
  }

  private void keepPromises() {
    List<HubStorage.Change> all = List.copyOf(promised);
    promised.clear();
    heads.clear();
    kept.commit(all);
  }
}
