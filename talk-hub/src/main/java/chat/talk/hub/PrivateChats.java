package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Event;
import chat.talk.UserName;
import chat.talk.room.Chat;
import chat.talk.room.Command;
import chat.talk.room.Fact;
import chat.talk.room.Member;
import java.util.List;

/** Making private chats, and what their owners and members do with them. */
final class PrivateChats {
  private final State state;
  private final Rooms rooms;
  private final Ids ids;
  private final Views views;

  PrivateChats(State state, Rooms rooms, Ids ids, Views views) {
    this.state = state;
    this.rooms = rooms;
    this.ids = ids;
    this.views = views;
  }

  void join(Desk desk) {
    desk.on(Command.Create.class, this::create);
    desk.on(Command.Rename.class, this::rename);
    desk.on(Command.HandOver.class, this::handOver);
    desk.on(Command.Close.class, this::close);
    desk.on(Command.Leave.class, this::leave);
    desk.on(Command.Remove.class, this::remove);
    desk.on(Command.Members.class, this::members);
  }

  private Reply<Chat> create(Command.Create create, Turn turn) {
    ChatId id = create.chat();
    String title = Checks.title(create.title());
    if (id.value().contains("~")) {
      throw Checks.invalid("the id of a private chat holds no ~");
    }
    Room room = state.rooms.get(id);
    if (room == null && !id.equals(State.AUDIT)) {
      Room made =
          rooms.create(turn.batch(), id, Chat.Kind.PRIVATE, title, turn.name(), Cursor.START);
      Membership mine = rooms.enter(turn.batch(), made, turn.me(), made.head(), made.head());
      rooms.append(
          turn.batch(),
          made,
          new Event.Created(id, ids.message(turn.now()), turn.name(), turn.now(), title));
      return views.of(mine);
    }
    Membership mine = turn.me().memberships.get(id);
    boolean same =
        mine != null
            && turn.name().equals(mine.room.fact().owner())
            && title.equals(mine.room.fact().title());
    if (!same) {
      throw new ChatException(Code.CONFLICT, "there is another chat " + id);
    }
    return views.of(mine);
  }

  private Reply<Void> rename(Command.Rename rename, Turn turn) {
    String title = Checks.title(rename.title());
    Room room = state.owned(rename.chat(), turn.me());
    room.requireOpen();
    Fact.Room fact = room.fact();
    if (!title.equals(fact.title())) {
      rooms.change(turn.batch(), room, changed(fact, title, fact.owner(), false));
      rooms.append(
          turn.batch(),
          room,
          new Event.Renamed(room.id(), ids.message(turn.now()), turn.name(), turn.now(), title));
    }
    return Reply.done();
  }

  private static Fact.Room changed(Fact.Room fact, String title, UserName owner, boolean closed) {
    return new Fact.Room(fact.id(), fact.kind(), title, owner, fact.since(), closed);
  }

  private Reply<Void> handOver(Command.HandOver command, Turn turn) {
    Room mine = state.membership(command.chat(), turn.me()).room;
    if (command.to().equals(mine.fact().owner())) {
      return Reply.done();
    }
    Room room = state.owned(command.chat(), turn.me());
    room.requireOpen();
    if (!room.hasMember(command.to())) {
      throw new ChatException(Code.UNKNOWN_USER, command.to() + " is not in the chat " + room.id());
    }
    Fact.Room fact = room.fact();
    rooms.change(turn.batch(), room, changed(fact, fact.title(), command.to(), false));
    rooms.append(
        turn.batch(),
        room,
        new Event.HandedOver(
            room.id(), ids.message(turn.now()), turn.name(), turn.now(), command.to()));
    return Reply.done();
  }

  private Reply<Void> close(Command.Close close, Turn turn) {
    Room room = state.owned(close.chat(), turn.me());
    Fact.Room fact = room.fact();
    if (!fact.closed()) {
      rooms.change(turn.batch(), room, changed(fact, fact.title(), turn.name(), true));
      rooms.append(
          turn.batch(),
          room,
          new Event.Closed(room.id(), ids.message(turn.now()), turn.name(), turn.now()));
    }
    return Reply.done();
  }

  private Reply<Void> leave(Command.Leave leave, Turn turn) {
    Membership mine = turn.me().memberships.get(leave.chat());
    if (mine != null && !mine.isOpen()) {
      return Reply.done();
    }
    Membership open = state.membership(leave.chat(), turn.me());
    requirePrivate(open.room);
    Fact.Room fact = open.room.fact();
    if (turn.name().equals(fact.owner()) && !fact.closed()) {
      throw Checks.invalid("an owner hands a chat over, or closes it, before leaving");
    }
    return rooms.leave(turn.batch(), open, turn.name()) ? Reply.done() : Reply.later();
  }

  private static void requirePrivate(Room room) {
    if (!room.isPrivate()) {
      throw Checks.invalid("nobody leaves the chat %s: it is not private", room.id());
    }
  }

  private Reply<Void> remove(Command.Remove remove, Turn turn) {
    Room room = state.owned(remove.chat(), turn.me());
    room.requireOpen();
    if (remove.member().equals(turn.name())) {
      throw Checks.invalid("an owner doesn't remove himself");
    }
    Membership membership = room.membership(remove.member());
    if (membership == null || !membership.isOpen()) {
      return Reply.done();
    }
    return rooms.leave(turn.batch(), membership, turn.name()) ? Reply.done() : Reply.later();
  }

  private Reply<List<Member>> members(Command.Members list, Turn turn) {
    Room room = state.membership(list.chat(), turn.me()).room;
    return Reply.of(
        () ->
            room.memberships().stream()
                .filter(Membership::isOpen)
                .map(one -> view(one, room))
                .toList());
  }

  private static Member view(Membership one, Room room) {
    UserName name = one.account.name();
    boolean owner = name.equals(room.fact().owner());
    return new Member(name, owner, one.account.isOnline(), one.savedRead());
  }
}
