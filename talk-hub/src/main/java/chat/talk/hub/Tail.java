package chat.talk.hub;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.room.Chunk;
import java.util.Arrays;
import java.util.List;
import org.jetbrains.annotations.Nullable;

/**
 * The newest entries of a chat, in memory, so that readers at its head cost no storage read. Filled
 * by the loop, read by any thread. Those who read on from the same place get the same chunk.
 */
final class Tail {
  /** The most entries kept. */
  static final int MAX_ENTRIES = 2_048;

  /** The most entries in one chunk. */
  private static final int MAX_CHUNK = 1_024;

  private static final int FIRST_CAPACITY = 4;

  /** What an entry takes besides its text, in characters, roughly. */
  private static final long OVERHEAD = 256;

  private static final Entry[] NONE = {};

  private final ChatId chat;
  private volatile View view;

  Tail(ChatId chat, Cursor head) {
    this.chat = chat;
    this.view = View.empty(head);
  }

  /** The end of the log. */
  Cursor head() {
    return view.head;
  }

  /** How much memory it takes, in characters. */
  long weight() {
    return view.weight;
  }

  /** Only the loop appends. */
  void append(Entry entry) {
    View now = view;
    view = follows(now.head, entry.cursor()) ? now.with(entry) : alone(entry);
  }

  private static boolean follows(Cursor head, Cursor place) {
    return place.sequence() == head.sequence() + 1
        && (head.sequence() == 0 || place.epoch() == head.epoch());
  }

  /** Something lies between: whoever is behind that reads the storage. */
  private static View alone(Entry entry) {
    return View.empty(entry.cursor());
  }

  /** Forgets all entries, not where the head is. Only the loop does. */
  void clear() {
    Cursor head = view.head;
    view = View.empty(head);
  }

  /** Shows an entry as it is now, where it is still held. Only the loop does. */
  void replace(Entry entry) {
    View now = view;
    int index = now.indexBehind(entry.cursor().sequence() - 1);
    if (index >= now.from && index < now.to && now.entries[index].cursor().equals(entry.cursor())) {
      Entry[] copy = Arrays.copyOfRange(now.entries, now.from, now.to);
      copy[index - now.from] = entry;
      view = new View(copy, 0, copy.length, now.start, now.head, View.weight(copy, copy.length));
    }
  }

  /**
   * What follows a place.
   *
   * @return null when the tail doesn't reach back to it
   */
  @Nullable
  Chunk after(Cursor cursor) {
    View now = view;
    Chunk last = now.latest;
    if (last != null && last.after().equals(cursor)) {
      return last;
    }
    if (!now.reaches(cursor)) {
      return null;
    }
    Chunk chunk = now.chunk(chat, cursor);
    now.latest = chunk;
    return chunk;
  }

  /** The newest entries, oldest first. */
  List<Entry> entries() {
    View now = view;
    return Arrays.asList(now.entries).subList(now.from, now.to);
  }

  /** Where the oldest entry held begins. */
  Cursor start() {
    return view.start;
  }

  /** Slots of the array that a view covers never change; those behind it are the loop's. */
  private static final class View {
    private final Entry[] entries;
    private final int from;
    private final int to;
    private final Cursor start;
    private final Cursor head;
    private final long weight;

    /** The chunk last made, for all who come from the same place. */
    private volatile @Nullable Chunk latest;

    View(Entry[] entries, int from, int to, Cursor start, Cursor head, long weight) {
      this.entries = entries;
      this.from = from;
      this.to = to;
      this.start = start;
      this.head = head;
      this.weight = weight;
    }

    static View empty(Cursor head) {
      return new View(NONE, 0, 0, head, head, 0);
    }

    View with(Entry entry) {
      if (to < entries.length) {
        entries[to] = entry;
        return new View(entries, from, to + 1, start, entry.cursor(), weight + weight(entry));
      }
      int kept = to - from < MAX_ENTRIES ? from : to - MAX_ENTRIES / 2;
      Entry[] grown = Arrays.copyOfRange(entries, kept, kept + capacity(to - kept));
      grown[to - kept] = entry;
      Cursor begin = kept == from ? start : entries[kept - 1].cursor();
      int size = to - kept + 1;
      return new View(grown, 0, size, begin, entry.cursor(), weight(grown, size));
    }

    private static long weight(Entry[] entries, int size) {
      long sum = 0;
      for (int i = 0; i < size; i++) {
        sum += weight(entries[i]);
      }
      return sum;
    }

    private static long weight(Entry entry) {
      if (entry.event() instanceof ChatMessage message) {
        return OVERHEAD + message.text().length();
      }
      return entry.event() instanceof Event.Edited edited
          ? OVERHEAD + edited.text().length()
          : OVERHEAD;
    }

    private static int capacity(int size) {
      return Math.min(MAX_ENTRIES, Math.max(FIRST_CAPACITY, size * 2));
    }

    boolean reaches(Cursor cursor) {
      boolean sameLife = cursor.epoch() == head.epoch() || cursor.equals(Cursor.START);
      return sameLife
          && cursor.sequence() >= start.sequence()
          && cursor.sequence() <= head.sequence();
    }

    /** The places of a log are numbered one after the other. */
    int indexBehind(long sequence) {
      return (int) (from + sequence - start.sequence());
    }

    Chunk chunk(ChatId chat, Cursor cursor) {
      int first = indexBehind(cursor.sequence());
      int end = Math.min(to, first + MAX_CHUNK);
      List<Entry> slice = Arrays.asList(Arrays.copyOfRange(entries, first, end));
      return new Chunk(chat, cursor, slice, end == first ? cursor : entries[end - 1].cursor());
    }
  }
}
