package chat.talk.hub;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.Page;
import chat.talk.room.Chunk;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.UnaryOperator;
import org.jetbrains.annotations.Nullable;

/**
 * The newest entries of a chat, in memory, so that readers at its head cost no storage read. Filled
 * by the loop, read by any thread. Those who read on from the same place get the same chunk.
 */
final class Tail {
  /**
   * The most entries kept. Readers a second behind a busy chat are still to find all here: what has
   * to be read from the storage costs a hundred times as much.
   */
  static final int MAX_ENTRIES = 16_384;

  /** The most that the entries kept may weigh, unless it is one alone. */
  static final long MAX_WEIGHT = 8L << 20;

  /**
   * Chunks end at multiples of this: so readers who come from different places soon go the same way
   * in the same steps, and each step is made and encoded once.
   */
  static final int BLOCK = 128;

  private static final int FIRST_CAPACITY = 4;

  private static final Entry[] NONE = {};

  /** How many chunks that are whole blocks are kept where many read: for each place one. */
  private static final int BLOCKS = MAX_ENTRIES / BLOCK;

  /** How many of the others. */
  private static final int PARTS = 32;

  private final ChatId chat;
  private volatile View view;

  /** Chunks made lately, each for all who come from the place that it begins at. */
  private volatile AtomicReferenceArray<@Nullable Chunk> chunks = new AtomicReferenceArray<>(1);

  /** Another one once anything in the log is no more what it was. */
  private final AtomicInteger revision = new AtomicInteger();

  /** Behind this place nothing tells of an edit; of what was never here that isn't known. */
  private volatile long lastEdit;

  Tail(ChatId chat, Cursor head) {
    this.chat = chat;
    this.view = View.empty(head);
    this.lastEdit = head.sequence();
  }

  /** The end of the log. */
  Cursor head() {
    return view.head;
  }

  /** How much memory it takes, in characters. */
  long weight() {
    return view.weight;
  }

  /** Another number than before, once an entry of the log, held here or not, has changed. */
  int revision() {
    return revision.get();
  }

  /** Whether an edit may be told of behind a place: a look at each entry would say it. */
  boolean mayHaveEdits(Cursor cursor) {
    return cursor.sequence() < lastEdit;
  }

  /** Only the loop appends. */
  void append(Entry entry) {
    View now = view;
    boolean follows = follows(now.head, entry.cursor());
    if (!follows || entry.event() instanceof Event.Edited) {
      lastEdit = entry.cursor().sequence();
    }
    view = follows ? now.with(entry) : alone(entry);
    if (!view.start.equals(now.start)) {
      forgetChunks();
    }
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
    view = View.empty(view.head);
    changed();
  }

  /** Shows an entry as it is now, where it is still held. Only the loop does. */
  void replace(Entry entry) {
    View now = view;
    int index = now.indexBehind(entry.cursor().sequence() - 1);
    if (index >= 0 && index < now.size && now.entries[index].cursor().equals(entry.cursor())) {
      view = now.with(index, entry);
    }
    changed();
  }

  /** Looks at each entry, and shows it as it is now: the same one where it has not changed. */
  void replaceAll(UnaryOperator<Entry> change) {
    view = view.with(change);
    changed();
  }

  /**
   * What follows a place.
   *
   * @return null when the tail doesn't reach back to it
   */
  @Nullable
  Chunk after(Cursor cursor) {
    AtomicReferenceArray<@Nullable Chunk> made = chunks;
    int slot = slot(cursor.sequence(), made.length());
    Chunk known = made.get(slot);
    if (known != null && known.after().equals(cursor) && !known.entries().isEmpty()) {
      return known;
    }
    View now = view;
    if (!now.reaches(cursor)) {
      return null;
    }
    Chunk chunk = now.chunk(chat, cursor);
    made.set(slot, chunk);
    return chunk;
  }

  private static int slot(long sequence, int slots) {
    if (slots == 1) {
      return 0;
    }
    return sequence % BLOCK == 0
        ? (int) (sequence / BLOCK % BLOCKS)
        : BLOCKS + (int) (sequence % PARTS);
  }

  /** Says that many read here: chunks are kept for those who come behind. Only the loop does. */
  void expectMany() {
    if (chunks.length() == 1) {
      chunks = new AtomicReferenceArray<>(BLOCKS + PARTS);
    }
  }

  /** What was made, or read from the storage, may show an entry as it is no more. */
  private void changed() {
    revision.incrementAndGet();
    forgetChunks();
  }

  /** So that what isn't held any more isn't held by them. */
  private void forgetChunks() {
    chunks = new AtomicReferenceArray<>(chunks.length());
  }

  /**
   * The page behind a place.
   *
   * @return null when the tail doesn't reach back to it
   */
  @Nullable
  Page pageAfter(Cursor cursor, int limit) {
    View now = view;
    if (!now.reaches(cursor)) {
      return null;
    }
    int first = now.indexBehind(cursor.sequence());
    int end = (int) Math.min(now.size, (long) first + limit);
    return new Page(now.slice(first, end), now.placeAt(end), end == now.size, false);
  }

  /**
   * The page before a place.
   *
   * @return null when the tail doesn't hold all of it
   */
  @Nullable
  Page pageBefore(Cursor cursor, int limit) {
    View now = view;
    Cursor place = cursor.equals(Cursor.END) ? now.head : cursor;
    int end = now.reaches(place) ? now.indexBehind(place.sequence()) : -1;
    boolean isLast = now.start.sequence() == 0 && end <= limit;
    if (end < 0 || (end < limit && !isLast)) {
      return null;
    }
    int first = isLast ? 0 : end - limit;
    return new Page(now.slice(first, end), now.placeAt(first), isLast, false);
  }

  /** The newest entries, oldest first. */
  List<Entry> entries() {
    View now = view;
    return Arrays.asList(now.entries).subList(0, now.size);
  }

  /** Where the oldest entry held begins. */
  Cursor start() {
    return view.start;
  }

  /** Slots of the array that a view covers never change; those behind it are the loop's. */
  private static final class View {
    private final Entry[] entries;
    private final int size;
    private final Cursor start;
    private final Cursor head;
    private final long weight;

    View(Entry[] entries, int size, Cursor start, Cursor head, long weight) {
      this.entries = entries;
      this.size = size;
      this.start = start;
      this.head = head;
      this.weight = weight;
    }

    static View empty(Cursor head) {
      return new View(NONE, 0, head, head, 0);
    }

    View with(Entry entry) {
      boolean isFull = size == MAX_ENTRIES || weight + Weight.of(entry) > MAX_WEIGHT;
      return isFull ? newerHalf().and(entry) : and(entry);
    }

    private View and(Entry entry) {
      Entry[] roomy = size < entries.length ? entries : Arrays.copyOf(entries, capacity(size));
      roomy[size] = entry;
      return new View(roomy, size + 1, start, entry.cursor(), weight + Weight.of(entry));
    }

    /** Drops so much at once that it costs little for each entry. */
    private View newerHalf() {
      int first = size;
      long kept = 0;
      while (first > 0 && size - first < MAX_ENTRIES / 2) {
        long more = kept + Weight.of(entries[first - 1]);
        if (more > MAX_WEIGHT / 2) {
          break;
        }
        kept = more;
        first--;
      }
      Entry[] newer = Arrays.copyOfRange(entries, first, first + capacity(size - first));
      Arrays.fill(newer, size - first, newer.length, null);
      return new View(newer, size - first, placeAt(first), head, kept);
    }

    private static int capacity(int size) {
      return Math.min(MAX_ENTRIES, Math.max(FIRST_CAPACITY, size * 2));
    }

    /** Another entry in the place of one. */
    View with(int index, Entry entry) {
      Entry[] copy = Arrays.copyOf(entries, entries.length);
      copy[index] = entry;
      long heavier = Weight.of(entry) - Weight.of(entries[index]);
      return new View(copy, size, start, head, weight + heavier);
    }

    /** The same, unless an entry has changed. */
    View with(UnaryOperator<Entry> change) {
      Entry[] copy = null;
      long heavier = 0;
      for (int i = 0; i < size; i++) {
        Entry next = change.apply(entries[i]);
        if (!next.equals(entries[i])) {
          copy = copy == null ? Arrays.copyOf(entries, entries.length) : copy;
          copy[i] = next;
          heavier += Weight.of(next) - Weight.of(entries[i]);
        }
      }
      return copy == null ? this : new View(copy, size, start, head, weight + heavier);
    }

    boolean reaches(Cursor cursor) {
      boolean sameLife = cursor.epoch() == head.epoch() || cursor.equals(Cursor.START);
      return sameLife
          && cursor.sequence() >= start.sequence()
          && cursor.sequence() <= head.sequence();
    }

    /** The places of a log are numbered one after the other. */
    int indexBehind(long sequence) {
      return (int) (sequence - start.sequence());
    }

    List<Entry> slice(int first, int end) {
      return Arrays.asList(Arrays.copyOfRange(entries, first, end));
    }

    /** The place before an entry, or behind the last. */
    Cursor placeAt(int index) {
      return index == 0 ? start : entries[index - 1].cursor();
    }

    Chunk chunk(ChatId chat, Cursor cursor) {
      int first = indexBehind(cursor.sequence());
      int most = (int) Math.min(size, first + BLOCK - cursor.sequence() % BLOCK);
      int end = first;
      for (long held = 0; end < most && held < Weight.ENOUGH; end++) {
        held += Weight.of(entries[end]);
      }
      return new Chunk(
          chat, cursor, slice(first, end), end == first ? cursor : entries[end - 1].cursor());
    }
  }
}
