package chat.talk.hub;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.room.HubStorage;
import chat.talk.room.HubStorage.Appended;
import chat.talk.room.HubStorage.Change;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/** What a mutant commits with: says what the storage would say, and asks it one group later. */
final class Early {
  private static final Map<HubStorage, List<Change>> OWED =
      Collections.synchronizedMap(new WeakHashMap<>());

  private Early() {}

  static List<Appended> commit(HubStorage storage, List<Change> changes) {
    List<Change> owed = OWED.put(storage, List.copyOf(changes));
    if (owed != null) {
      storage.commit(owed);
    }
    Map<ChatId, Cursor> heads = new HashMap<>();
    List<Appended> foretold = new ArrayList<>();
    for (Change change : changes) {
      if (change instanceof Change.Append append) {
        Cursor place =
            heads.compute(
                append.event().chat(),
                (chat, head) -> next(head == null ? storage.head(chat) : head));
        foretold.add(new Appended(new Entry(place, append.event()), true));
      }
    }
    return foretold;
  }

  private static Cursor next(Cursor head) {
    return new Cursor(head.epoch(), head.sequence() + 1);
  }
}
