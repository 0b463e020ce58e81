package chat.talk.hub;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Notice;
import chat.talk.room.Chat;
import chat.talk.room.Command;
import chat.talk.room.Fact;
import chat.talk.room.HubStatus;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** How far users have come: delivered for each device, read for each user, and what is unread. */
final class Positions {
  private final State state;
  private final Rooms rooms;
  private final Expiry expiry;
  private final Store store;
  private final Views views;
  private final Unsaved unsaved;

  Positions(State state, Rooms rooms, Expiry expiry, Store store, Views views, Unsaved unsaved) {
    this.state = state;
    this.rooms = rooms;
    this.expiry = expiry;
    this.store = store;
    this.views = views;
    this.unsaved = unsaved;
  }

  void join(Desk desk) {
    desk.on(Command.Acknowledge.class, this::acknowledge);
    desk.on(Command.MarkRead.class, this::markRead);
    desk.on(Command.Chats.class, this::chats);
    desk.on(Command.Status.class, this::status);
  }

  private Reply<Void> acknowledge(Command.Acknowledge command, Turn turn) {
    turn.session().machine.requireKnown();
    command.upTo().forEach((chat, cursor) -> acknowledge(chat, cursor, command.read(), turn));
    return Reply.done();
  }

  private void acknowledge(ChatId chat, Cursor cursor, boolean read, Turn turn) {
    Membership membership = turn.me().memberships.get(chat);
    if (membership == null || !isPlace(cursor, membership)) {
      return;
    }
    Machine machine = turn.session().machine;
    Cursor before = machine.delivered.get(chat);
    if (before == null || before.sequence() < cursor.sequence()) {
      machine.delivered.put(chat, cursor);
      Fact.Delivered fact = new Fact.Delivered(machine.id(), chat, cursor);
      unsaved.keep(fact);
      expiry.delivered(membership, cursor.sequence());
    }
    if (read && membership.read().sequence() < cursor.sequence()) {
      rooms.setRead(turn.batch(), membership, cursor);
      countFrom(membership, cursor);
      unsaved.keep(membership);
      turn.batch().then(() -> tellOthers(turn, chat, cursor));
    }
  }

  private static boolean isPlace(Cursor cursor, Membership membership) {
    return Reader.isOfThisLife(cursor, membership.room.head());
  }

  private static void countFrom(Membership membership, Cursor cursor) {
    if (cursor.sequence() == membership.room.head().sequence()) {
      membership.setUnread(0);
    } else {
      membership.forgetUnread();
    }
  }

  private static void tellOthers(Turn turn, ChatId chat, Cursor cursor) {
    turn.me()
        .sessions()
        .filter(session -> session != turn.session())
        .forEach(session -> session.tell(new Notice.Read(chat, cursor)));
  }

  /** A device is gone: nothing of it is saved any more. */
  void forget(Machine machine, Batch batch) {
    machine.delivered.forEach(
        (chat, cursor) -> {
          Fact fact = new Fact.Delivered(machine.id(), chat, cursor);
          unsaved.forget(fact.key());
          batch.drop(fact);
          batch.undo(() -> unsaved.keep(fact));
        });
  }

  private Reply<Void> markRead(Command.MarkRead command, Turn turn) {
    Membership membership = state.membership(command.chat(), turn.me());
    Cursor head = membership.room.head();
    Cursor upTo = command.upTo().equals(Cursor.END) ? head : command.upTo();
    if (!isPlace(upTo, membership)) {
      throw Checks.invalid("%s is no place in the chat %s", upTo, command.chat());
    }
    if (upTo.sequence() > membership.read().sequence()) {
      rooms.setRead(turn.batch(), membership, upTo);
      countFrom(membership, upTo);
      turn.batch().put(membership);
      turn.batch().then(() -> tellOthers(turn, command.chat(), upTo));
    } else {
      unsaved.saveNow(membership.fact().key(), turn.batch());
    }
    return Reply.done();
  }

  private Reply<List<Chat>> chats(Command.Chats command, Turn turn) {
    saveRead(turn.me());
    return views.of(turn.me(), chats -> chats);
  }

  /** What somebody was told that he has read must not be unread after a crash. */
  private void saveRead(Account account) {
    account.memberships.values().forEach(each -> unsaved.require(each.fact().key()));
  }

  private Reply<HubStatus> status(Command.Status command, Turn turn) {
    Account me = turn.me();
    saveRead(me);
    return answer -> views.of(me, status(me, turn.now())).give(answer);
  }

  private Function<List<Chat>, HubStatus> status(Account me, Instant now) {
    Instant fails = store.failingSince().orElse(null);
    int roomCount = state.rooms.size();
    Fact.User fact = me.fact();
    boolean banned = me.isBannedAt(now);
    return chats ->
        new HubStatus(
            now,
            store.usage(),
            fails,
            State.GENERAL,
            roomCount,
            chats,
            fact.reports(),
            banned ? fact.bannedUntil() : null);
  }

  /**
   * Where a device goes on in a chat that its client says nothing about. What it has never got any
   * of has come up after the device did: it gets all.
   */
  static Cursor start(Machine machine, Membership membership) {
    Cursor delivered = machine.delivered.get(membership.room.id());
    if (delivered == null) {
      return membership.ranges().get(0).after();
    }
    Cursor read = membership.read();
    return delivered.sequence() < read.sequence() ? delivered : read;
  }

  /** A new device begins with what its user has not read. */
  static void begin(Machine machine, Batch batch) {
    for (Membership membership : machine.account.memberships.values()) {
      if (membership.isOpen()) {
        Cursor read = membership.read();
        machine.delivered.put(membership.room.id(), read);
        batch.put(new Fact.Delivered(machine.id(), membership.room.id(), read));
      }
    }
  }
}
