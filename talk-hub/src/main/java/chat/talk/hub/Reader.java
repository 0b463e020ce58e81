package chat.talk.hub;

import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Notice;
import chat.talk.Page;
import chat.talk.room.Chunk;
import chat.talk.room.Fact.Range;
import java.util.List;
import org.jetbrains.annotations.Nullable;

/** A session's place in one chat: the cursor, and nothing that grows when it is behind. */
final class Reader {
  /** The most entries that are fetched from the storage for a reader who is far behind. */
  static final int PAGE = 256;

  final LocalSession session;
  final Membership membership;

  /** Its place among the room's readers; only the loop's. */
  int index = -1;

  /** Whether it is among the session's ready ones. Guarded by the session's lock. */
  boolean queued;

  /** Whether a page is being fetched. Guarded by the session's lock. */
  boolean fetching;

  /** What was fetched; handed from the fetching to the polling thread. */
  private volatile @Nullable Page fetched;

  /** Only the polling thread's. */
  private Cursor cursor;

  private boolean lost;

  /** Whether it was just said that something is lost: the next page needn't say so again. */
  private boolean told;

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

  /** Where the storage has to be read when {@link #next} finds nothing, null when nowhere. */
  private @Nullable Cursor wanted;

  /**
   * The next chunk; what was lost before it is told to the session. Null when there is none yet.
   */
  @Nullable
  Chunk next(List<Notice> notices) {
    wanted = null;
    if (!membership.isOpen()) {
      return null;
    }
    if (lost) {
      lost = false;
      told = true;
      notices.add(new Notice.Lost(membership.room.id(), cursor));
      cursor = Cursor.START;
    }
    Range range = Membership.behind(membership.ranges(), cursor.sequence());
    if (range == null) {
      fetched = null;
      return null;
    }
    Cursor from = range.after().sequence() > cursor.sequence() ? range.after() : cursor;
    Page page = fetched;
    if (page != null) {
      fetched = null;
      return advance(fromPage(page, range, notices));
    }
    if (from.sequence() >= end(range)) {
      return null;
    }
    Chunk chunk = membership.room.tail().after(from);
    if (chunk == null) {
      wanted = from;
      return null;
    }
    return advance(fromTail(chunk, range));
  }

  /** Where to fetch a page, if that is what the last {@link #next} lacked. */
  @Nullable
  Cursor wanted() {
    return wanted;
  }

  void fetched(Page page) {
    fetched = page;
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
    return chunk.after().equals(cursor) && !beyond
        ? chunk
        : clipped(chunk.entries(), chunk.next(), range);
  }

  private Chunk fromPage(Page page, Range range, List<Notice> notices) {
    if (page.lost() && !told) {
      notices.add(new Notice.Lost(membership.room.id(), cursor));
    }
    told = false;
    return clipped(page.entries(), page.next(), range);
  }

  private Chunk clipped(List<Entry> entries, Cursor next, Range range) {
    Cursor upTo = range.upTo();
    long last = upTo == null ? Long.MAX_VALUE : upTo.sequence();
    List<Entry> visible =
        entries.stream()
            .filter(entry -> entry.cursor().sequence() > range.after().sequence())
            .filter(entry -> entry.cursor().sequence() <= last)
            .toList();
    Cursor end = upTo != null && next.sequence() > last ? upTo : next;
    return new Chunk(membership.room.id(), cursor, visible, end);
  }

  private Chunk advance(Chunk chunk) {
    cursor = chunk.next();
    return chunk;
  }
}
