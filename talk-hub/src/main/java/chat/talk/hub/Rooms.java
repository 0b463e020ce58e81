package chat.talk.hub;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.Notice;
import chat.talk.UserName;
import chat.talk.room.Chat;
import chat.talk.room.Fact;
import chat.talk.room.Fact.Range;
import chat.talk.room.HubStorage.Appended;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jetbrains.annotations.Nullable;

/** How rooms come to be, who comes in and goes out, and how events get into their logs. */
final class Rooms {
  private final State state;
  private final Ids ids;
  private final TailBudget budget = new TailBudget();

  private Watcher watcher = new Watcher() {};

  Rooms(State state, Ids ids) {
    this.state = state;
    this.ids = ids;
  }

  /** Told of what has happened, once it is stored. */
  interface Watcher {
    /** A user is in a room from this place on. */
    default void entered(Membership membership, long place) {}

    /** A user is in a room no more. */
    default void left(Membership membership) {}

    /** A message stands in the log. */
    default void published(Room room, Membership author, long place) {}
  }

  /** Must be called before anything happens. */
  void watch(Watcher watcher) {
    this.watcher = watcher;
  }

  /**
   * The event stands in the room's log once the batch is stored, and its readers are woken. It was
   * a repeat, unless it lies behind what the room has shown: a commit may have been made twice.
   */
  void append(Batch batch, Room room, Event event, Consumer<Appended> then) {
    batch.append(
        event,
        appended -> {
          Entry entry = appended.entry();
          boolean isNew =
              entry.event().chat().equals(room.id())
                  && entry.cursor().sequence() > room.head().sequence();
          if (isNew) {
            publish(room, entry);
          }
          then.accept(new Appended(entry, isNew));
        });
    batch.wake(room);
  }

  private void publish(Room room, Entry entry) {
    room.publish(entry);
    budget.grown(room);
    Membership author = room.membership(entry.event().author());
    if (author != null && entry.event() instanceof ChatMessage) {
      watcher.published(room, author, entry.cursor().sequence());
    }
  }

  void append(Batch batch, Room room, Event event) {
    append(batch, room, event, appended -> {});
  }

  /** A new room; it is there for the batch's later decisions, and gone when they are undone. */
  Room create(
      Batch batch, ChatId id, Chat.Kind kind, String title, @Nullable UserName owner, Cursor head) {
    Room room = new Room(new Fact.Room(id, kind, title, owner, batch.now(), false), head);
    state.add(room);
    batch.undo(() -> state.rooms.remove(id));
    batch.put(room.fact());
    return room;
  }

  void change(Batch batch, Room room, Fact.Room next) {
    Fact.Room before = room.fact();
    room.setFact(next);
    batch.undo(() -> room.setFact(before));
    batch.put(next);
  }

  /** The chat of two users, made when they have none yet. */
  Room direct(Batch batch, Account one, Account other) {
    ChatId id = ChatId.direct(one.name(), other.name());
    Room room = state.rooms.get(id);
    if (room == null) {
      room = create(batch, id, Chat.Kind.DIRECT, "", null, Cursor.START);
      enter(batch, room, one, Cursor.START, Cursor.START);
      if (one != other) {
        enter(batch, room, other, Cursor.START, Cursor.START);
      }
    }
    return room;
  }

  /**
   * A user is in the room from here on, and may read what follows a place.
   *
   * @param after must be no later than the room's present head
   * @param read from where on it is news to him; no earlier than that
   */
  Membership enter(Batch batch, Room room, Account account, Cursor after, Cursor read) {
    Membership known = account.memberships.get(room.id());
    Membership membership = known == null ? new Membership(room, account, List.of(), after) : known;
    if (known == null) {
      state.add(membership);
      batch.undo(() -> state.forget(membership));
    }
    setRanges(batch, membership, membership.openedAt(after));
    setRead(batch, membership, read);
    membership.setUnread(0);
    if (read.sequence() < room.head().sequence()) {
      membership.forgetUnread();
    }
    batch.put(membership);
    batch.then(() -> welcome(membership));
    batch.then(() -> watcher.entered(membership, read.sequence()));
    return membership;
  }

  private void setRanges(Batch batch, Membership membership, List<Range> next) {
    List<Range> before = membership.ranges();
    membership.setRanges(next);
    batch.undo(() -> membership.setRanges(before));
  }

  void setRead(Batch batch, Membership membership, Cursor next) {
    Cursor before = membership.read();
    membership.setRead(next);
    batch.undo(
        () -> {
          membership.setRead(before);
          membership.forgetUnread();
        });
  }

  /** Whoever comes back goes on where he was: what he had not got before he went is still his. */
  private static void welcome(Membership membership) {
    membership
        .account
        .sessions()
        .forEach(
            session -> {
              attach(session, membership, Positions.start(session.machine, membership));
              session.tell(new Notice.Entered(membership.room.id()));
            });
  }

  /** The session reads the room on from a place, or from where it was before. */
  static void attach(LocalSession session, Membership membership, Cursor start) {
    Reader reader =
        session.readers.computeIfAbsent(
            membership.room.id(), chat -> new Reader(session, membership, start));
    membership.room.attach(reader);
    reader.wake();
  }

  /**
   * A user joins a private room, and the log says so.
   *
   * @return false when the batch has to be stored first: what was decided before him is not for him
   */
  boolean join(Batch batch, Room room, Account account, UserName by) {
    if (batch.appendsTo(room.id())) {
      return false;
    }
    enter(batch, room, account, room.head(), room.head());
    append(
        batch,
        room,
        new Event.Joined(room.id(), ids.message(batch.now()), by, batch.now(), account.name()));
    return true;
  }

  /**
   * A user leaves a private room, and the log says so.
   *
   * @return false when the batch has to be stored first: what was decided before is still for him
   */
  boolean leave(Batch batch, Membership membership, UserName by) {
    Room room = membership.room;
    if (batch.appendsTo(room.id())) {
      return false;
    }
    UserName name = membership.account.name();
    batch.undo(() -> wakeReaders(membership));
    setRanges(batch, membership, membership.closedAt(room.head()));
    batch.put(membership);
    append(batch, room, new Event.Left(room.id(), ids.message(batch.now()), by, batch.now(), name));
    batch.then(() -> seeOff(membership));
    batch.then(() -> watcher.left(membership));
    return true;
  }

  /** He is a member still: what he was kept from meanwhile is his. */
  private static void wakeReaders(Membership membership) {
    membership
        .account
        .sessions()
        .map(session -> session.readers.get(membership.room.id()))
        .filter(Objects::nonNull)
        .forEach(Reader::wake);
  }

  private static void seeOff(Membership membership) {
    ChatId chat = membership.room.id();
    membership
        .account
        .sessions()
        .forEach(
            session -> {
              Reader reader = session.readers.get(chat);
              if (reader != null) {
                membership.room.detach(reader);
              }
              session.tell(new Notice.Left(chat));
            });
  }
}
