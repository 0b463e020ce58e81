package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.Cursor;
import chat.talk.Event;
import chat.talk.Scheduler;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage.Change;
import chat.talk.room.HubStorage.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jetbrains.annotations.Nullable;

/**
 * Messages go a time after they were delivered to the last of those they were for. They go in the
 * order of the log: none before those that stand in front of it. Only the loop's.
 */
final class Expiry implements Rooms.Watcher {
  /** Marks of one chat that lie closer together than this part of the time to live become one. */
  private static final int MARKS_PER_LIFE = 3_600;

  /** In how many chats messages go in one group; those of the others go in the next. */
  private static final int MAX_ROOMS = 256;

  /** How many places of these chats one group goes through: all others wait for it. */
  private static final int MAX_PLACES = 2_000;

  private final State state;
  private final Rooms rooms;
  private final Ids ids;
  private final Store store;
  private final Loop loop;
  private final Scheduler scheduler;
  private final Unsaved unsaved;
  private final Attachments attachments;
  private final @Nullable Duration ttl;
  private final Map<Room, Track> tracks = new HashMap<>();

  /** One for each room with marks, no later than its first mark is due. */
  private final PriorityQueue<Due> dues = new PriorityQueue<>(Comparator.comparing(Due::at));

  private final Alarm alarm;

  /** When something in a room may be due. */
  private record Due(Instant at, Room room) {}

  Expiry(
      State state,
      Rooms rooms,
      Ids ids,
      Store store,
      HubBuilder setup,
      Loop loop,
      Unsaved unsaved,
      Attachments attachments) {
    this.state = state;
    this.rooms = rooms;
    this.ids = ids;
    this.store = store;
    this.loop = loop;
    this.scheduler = setup.scheduler;
    this.ttl = setup.messageTtl;
    this.unsaved = unsaved;
    this.attachments = attachments;
    this.alarm = new Alarm(scheduler, () -> loop.submit(new Expire()));
  }

  /** Nothing goes any more. */
  void stop() {
    alarm.stop();
  }

  /** How far the members of one room have come. */
  private static final class Track {
    /** How many members each place was the last delivered to. */
    private final TreeMap<Long, Integer> places = new TreeMap<>();

    /** What had reached all, and when; the oldest first. */
    private final Deque<Fact.Reached> marks = new ArrayDeque<>(2);

    private long reached;
    private long expired;

    /** Whether the room is among the dues. */
    private boolean queued;

    void add(long place) {
      places.merge(place, 1, Integer::sum);
    }

    void remove(long place) {
      places.computeIfPresent(place, (key, count) -> count == 1 ? null : count - 1);
    }

    long slowest(Room room) {
      return places.isEmpty() ? room.head().sequence() : places.firstKey();
    }
  }

  /** Takes up what the storage says. */
  void start() {
    if (ttl == null) {
      return;
    }
    for (Room room : state.rooms.values()) {
      Track track = track(room);
      List<Fact.Reached> marks = state.reached.getOrDefault(room.id(), List.of());
      track.marks.addAll(marks);
      for (Fact.Reached mark : marks) {
        track.reached = Math.max(track.reached, mark.upTo().sequence());
      }
      queue(room, track);
      room.memberships().stream().filter(Membership::isOpen).forEach(this::restore);
      advance(room, track);
    }
    arm();
  }

  private void restore(Membership membership) {
    long delivered =
        membership.account.machines().stream()
            .map(machine -> machine.delivered.get(membership.room.id()))
            .mapToLong(cursor -> cursor == null ? 0 : cursor.sequence())
            .reduce(membership.delivered(), Math::max);
    membership.setDelivered(delivered);
    track(membership.room).add(delivered);
  }

  private Track track(Room room) {
    return tracks.computeIfAbsent(room, key -> new Track());
  }

  @Override
  public void entered(Membership membership, long place) {
    if (ttl != null) {
      membership.setDelivered(place);
      track(membership.room).add(place);
    }
  }

  /** Who has left holds nothing up. */
  @Override
  public void left(Membership membership) {
    if (ttl != null) {
      Track track = track(membership.room);
      track.remove(membership.delivered());
      advance(membership.room, track);
      arm();
    }
  }

  /** One of a user's devices has got everything up to a place. */
  void delivered(Membership membership, long place) {
    if (ttl != null && membership.isOpen() && place > membership.delivered()) {
      Track track = track(membership.room);
      track.remove(membership.delivered());
      membership.setDelivered(place);
      track.add(place);
      advance(membership.room, track);
      arm();
    }
  }

  /** Its author needs no delivery. */
  @Override
  public void published(Room room, Membership author, long place) {
    if (author.isOpen() && author.delivered() == place - 1) {
      delivered(author, place);
    }
  }

  private void advance(Room room, Track track) {
    long slowest = track.slowest(room);
    if (slowest > track.reached) {
      boolean mayHoldMessages = room.lastMessage() > track.reached;
      track.reached = slowest;
      if (mayHoldMessages) {
        mark(room, track, slowest);
      }
    }
  }

  private void mark(Room room, Track track, long place) {
    Instant now = Checks.time(scheduler.now());
    Fact.Reached last = track.marks.peekLast();
    boolean joins = last != null && !now.isAfter(last.since().plus(slot()));
    if (joins) {
      track.marks.removeLast();
    }
    Fact.Reached mark =
        new Fact.Reached(
            room.id(),
            new Cursor(room.head().epoch(), place),
            joins ? last.since() : now,
            joins && last.at().isAfter(now) ? last.at() : now);
    track.marks.add(mark);
    unsaved.keep(mark);
    queue(room, track);
  }

  private Duration life() {
    return ttl == null ? Duration.ZERO : ttl;
  }

  /** How much later than its time a message may go, as its mark waits for others. */
  private Duration slot() {
    return life().dividedBy(MARKS_PER_LIFE);
  }

  private void queue(Room room, Track track) {
    if (!track.queued && !track.marks.isEmpty()) {
      track.queued = true;
      dues.add(new Due(track.marks.element().at().plus(life()), room));
    }
  }

  private void arm() {
    if (!dues.isEmpty()) {
      alarm.set(dues.element().at);
    }
  }

  /** Takes away the texts of what is due. */
  private final class Expire implements Loop.Task {
    @Override
    public boolean decide(Batch batch) {
      List<Due> taken = take(batch.now());
      batch.undo(() -> taken.forEach(due -> dues.add(due)));
      long left = MAX_PLACES;
      for (Due due : taken) {
        left -= expire(due.room, track(due.room), left, batch);
      }
      batch.then(() -> taken.forEach(due -> queueAgain(due.room)));
      batch.then(() -> alarm.rearm(dues.isEmpty() ? null : dues.element().at));
      return true;
    }

    @Override
    public void fail(ChatException why) {
      alarm.rearm(scheduler.now().plus(Loop.PAUSE));
    }
  }

  private List<Due> take(Instant now) {
    List<Due> taken = new ArrayList<>();
    while (!dues.isEmpty() && !dues.element().at.isAfter(now) && taken.size() < MAX_ROOMS) {
      taken.add(dues.remove());
    }
    return taken;
  }

  private void queueAgain(Room room) {
    Track track = track(room);
    track.queued = false;
    queue(room, track);
  }

  /** Goes through so many places at most, and returns how many it were; the rest is due again. */
  private long expire(Room room, Track track, long most, Batch batch) {
    Instant born = batch.now().minus(life());
    long before = track.expired;
    Cursor upTo = null;
    while (upTo == null || upTo.sequence() - before < most) {
      Fact.Reached mark = track.marks.peek();
      if (mark == null || mark.at().isAfter(born)) {
        break;
      }
      upTo = mark.upTo();
      if (upTo.sequence() - before > most) {
        upTo = new Cursor(upTo.epoch(), before + most);
      } else {
        drop(track.marks.remove(), track, batch);
      }
    }
    if (upTo == null || upTo.sequence() <= before) {
      return 0;
    }
    expire(room, track, upTo, batch);
    return upTo.sequence() - before;
  }

  private void drop(Fact.Reached mark, Track track, Batch batch) {
    unsaved.forget(mark.key());
    batch.drop(mark);
    batch.undo(
        () -> {
          track.marks.addFirst(mark);
          unsaved.keep(mark);
        });
  }

  private void expire(Room room, Track track, Cursor upTo, Batch batch) {
    long before = track.expired;
    Cursor from = new Cursor(upTo.epoch(), before);
    List<Stretch> stretch = List.of(new Stretch(room.id(), from, upTo));
    track.expired = upTo.sequence();
    batch.undo(() -> track.expired = before);
    if (loop.outside(() -> store.count(State.HUB, stretch)).get(0) == 0) {
      return;
    }
    batch.change(new Change.Expire(room.id(), upTo));
    attachments.expire(room.id(), upTo, batch);
    rooms.append(
        batch,
        room,
        new Event.Expired(room.id(), ids.message(batch.now()), State.HUB, batch.now(), upTo));
    batch.then(
        () -> {
          room.tail().clear();
          room.countBlanking();
        });
  }

  /** Whether the message at this place has gone, also when that is only decided and not stored. */
  boolean isGone(Room room, Cursor place) {
    Track track = tracks.get(room);
    return track != null && place.sequence() <= track.expired;
  }
}
