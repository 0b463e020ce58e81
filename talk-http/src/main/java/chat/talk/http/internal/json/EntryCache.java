package chat.talk.http.internal.json;

import chat.talk.ChatId;
import chat.talk.Entry;
import chat.talk.http.WebSocketText;
import chat.talk.room.Chunk;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
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

  /** What a frame of entries tells once for all of them. */
  private static final JsonOut.Name CHAT = new JsonOut.Name(HubFrame.CHAT);

  /** Two quotation marks and the comma. */
  private static final int AROUND = 3;

  private final AtomicReferenceArray<@Nullable Written> lately = new AtomicReferenceArray<>(SLOTS);

  private final Function<Chunk, WebSocketText> encoder;

  /** Nothing has been written yet. */
  public EntryCache() {
    encoder = this::encode;
  }

  private static final class Written {
    final Entry entry;

    /** Without its chat. */
    final byte[] json;

    /** Where the chat would stand. */
    final int chat;

    Written(Entry entry, byte[] json, int chat) {
      this.entry = entry;
      this.json = json;
      this.chat = chat;
    }

    void write(JsonOut out, boolean isChatTold) {
      if (isChatTold) {
        out.ready(json);
      } else {
        out.ready(json, chat, CHAT, entry.event().chat().value());
      }
    }
  }

  /** Writes entries where their chat is told beside them: one of another chat tells its own. */
  void writeAll(JsonOut out, List<Entry> entries, ChatId chat) {
    out.beginArray();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      write(out, entry, entry.event().chat().equals(chat));
    }
    out.endArray();
  }

  /** Makes a frame of a chunk; one for all who ask. */
  public Function<Chunk, WebSocketText> encoder() {
    return encoder;
  }

  private WebSocketText encode(Chunk chunk) {
    return HubFrame.entries(chunk, this);
  }

  /** Writes an entry that stands alone. */
  void write(JsonOut out, Entry entry) {
    write(out, entry, false);
  }

  /** An entry that was edited is another one, though it stands in the same place. */
  @SuppressWarnings("ReferenceEquality")
  private void write(JsonOut out, Entry entry, boolean isChatTold) {
    int slot = slot(entry);
    Written known = lately.get(slot);
    if (known != null && known.entry == entry) {
      known.write(out, isChatTold);
    } else {
      writeAnew(out, entry, isChatTold, slot);
    }
  }

  private void writeAnew(JsonOut out, Entry entry, boolean isChatTold, int slot) {
    int begin = out.begin();
    Codecs.ENTRIES.write(out, entry);
    int chat = out.find(CHAT, begin);
    int next = chat + CHAT.length() + entry.event().chat().value().length() + AROUND;
    if (out.size() - begin <= MAX_BYTES) {
      lately.set(slot, new Written(entry, out.since(begin, chat, next), chat - begin));
    }
    if (isChatTold) {
      out.remove(chat, next);
    }
  }

  /** Neighbours in one chat, and the same places in many chats, have different slots. */
  private static int slot(Entry entry) {
    long place = entry.cursor().sequence();
    return (int) (place + 31L * entry.event().chat().hashCode()) & (SLOTS - 1);
  }
}
