package chat.talk.hub;

import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Notice;
import chat.talk.room.Chunk;
import chat.talk.room.Fact.Range;
import java.util.List;
import org.jetbrains.annotations.Nullable;

/**
 * A session's place in one chat: the cursor, and nothing that grows when it is behind. Only the
 * polling thread moves it; who that is just now, {@link #state} says.
 */
final class Reader {
  private static final int FIRST_PAGE = 32;
  static final int MAX_PAGE = 256;

  final LocalSession session;
  final Membership membership;

  /** Its place among the room's readers, -1 when it is not among them; only the loop's. */
  int index = -1;

  /** Guarded by the session's lock, as what follows. */
  State state = State.IDLE;

  /** Whether it was woken while it was being polled. */
  boolean wokenAgain;

  /** Where a page is fetched from. */
  @Nullable Cursor wanted;

  /** What was fetched, for the next poll. */
  private volatile @Nullable Stretch fetched;

  /** How many entries are fetched at a time. */
  private volatile int pageSize = FIRST_PAGE;

  /** Only the polling thread's, as what follows. */
  private Cursor cursor;

  private boolean lost;

  /** Whether it was just said that something is lost: the next page needn't say so again. */
  private boolean told;

  /** What becomes of a reader next. */
  enum State {
    /** Nothing, until it is woken. */
    IDLE,
    /** It is polled. */
    READY,
    /** A poll is at work on it. */
    POLLED,
    /** A page comes. */
    FETCHING
  }

  Reader(LocalSession session, Membership membership, Cursor start) {
    this.session = session;
    this.membership = membership;
    this.cursor = start;
    this.lost = !isOfThisLife(start, membership.room.head());
  }

  static boolean isOfThisLife(Cursor cursor, Cursor head) {
    boolean anyLife = cursor.equals(Cursor.START);
    return anyLife || (cursor.epoch() == head.epoch() && cursor.sequence() <= head.sequence());
  }

  void wake() {
    session.wake(this);
  }

  /** Whether {@link #next} may add a notice that something is lost. */
  boolean isAboutToTellOfALoss() {
    Stretch read = fetched;
    return lost || (read != null && read.lost() && !told);
  }

  /**
   * Finds what comes next: a chunk or nothing; what was lost before it is told first.
   *
   * @return the place from which a page has to be fetched first; null when a chunk was found, or
   *     there is nothing
   */
  @Nullable
  Cursor next(Found found) {
    if (!membership.isOpen()) {
      return null;
    }
    if (lost) {
      lost = false;
      told = true;
      found.add(new Notice.Lost(membership.room.id(), cursor));
      cursor = Cursor.START;
    }
    Range range = Membership.behind(membership.ranges(), cursor.sequence());
    return range == null ? null : next(range, found);
  }

  private @Nullable Cursor next(Range range, Found found) {
    Cursor from = range.after().sequence() > cursor.sequence() ? range.after() : cursor;
    Stretch read = fetched;
    fetched = null;
    if (read != null && read.chunk().after().equals(from)) {
      tellWhatIsLost(read, found);
      advance(shown(read.chunk(), range), found);
      return null;
    }
    if (from.sequence() >= end(range)) {
      return null;
    }
    Chunk chunk = membership.room.tail().after(from);
    if (chunk == null) {
      return from;
    }
    advance(shown(chunk, range), found);
    return null;
  }

  private void tellWhatIsLost(Stretch read, Found found) {
    if (read.lost() && !told) {
      found.add(new Notice.Lost(membership.room.id(), cursor));
    }
  }

  /** How many entries to fetch from the storage. */
  int pageSize() {
    return pageSize;
  }

  void fetched(Stretch stretch) {
    pageSize = stretch.isHeavy() ? Math.max(1, pageSize / 2) : Math.min(MAX_PAGE, pageSize * 2);
    fetched = stretch;
  }

  /** Whether a further call of {@link #next} would find something. */
  boolean hasMore() {
    Range range = Membership.behind(membership.ranges(), cursor.sequence());
    return range != null
        && membership.isOpen()
        && Math.max(range.after().sequence(), cursor.sequence()) < end(range);
  }

  private long end(Range range) {
    return bound(range).sequence();
  }

  /** All who may see all of it share it. The storage may hold more than the hub knows to. */
  private Chunk shown(Chunk chunk, Range range) {
    Cursor bound = bound(range);
    boolean isForAll =
        chunk.after().equals(cursor)
            && chunk.next().sequence() <= bound.sequence()
            && !hidesAny(chunk, range);
    return isForAll ? chunk : clipped(chunk, range, bound);
  }

  private Cursor bound(Range range) {
    Cursor head = membership.room.head();
    Cursor upTo = range.upTo();
    return upTo == null || upTo.sequence() > head.sequence() ? head : upTo;
  }

  /** Whoever may read from the beginning may read what was edited, too. */
  private boolean hidesAny(Chunk chunk, Range range) {
    List<Range> ranges = membership.ranges();
    return range.after().sequence() > 0
        && membership.room.tail().mayHaveEdits(chunk.after())
        && chunk.entries().stream().anyMatch(entry -> Membership.hidesTextOf(entry, ranges));
  }

  private Chunk clipped(Chunk chunk, Range range, Cursor bound) {
    long last = bound.sequence();
    List<Range> ranges = membership.ranges();
    List<Entry> visible =
        chunk.entries().stream()
            .filter(entry -> entry.cursor().sequence() > range.after().sequence())
            .filter(entry -> entry.cursor().sequence() <= last)
            .map(entry -> Membership.shown(entry, ranges))
            .toList();
    Cursor end = chunk.next().sequence() > last ? bound : chunk.next();
    return new Chunk(membership.room.id(), cursor, visible, end);
  }

  private void advance(Chunk chunk, Found found) {
    told = false;
    cursor = chunk.next();
    found.add(chunk);
  }
}
