package chat.talk.hub;

import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Notice;
import chat.talk.Page;
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
  private volatile @Nullable Fetched fetched;

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

  /** A page, and where it begins. */
  private record Fetched(Cursor from, Page page) {}

  /** What a poll finds: a chunk, or the place from which a page has to be fetched, or neither. */
  record Step(@Nullable Chunk chunk, @Nullable Cursor wanted) {
    static final Step NOTHING = new Step(null, null);
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

  /** Finds what comes next; what was lost before it is told first. */
  Step next(List<Notice> notices) {
    if (!membership.isOpen()) {
      return Step.NOTHING;
    }
    if (lost) {
      lost = false;
      told = true;
      notices.add(new Notice.Lost(membership.room.id(), cursor));
      cursor = Cursor.START;
    }
    Range range = Membership.behind(membership.ranges(), cursor.sequence());
    return range == null ? Step.NOTHING : next(range, notices);
  }

  private Step next(Range range, List<Notice> notices) {
    Cursor from = range.after().sequence() > cursor.sequence() ? range.after() : cursor;
    Fetched page = fetched;
    fetched = null;
    if (page != null && page.from.equals(from)) {
      return advance(fromPage(page.page, range, notices));
    }
    if (from.sequence() >= end(range)) {
      return Step.NOTHING;
    }
    Chunk chunk = membership.room.tail().after(from);
    return chunk == null ? new Step(null, from) : advance(fromTail(chunk, range));
  }

  /** How many entries to fetch from the storage. */
  int pageSize() {
    return pageSize;
  }

  void fetched(Cursor from, Page page) {
    Page light = Weight.forwards(page);
    boolean isHeavy = light.entries().size() < page.entries().size();
    pageSize = isHeavy ? Math.max(1, pageSize / 2) : Math.min(MAX_PAGE, pageSize * 2);
    fetched = new Fetched(from, light);
  }

  /** Whether a further call of {@link #next} would find something. */
  boolean hasMore() {
    Range range = Membership.behind(membership.ranges(), cursor.sequence());
    return range != null
        && membership.isOpen()
        && Math.max(range.after().sequence(), cursor.sequence()) < end(range);
  }

  private long end(Range range) {
    long head = membership.room.head().sequence();
    Cursor upTo = range.upTo();
    return upTo == null ? head : Math.min(head, upTo.sequence());
  }

  private Chunk fromTail(Chunk chunk, Range range) {
    Cursor upTo = range.upTo();
    boolean beyond = upTo != null && chunk.next().sequence() > upTo.sequence();
    boolean isForAll = chunk.after().equals(cursor) && !beyond && !hidesAny(chunk, range);
    return isForAll ? chunk : clipped(chunk.entries(), chunk.next(), range);
  }

  /** Whoever may read from the beginning may read what was edited, too. */
  private boolean hidesAny(Chunk chunk, Range range) {
    List<Range> ranges = membership.ranges();
    return range.after().sequence() > 0
        && chunk.entries().stream().anyMatch(entry -> Membership.hidesTextOf(entry, ranges));
  }

  private Chunk fromPage(Page page, Range range, List<Notice> notices) {
    if (page.lost() && !told) {
      notices.add(new Notice.Lost(membership.room.id(), cursor));
    }
    return clipped(page.entries(), page.next(), range);
  }

  /** The storage may hold more already than the hub knows to be stored. */
  private Chunk clipped(List<Entry> entries, Cursor next, Range range) {
    Cursor head = membership.room.head();
    Cursor upTo = range.upTo();
    Cursor bound = upTo == null || upTo.sequence() > head.sequence() ? head : upTo;
    long last = bound.sequence();
    List<Range> ranges = membership.ranges();
    List<Entry> visible =
        entries.stream()
            .filter(entry -> entry.cursor().sequence() > range.after().sequence())
            .filter(entry -> entry.cursor().sequence() <= last)
            .map(entry -> Membership.shown(entry, ranges))
            .toList();
    Cursor end = next.sequence() > last ? bound : next;
    return new Chunk(membership.room.id(), cursor, visible, end);
  }

  private Step advance(Chunk chunk) {
    told = false;
    cursor = chunk.next();
    return new Step(chunk, null);
  }
}
