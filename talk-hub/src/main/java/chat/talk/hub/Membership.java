package chat.talk.hub;

import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.room.Chat;
import chat.talk.room.Fact;
import chat.talk.room.Fact.Range;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.annotations.Nullable;

/** A user's place in a room: what he may read there and how far he has. */
final class Membership {
  final Room room;
  final Account account;

  /** Written by the loop, read by sessions. */
  private volatile List<Range> ranges;

  /** How far he has read; only the loop's, as all that follows. */
  private Reading newest;

  /** The same as it is stored, which is what is told: it must not go back after a crash. */
  private Reading saved;

  /** How far any device has been delivered to; for the time to live. */
  private long delivered;

  /** How many messages of his own were published since the hub was opened. */
  private long own;

  /** How far he has read, and what was unread at a moment. */
  private record Reading(Cursor place, long unread, Moment counted) {}

  /** What a count of unread messages rests on. */
  record Moment(List<Range> ranges, Cursor read, long messages, long own, int blankings) {
    static final Moment NEVER = new Moment(List.of(), Cursor.START, 0, 0, 0);
  }

  Membership(Room room, Account account, List<Range> ranges, Cursor read) {
    this.room = room;
    this.account = account;
    this.ranges = List.copyOf(ranges);
    this.newest = new Reading(read, Chat.UNREAD_UNKNOWN, Moment.NEVER);
    this.saved = newest;
    this.delivered = read.sequence();
  }

  List<Range> ranges() {
    return ranges;
  }

  void setRanges(List<Range> next) {
    ranges = List.copyOf(next);
  }

  boolean isOpen() {
    List<Range> now = ranges;
    return !now.isEmpty() && now.get(now.size() - 1).upTo() == null;
  }

  /** The stretch that begins with him becoming a member at this place. */
  List<Range> openedAt(Cursor head) {
    List<Range> next = new ArrayList<>(ranges);
    next.add(new Range(head, null));
    return next;
  }

  /** The stretches of one who stops being a member at this place. */
  List<Range> closedAt(Cursor head) {
    List<Range> next = new ArrayList<>(ranges);
    Range last = next.remove(next.size() - 1);
    next.add(new Range(last.after(), head));
    return next;
  }

  /** What he may read of what there is now. */
  List<Range> rangesSoFar() {
    return isOpen() ? closedAt(room.head()) : ranges;
  }

  /** The first stretch in which something may lie behind a place, null when there is none. */
  static @Nullable Range behind(List<Range> ranges, long sequence) {
    for (Range range : ranges) {
      Cursor upTo = range.upTo();
      if (upTo == null || upTo.sequence() > sequence) {
        return range;
      }
    }
    return null;
  }

  /** Whether he may read the entry at this place. */
  boolean covers(Cursor place) {
    return covers(ranges, place);
  }

  private static boolean covers(List<Range> ranges, Cursor place) {
    Range range = behind(ranges, place.sequence() - 1);
    return range != null && range.after().sequence() < place.sequence();
  }

  /** Whether an entry tells what stands where he may not read. */
  static boolean hidesTextOf(Entry entry, List<Range> ranges) {
    return entry.event() instanceof Event.Edited edited
        && !edited.text().isEmpty()
        && !covers(ranges, edited.place());
  }

  /** The entry as one may see it who has these ranges. */
  static Entry shown(Entry entry, List<Range> ranges) {
    return hidesTextOf(entry, ranges)
        ? new Entry(entry.cursor(), ((Event.Edited) entry.event()).withoutText())
        : entry;
  }

  Cursor read() {
    return newest.place;
  }

  void setRead(Cursor next) {
    newest = new Reading(next, newest.unread, newest.counted);
  }

  /** How far he has read by what is stored. */
  Cursor savedRead() {
    return saved.place;
  }

  /** What to do once his present place is stored. */
  Runnable saving() {
    Reading present = newest;
    return () -> saved = present;
  }

  long delivered() {
    return delivered;
  }

  void setDelivered(long sequence) {
    delivered = sequence;
  }

  Fact.Member fact() {
    return new Fact.Member(room.id(), account.name(), ranges, newest.place);
  }

  /** He has said something himself. */
  void countOwn() {
    own++;
  }

  // What is unread behind the place that is stored.

  /** What was counted means nothing for stretches that are being stored just now. */
  boolean knowsUnread() {
    return saved.unread != Chat.UNREAD_UNKNOWN
        && saved.counted.blankings == room.blankings()
        && saved.counted.ranges.equals(ranges);
  }

  Moment moment() {
    return moment(saved.place);
  }

  private Moment moment(Cursor read) {
    return new Moment(ranges, read, room.messages(), own, room.blankings());
  }

  /** What is unread behind his newest place, at the room's present head. */
  void setUnread(long count) {
    newest = new Reading(newest.place, count, moment(newest.place));
  }

  /** What was unread at the room's head of a moment; means nothing if he has read on since. */
  void setUnread(long count, Moment when) {
    if (when.ranges.equals(ranges)) {
      Reading reading = new Reading(when.read, count, when);
      newest = when.read.equals(newest.place) ? reading : newest;
      saved = when.read.equals(saved.place) ? reading : saved;
    }
  }

  void forgetUnread() {
    newest = new Reading(newest.place, Chat.UNREAD_UNKNOWN, newest.counted);
  }

  long unread() {
    long since = room.messages() - saved.counted.messages;
    return saved.unread + since - (own - saved.counted.own);
  }
}
