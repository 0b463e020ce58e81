package chat.talk.http.internal.json;

import chat.talk.Entry;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jetbrains.annotations.Nullable;

/**
 * Writes entries, each in detail only the first time: it is the answer to its author, and stands in
 * several chunks where readers come from different places. What was written lately is kept, up to a
 * few megabytes, until others take its place, also when it was erased meanwhile. By any threads.
 */
public final class EntryCache {
  private static final int SLOTS = 4_096;

  /** What takes more bytes is seldom, and written anew. */
  private static final int MAX_BYTES = 1_024;

  private final AtomicReferenceArray<@Nullable Written> lately = new AtomicReferenceArray<>(SLOTS);

  private static final class Written {
    final Entry entry;
    final byte[] json;

    Written(Entry entry, byte[] json) {
      this.entry = entry;
      this.json = json;
    }
  }

  void writeAll(JsonOut out, List<Entry> entries) {
    out.beginArray();
    for (int i = 0; i < entries.size(); i++) {
      write(out, entries.get(i));
    }
    out.endArray();
  }

  /** An entry that was edited is another one, though it stands in the same place. */
  @SuppressWarnings("ReferenceEquality")
  void write(JsonOut out, Entry entry) {
    int slot = slot(entry);
    Written known = lately.get(slot);
    if (known != null && known.entry == entry) {
      out.ready(known.json);
      return;
    }
    int begin = out.begin();
    Codecs.ENTRIES.write(out, entry);
    if (out.size() - begin <= MAX_BYTES) {
      lately.set(slot, new Written(entry, out.since(begin)));
    }
  }

  /** Neighbours in one chat, and the same places in many chats, have different slots. */
  private static int slot(Entry entry) {
    long place = entry.cursor().sequence();
    return (int) (place + 31L * entry.event().chat().hashCode()) & (SLOTS - 1);
  }
}
