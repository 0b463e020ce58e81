package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Notice;
import chat.talk.UserName;
import chat.talk.room.Chat;
import chat.talk.room.Command;
import chat.talk.room.Invitation;
import chat.talk.room.JoinRequest;
import chat.talk.room.Link;
import java.time.Instant;
import java.util.List;
import org.jetbrains.annotations.Nullable;

/** How people get into private chats: invited by name, or let in after they came by a link. */
final class WaysIn {
  private final State state;
  private final Rooms rooms;
  private final Views views;

  WaysIn(State state, Rooms rooms, Views views) {
    this.state = state;
    this.rooms = rooms;
    this.views = views;
  }

  void join(Desk desk) {
    desk.on(Command.Invite.class, this::invite);
    desk.on(Command.Uninvite.class, this::uninvite);
    desk.on(Command.Invitations.class, WaysIn::invitations);
    desk.on(Command.Accept.class, this::accept);
    desk.on(Command.Decline.class, this::decline);
    desk.on(Command.CreateLink.class, this::createLink);
    desk.on(Command.Links.class, this::links);
    desk.on(Command.RevokeLink.class, this::revokeLink);
    desk.on(Command.Knock.class, this::knock);
    desk.on(Command.Requests.class, this::requests);
    desk.on(Command.Approve.class, this::approve);
    desk.on(Command.Reject.class, this::reject);
  }

  private Reply<Invitation> invite(Command.Invite invite, Turn turn) {
    Room room = state.owned(invite.chat(), turn.me());
    room.requireOpen();
    Account guest = state.account(invite.user());
    requireNoMember(room, guest.name());
    Invitation known = guest.invitations().get(room.id());
    if (known != null) {
      return Reply.of(() -> known);
    }
    if (state.countInvited(room.id()) >= Command.MAX_WAYS_IN) {
      throw new ChatException(
          Code.LIMITED, "up to " + Command.MAX_WAYS_IN + " users are invited to a chat at a time");
    }
    Invitation made =
        new Invitation(room.id(), room.fact().title(), guest.name(), turn.name(), turn.now());
    state.add(made);
    turn.batch().undo(() -> state.forget(made));
    turn.batch().put(made);
    turn.batch().then(() -> guest.tell(new Notice.Invited(room.id(), turn.name())));
    return Reply.of(() -> made);
  }

  private static void requireNoMember(Room room, UserName user) {
    if (room.hasMember(user)) {
      throw new ChatException(Code.CONFLICT, user + " is in the chat " + room.id() + " already");
    }
  }

  private Reply<Void> uninvite(Command.Uninvite command, Turn turn) {
    Room room = state.owned(command.chat(), turn.me());
    dropInvitation(turn.batch(), state.account(command.user()), room.id());
    return Reply.done();
  }

  private void dropInvitation(Batch batch, Account guest, ChatId chat) {
    Invitation dropped = guest.invitations().get(chat);
    if (dropped != null) {
      state.forget(dropped);
      batch.undo(() -> state.add(dropped));
      batch.drop(dropped);
    }
  }

  private static Reply<List<Invitation>> invitations(Command.Invitations list, Turn turn) {
    return Reply.of(() -> List.copyOf(turn.me().invitations().values()));
  }

  private Reply<Chat> accept(Command.Accept accept, Turn turn) {
    ChatId chat = accept.chat();
    Membership known = turn.me().memberships.get(chat);
    if (known != null && known.isOpen()) {
      return views.of(known);
    }
    if (!turn.me().invitations().containsKey(chat)) {
      throw new ChatException(Code.NOT_FOUND, "there is no invitation to the chat " + chat);
    }
    Room room = state.rooms.get(chat);
    room.requireOpen();
    if (!rooms.join(turn.batch(), room, turn.me(), turn.name())) {
      return Reply.later();
    }
    forgetAsking(turn.batch(), room, turn.me());
    return answer -> views.of(turn.me().memberships.get(chat)).give(answer);
  }

  /** Somebody is in: what he was asked, and what he has asked, is settled. */
  private void forgetAsking(Batch batch, Room room, Account account) {
    dropInvitation(batch, account, room.id());
    dropRequest(batch, room.id(), account.name());
  }

  private void dropRequest(Batch batch, ChatId chat, UserName user) {
    JoinRequest dropped = state.requestsFor(chat).get(user);
    if (dropped != null) {
      state.forget(dropped);
      batch.undo(() -> state.add(dropped));
      batch.drop(dropped);
    }
  }

  private Reply<Void> decline(Command.Decline decline, Turn turn) {
    dropInvitation(turn.batch(), turn.me(), decline.chat());
    return Reply.done();
  }

  private Reply<Link> createLink(Command.CreateLink create, Turn turn) {
    Room room = state.owned(create.chat(), turn.me());
    room.requireOpen();
    requireSane(create);
    String id = create.token().digest();
    Link known = state.links.get(id);
    if (known != null && known.chat().equals(room.id())) {
      return Reply.of(() -> known);
    }
    if (known != null) {
      throw new ChatException(Code.CONFLICT, "the token belongs to another link");
    }
    dropOld(room.id(), turn.batch());
    if (state.linksOf(room.id()).open(turn.now()).size() >= Command.MAX_WAYS_IN) {
      throw new ChatException(
          Code.LIMITED, "a chat has up to " + Command.MAX_WAYS_IN + " links that open");
    }
    Instant expires = Checks.time(turn.now().plus(create.validFor()));
    Link made = new Link(id, room.id(), expires, create.uses(), false);
    put(turn.batch(), made, null);
    return Reply.of(() -> made);
  }

  private static void requireSane(Command.CreateLink create) {
    boolean sane =
        !create.validFor().isNegative()
            && !create.validFor().isZero()
            && create.validFor().compareTo(Command.MAX_VALIDITY) <= 0;
    if (!sane) {
      throw Checks.invalid("a link is valid for some time, up to %s", Command.MAX_VALIDITY);
    }
    if (create.uses() < 1 || create.uses() > Command.MAX_USES) {
      throw Checks.invalid("a link has 1 to %d uses", Command.MAX_USES);
    }
  }

  private void dropOld(ChatId chat, Batch batch) {
    for (Link old : state.linksOf(chat).old(batch.now(), Command.MAX_WAYS_IN)) {
      state.forget(old);
      batch.undo(() -> state.put(old));
      batch.drop(old);
    }
  }

  private void put(Batch batch, Link next, @Nullable Link before) {
    state.put(next);
    batch.undo(
        () -> {
          if (before == null) {
            state.forget(next);
          } else {
            state.put(before);
          }
        });
    batch.put(next);
  }

  private Reply<List<Link>> links(Command.Links list, Turn turn) {
    Room room = state.owned(list.chat(), turn.me());
    return Reply.of(() -> state.linksOf(room.id()).open(turn.now()));
  }

  private Reply<Void> revokeLink(Command.RevokeLink revoke, Turn turn) {
    Room room = state.owned(revoke.chat(), turn.me());
    Link link = state.links.get(revoke.link());
    if (link == null || !link.chat().equals(room.id())) {
      throw new ChatException(Code.NOT_FOUND, "the chat has no such link");
    }
    if (!link.revoked()) {
      put(turn.batch(), link.ended(), link);
      dropOld(room.id(), turn.batch());
    }
    return Reply.done();
  }

  private Reply<JoinRequest> knock(Command.Knock knock, Turn turn) {
    Link link = state.links.get(knock.token().digest());
    if (link == null) {
      throw new ChatException(Code.NOT_FOUND, "there is no such link");
    }
    Room room = state.rooms.get(link.chat());
    requireNoMember(room, turn.name());
    JoinRequest known = state.requestsFor(room.id()).get(turn.name());
    if (known != null) {
      return Reply.of(() -> known);
    }
    room.requireOpen();
    if (!link.opensAt(turn.now())) {
      throw new ChatException(Code.GONE, "the link is used up, expired or revoked");
    }
    JoinRequest made = new JoinRequest(room.id(), turn.name(), link.id(), turn.now());
    put(turn.batch(), link.used(), link);
    state.add(made);
    turn.batch().undo(() -> state.forget(made));
    turn.batch().put(made);
    Account owner = state.account(room.fact().owner());
    turn.batch().then(() -> owner.tell(new Notice.Requested(room.id(), turn.name())));
    return Reply.of(() -> made);
  }

  private Reply<List<JoinRequest>> requests(Command.Requests list, Turn turn) {
    Room room = state.owned(list.chat(), turn.me());
    return Reply.of(() -> List.copyOf(state.requestsFor(room.id()).values()));
  }

  private Reply<Void> approve(Command.Approve approve, Turn turn) {
    Room room = state.owned(approve.chat(), turn.me());
    if (room.hasMember(approve.user())) {
      return Reply.done();
    }
    if (!state.requestsFor(room.id()).containsKey(approve.user())) {
      throw new ChatException(Code.NOT_FOUND, approve.user() + " doesn't wait to be let in");
    }
    room.requireOpen();
    Account guest = state.account(approve.user());
    if (!rooms.join(turn.batch(), room, guest, turn.name())) {
      return Reply.later();
    }
    forgetAsking(turn.batch(), room, guest);
    return Reply.done();
  }

  private Reply<Void> reject(Command.Reject reject, Turn turn) {
    Room room = state.owned(reject.chat(), turn.me());
    dropRequest(turn.batch(), room.id(), reject.user());
    return Reply.done();
  }
}
