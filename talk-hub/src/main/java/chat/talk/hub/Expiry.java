package chat.talk.hub;

import chat.talk.Cursor;
import chat.talk.Event;
import chat.talk.Scheduler;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage;
import chat.talk.room.HubStorage.Change;
import chat.talk.room.HubStorage.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
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

  /** How long a storage that failed is left alone. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final State state;
  private final Rooms rooms;
  private final Ids ids;
  private final HubStorage storage;
  private final Scheduler scheduler;
  private final Loop loop;
  private final Unsaved unsaved;
  private final @Nullable Duration ttl;
  private final Map<Room, Track> tracks = new HashMap<>();
  private final PriorityQueue<Due> dues = new PriorityQueue<>(Comparator.comparing(Due::at));
  private @Nullable Instant timer;

  /** When something in a room may be due. */
  private record Due(Instant at, Room room) {}

  Expiry(State state, Rooms rooms, Ids ids, HubBuilder setup, Loop loop, Unsaved unsaved) {
    this.state = state;
    this.rooms = rooms;
    this.ids = ids;
    this.storage = setup.storage;
    this.scheduler = setup.scheduler;
    this.ttl = setup.messageTtl;
    this.loop = loop;
    this.unsaved = unsaved;
  }

  /** How far the members of one room have come. */
  private static final class Track {
    /** How many members each place was the last delivered to. */
    private final TreeMap<Long, Integer> places = new TreeMap<>();

    /** What had reached all, and when; the oldest first. */
    private final Deque<Fact.Reached> marks = new ArrayDeque<>(2);

    private long reached;
    private long expired;

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
        dues.add(new Due(mark.at().plus(life()), room));
      }
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
    Instant now = scheduler.now();
    Fact.Reached last = track.marks.peekLast();
    if (last != null && !now.isAfter(last.at().plus(life().dividedBy(MARKS_PER_LIFE)))) {
      track.marks.removeLast();
      unsaved.forget(last.key());
      loop.insist(batch -> batch.drop(last));
    }
    Fact.Reached mark = new Fact.Reached(room.id(), new Cursor(room.head().epoch(), place), now);
    track.marks.add(mark);
    dues.add(new Due(now.plus(life()), room));
    unsaved.keep(mark.key(), () -> mark);
  }

  private Duration life() {
    return ttl == null ? Duration.ZERO : ttl;
  }

  private void arm() {
    Due next = dues.peek();
    if (next != null && (timer == null || next.at.isBefore(timer))) {
      timer = next.at;
      scheduler.after(Duration.between(scheduler.now(), next.at), () -> loop.insist(this::expire));
    }
  }

  private void expire(Batch batch) {
    timer = null;
    while (!dues.isEmpty() && !dues.peek().at.isAfter(batch.now())) {
      Due due = dues.remove();
      batch.undo(() -> dues.add(new Due(due.at.plus(PAUSE), due.room)));
      expire(due.room, track(due.room), batch);
    }
    batch.then(this::arm);
    batch.undo(this::arm);
  }

  private void expire(Room room, Track track, Batch batch) {
    Instant born = batch.now().minus(life());
    while (!track.marks.isEmpty() && !track.marks.peek().at().isAfter(born)) {
      Fact.Reached mark = track.marks.remove();
      batch.undo(() -> track.marks.addFirst(mark));
      unsaved.forget(mark.key());
      batch.drop(mark);
      expire(room, track, mark, batch);
    }
  }

  private void expire(Room room, Track track, Fact.Reached mark, Batch batch) {
    Cursor from = new Cursor(mark.upTo().epoch(), track.expired);
    List<Long> count = storage.count(State.HUB, List.of(new Stretch(room.id(), from, mark.upTo())));
    if (count.get(0) == 0) {
      return;
    }
    batch.change(new Change.Expire(room.id(), mark.upTo()));
    rooms.append(
        batch,
        room,
        new Event.Expired(room.id(), ids.message(), State.HUB, batch.now(), mark.upTo()));
    batch.then(
        () -> {
          track.expired = mark.upTo().sequence();
          room.tail().clear();
          room.countBlanking();
        });
  }
}
