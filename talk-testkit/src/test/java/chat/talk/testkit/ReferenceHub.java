package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Notice;
import chat.talk.Scheduler;
import chat.talk.UserName;
import chat.talk.room.Chat;
import chat.talk.room.Command;
import chat.talk.room.Device;
import chat.talk.room.Fact;
import chat.talk.room.Hub;
import chat.talk.room.HubStorage;
import chat.talk.room.HubStorage.Change;
import chat.talk.room.Invitation;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jetbrains.annotations.Nullable;

/**
 * A hub as simple as can be: does all at once, on the thread that asks, and reads everything from
 * its storage. It has what {@link HubSimulation} asks for, and can be given a fault.
 */
final class ReferenceHub implements Hub {
  static final ChatId GENERAL = ChatId.of("general");
  static final Instant TIME = Instant.EPOCH;
  private static final int NEWCOMER = 20;

  final HubStorage storage;
  final Scheduler scheduler;
  final Planted planted;
  final Map<ChatId, Map<UserName, Fact.Member>> members = new LinkedHashMap<>();
  private final Map<ChatId, Fact.Room> rooms = new HashMap<>();
  private final Map<String, Fact.Machine> devices = new HashMap<>();
  private final Map<UserName, Fact.User> users = new HashMap<>();
  private final Map<Fact.Key, Invitation> invitations = new LinkedHashMap<>();
  private final Map<String, Cursor> delivered = new HashMap<>();
  private final Map<String, ReferenceSession> sessions = new LinkedHashMap<>();
  private final RandomGenerator random;

  ReferenceHub(HubStorage storage, Scheduler scheduler, RandomGenerator random, Planted planted) {
    this.storage = storage;
    this.scheduler = scheduler;
    this.random = random;
    this.planted = planted;
    storage.facts().forEach(this::learn);
    if (!rooms.containsKey(GENERAL)) {
      put(new Fact.Room(GENERAL, Chat.Kind.GENERAL, "", null, TIME, false));
    }
  }

  private void put(Fact fact) {
    commit(List.of(new Change.Put(fact)));
  }

  /** Makes changes in the storage, and only then here. */
  Entry commit(List<Change> changes) {
    List<HubStorage.Appended> appended = storage.commit(changes);
    for (Change change : changes) {
      if (change instanceof Change.Put put) {
        learn(put.fact());
      } else if (change instanceof Change.Drop drop) {
        invitations.remove(drop.fact().key());
      }
    }
    List.copyOf(sessions.values()).forEach(ReferenceSession::wake);
    return appended.isEmpty() ? null : appended.get(0).entry();
  }

  private void learn(Fact fact) {
    if (fact instanceof Fact.User user) {
      users.put(user.name(), user);
    } else if (fact instanceof Fact.Machine machine) {
      devices.put(machine.digest(), machine);
    } else if (fact instanceof Fact.Room room) {
      rooms.put(room.id(), room);
    } else if (fact instanceof Fact.Member member) {
      members.computeIfAbsent(member.chat(), any -> new HashMap<>()).put(member.user(), member);
    } else if (fact instanceof Invitation invitation) {
      invitations.put(invitation.key(), invitation);
    } else if (fact instanceof Fact.Delivered place) {
      delivered.put(place.device() + "/" + place.chat(), place.cursor());
    }
  }

  // Coming in.

  @Override
  public CompletableFuture<Session> connect(
      Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
    try {
      Fact.Machine machine = devices.get(login.token().digest());
      if (machine == null) {
        machine = register(login);
      }
      ReferenceSession session = new ReferenceSession(this, machine, resume, listener);
      ReferenceSession old = sessions.put(machine.id(), session);
      if (old != null) {
        old.end(new ChatException(Code.CONFLICT, "the device has connected anew"));
      }
      return CompletableFuture.completedFuture(session);
    } catch (ChatException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Fact.Machine register(Login login) {
    if (!(login instanceof Login.NewUser newUser)) {
      throw new ChatException(Code.UNAUTHENTICATED, "no such device");
    }
    UserName name = newUser.user();
    if (users.containsKey(name)) {
      throw new ChatException(Code.NAME_TAKEN, "the name is taken");
    }
    Fact.Machine machine = machine(name, newUser.token().digest(), null);
    Fact.Range all = new Fact.Range(Cursor.START, null);
    Cursor start = storage.readBefore(GENERAL, Cursor.END, NEWCOMER).next();
    commit(
        List.of(
            new Change.Put(new Fact.User(name, TIME, null, 0, null)),
            new Change.Put(machine),
            new Change.Put(new Fact.Delivered(machine.id(), GENERAL, start)),
            new Change.Put(new Fact.Member(GENERAL, name, List.of(all), start))));
    return machine;
  }

  private Fact.Machine machine(UserName user, String digest, @Nullable String letInBy) {
    String id = "device" + random.nextLong(Long.MAX_VALUE);
    return new Fact.Machine(id, user, digest, TIME, letInBy);
  }

  void gone(ReferenceSession session) {
    sessions.remove(session.device(), session);
  }

  @Nullable
  Cursor delivered(String device, ChatId chat) {
    return delivered.get(device + "/" + chat);
  }

  @Override
  public CompletableFuture<Void> shutDown(String reason) {
    ChatException why = new ChatException(Code.CLOSED, reason);
    List.copyOf(sessions.values()).forEach(session -> session.end(why));
    sessions.clear();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {
    shutDown("closed");
  }

  // Commands.

  @SuppressWarnings("unchecked")
  <R> R execute(ReferenceSession session, Command<R> command) {
    return (R) answer(session, session.user(), command);
  }

  private @Nullable Object answer(ReferenceSession session, UserName user, Command<?> command) {
    if (command instanceof Command.Send send) {
      return send(user, send.draft());
    } else if (command instanceof Command.Edit edit) {
      return edit(user, edit);
    } else if (command instanceof Command.Erase erase) {
      return erase(user, erase.message());
    } else if (command instanceof Command.Acknowledge acknowledge) {
      acknowledge.upTo().forEach((chat, upTo) -> deliver(session, chat, upTo));
      if (acknowledge.read()) {
        acknowledge.upTo().forEach((chat, upTo) -> markRead(user, chat, upTo));
      }
      return null;
    } else if (command instanceof Command.MarkRead mark) {
      member(user, mark.chat());
      markRead(user, mark.chat(), mark.upTo());
      return null;
    } else if (command instanceof Command.Chats) {
      return chats(user);
    } else if (command instanceof Command.AddDevice add) {
      return addDevice(session, add.token().digest());
    } else {
      return answerInRoom(user, command);
    }
  }

  private @Nullable Object answerInRoom(UserName user, Command<?> command) {
    if (command instanceof Command.Create create) {
      return create(user, create);
    } else if (command instanceof Command.Invitations) {
      return invitations.values().stream().filter(each -> each.user().equals(user)).toList();
    } else if (command instanceof Command.Invite invite) {
      return invite(user, invite);
    } else if (command instanceof Command.Accept accept) {
      return accept(user, accept.chat());
    } else if (command instanceof Command.Leave leave) {
      leave(user, leave.chat(), user);
      return null;
    } else if (command instanceof Command.Remove remove) {
      leave(user, remove.chat(), remove.member());
      return null;
    }
    throw new ChatException(Code.INVALID, "not here: " + command.getClass().getSimpleName());
  }

  private Entry send(UserName user, Draft draft) {
    Entry known = storage.get(user, draft.id()).orElse(null);
    if (known != null && planted != Planted.FORGET_IDS) {
      return known;
    }
    List<Change> changes = new ArrayList<>();
    ChatId chat = draft.to() instanceof UserName other ? direct(user, other, changes) : null;
    if (chat == null) {
      chat = (ChatId) draft.to();
      member(user, chat);
    }
    String text = planted.strikes(Planted.OTHER_TEXT) ? "something else" : draft.text();
    MessageId id = known == null ? draft.id() : MessageId.of(draft.id() + "-again");
    ChatMessage message =
        new ChatMessage(chat, id, user, text, TIME, draft.about(), ChatMessage.Revision.ORIGINAL);
    changes.add(0, new Change.Append(message));
    return planted.strikes(Planted.ACKNOWLEDGE_UNSTORED)
        ? new Entry(storage.head(chat), message)
        : commit(changes);
  }

  private ChatId direct(UserName user, UserName other, List<Change> changes) {
    if (!users.containsKey(other)) {
      throw new ChatException(Code.UNKNOWN_USER, "nobody has that name");
    }
    ChatId chat = ChatId.direct(user, other);
    if (!rooms.containsKey(chat)) {
      changes.add(new Change.Put(new Fact.Room(chat, Chat.Kind.DIRECT, "", null, TIME, false)));
      List<Fact.Range> all = List.of(new Fact.Range(Cursor.START, null));
      changes.add(new Change.Put(new Fact.Member(chat, user, all, Cursor.START)));
      changes.add(new Change.Put(new Fact.Member(chat, other, all, Cursor.START)));
      place(user, chat, changes);
      place(other, chat, changes);
    }
    return chat;
  }

  /** All devices of a user begin where he enters a chat, whatever the others read meanwhile. */
  private void place(UserName user, ChatId chat, List<Change> changes) {
    for (Fact.Machine machine : devices.values()) {
      if (machine.user().equals(user) && delivered(machine.id(), chat) == null) {
        changes.add(new Change.Put(new Fact.Delivered(machine.id(), chat, storage.head(chat))));
      }
    }
  }

  private Entry edit(UserName user, Command.Edit edit) {
    Entry entry = own(user, edit.message());
    ChatMessage message = (ChatMessage) entry.event();
    if (message.revision().isBlank()) {
      throw new ChatException(Code.GONE, "erased");
    }
    if (message.text().equals(edit.text())) {
      return entry;
    }
    MessageId id = MessageId.of("edit" + random.nextLong(Long.MAX_VALUE));
    Event event =
        new Event.Edited(message.chat(), id, user, TIME, message.id(), entry.cursor(), edit.text());
    return commit(
        List.of(new Change.Rewrite(message.key(), edit.text()), new Change.Append(event)));
  }

  private Entry erase(UserName user, MessageId id) {
    Entry entry = own(user, id);
    if (((ChatMessage) entry.event()).revision().isBlank() || planted == Planted.KEEP_ERASED) {
      return entry;
    }
    MessageId event = MessageId.of("erase" + random.nextLong(Long.MAX_VALUE));
    ChatId chat = entry.event().chat();
    return commit(
        List.of(
            new Change.Erase(entry.event().key()),
            new Change.Append(new Event.Erased(chat, event, user, TIME, id))));
  }

  private Entry own(UserName user, MessageId id) {
    return storage
        .get(user, id)
        .filter(entry -> entry.event() instanceof ChatMessage)
        .orElseThrow(() -> new ChatException(Code.NOT_FOUND, "no such message"));
  }

  private Device addDevice(ReferenceSession session, String digest) {
    if (!devices.containsKey(digest)) {
      UserName user = session.user();
      Fact.Machine machine = machine(user, digest, session.device());
      List<Change> changes = new ArrayList<>();
      changes.add(new Change.Put(machine));
      members.forEach((chat, all) -> place(machine, all.get(user), changes));
      commit(changes);
    }
    Fact.Machine added = devices.get(digest);
    return new Device(added.id(), TIME, false, added.letInBy());
  }

  private static void place(
      Fact.Machine machine, Fact.@Nullable Member member, List<Change> changes) {
    if (member != null) {
      changes.add(new Change.Put(new Fact.Delivered(machine.id(), member.chat(), member.read())));
    }
  }

  private void deliver(ReferenceSession session, ChatId chat, Cursor upTo) {
    put(new Fact.Delivered(session.device(), chat, upTo));
  }

  private void markRead(UserName user, ChatId chat, Cursor upTo) {
    Fact.Member member = members.getOrDefault(chat, Map.of()).get(user);
    boolean back = planted.strikes(Planted.READ_BACK);
    if (member != null && (back || upTo.sequence() > member.read().sequence())) {
      put(new Fact.Member(chat, user, member.ranges(), back ? Cursor.START : upTo));
    }
  }

  private List<Chat> chats(UserName user) {
    List<Chat> chats = new ArrayList<>();
    members.forEach(
        (chat, all) -> {
          Fact.Member member = all.get(user);
          if (member != null && isIn(member)) {
            chats.add(chat(rooms.get(chat), member));
          }
        });
    return chats;
  }

  private Chat chat(Fact.Room room, Fact.Member member) {
    Cursor head = storage.head(room.id());
    Cursor from = member.ranges().get(member.ranges().size() - 1).after();
    Cursor after = from.sequence() > member.read().sequence() ? from : member.read();
    HubStorage.Stretch stretch = new HubStorage.Stretch(room.id(), after, head);
    long unread = storage.count(member.user(), List.of(stretch)).get(0);
    long told = planted.strikes(Planted.WRONG_UNREAD) ? unread + 1 : unread;
    String title = room.title();
    return new Chat(room.id(), room.kind(), title, room.owner(), false, told, member.read(), head);
  }

  // Private chats.

  private Chat create(UserName user, Command.Create create) {
    Fact.Room room = rooms.get(create.chat());
    if (room == null) {
      MessageId id = MessageId.of("create-" + create.chat());
      Event event = new Event.Created(create.chat(), id, user, TIME, create.title());
      List<Fact.Range> all = List.of(new Fact.Range(Cursor.START, null));
      room = new Fact.Room(create.chat(), Chat.Kind.PRIVATE, create.title(), user, TIME, false);
      List<Change> changes = new ArrayList<>();
      changes.add(new Change.Append(event));
      changes.add(new Change.Put(room));
      changes.add(new Change.Put(new Fact.Member(create.chat(), user, all, Cursor.START)));
      place(user, create.chat(), changes);
      commit(changes);
    }
    return chat(room, member(user, create.chat()));
  }

  private Invitation invite(UserName user, Command.Invite invite) {
    member(user, invite.chat());
    Fact.Member guest = members.get(invite.chat()).get(invite.user());
    if (guest != null && isIn(guest)) {
      throw new ChatException(Code.CONFLICT, "is in it already");
    }
    if (!users.containsKey(invite.user())) {
      throw new ChatException(Code.UNKNOWN_USER, "nobody has that name");
    }
    Invitation invitation = new Invitation(invite.chat(), "A room", invite.user(), user, TIME);
    put(invitation);
    for (ReferenceSession session : List.copyOf(sessions.values())) {
      session.tell(invite.user(), new Notice.Invited(invite.chat(), user));
    }
    return invitation;
  }

  private Chat accept(UserName user, ChatId chat) {
    Fact.Member member = members.getOrDefault(chat, Map.of()).get(user);
    if (member == null || !isIn(member)) {
      Fact.Key key = new Invitation(chat, "", user, user, TIME).key();
      Invitation invitation = invitations.get(key);
      if (invitation == null) {
        throw new ChatException(Code.NOT_FOUND, "not invited");
      }
      MessageId id = MessageId.of("join" + random.nextLong(Long.MAX_VALUE));
      List<Fact.Range> ranges = new ArrayList<>(member == null ? List.of() : member.ranges());
      ranges.add(new Fact.Range(storage.head(chat), null));
      Cursor read = member == null ? storage.head(chat) : member.read();
      member = new Fact.Member(chat, user, ranges, read);
      List<Change> changes = new ArrayList<>();
      changes.add(new Change.Append(new Event.Joined(chat, id, user, TIME, user)));
      changes.add(new Change.Drop(invitation));
      changes.add(new Change.Put(member));
      place(user, chat, changes);
      commit(changes);
    }
    return chat(rooms.get(chat), member);
  }

  private void leave(UserName user, ChatId chat, UserName who) {
    Fact.Member member = member(who, chat);
    boolean owner = user.equals(rooms.get(chat).owner());
    if (owner == user.equals(who)) {
      throw new ChatException(owner ? Code.INVALID : Code.FORBIDDEN, "not so");
    }
    int last = member.ranges().size() - 1;
    List<Fact.Range> ranges = new ArrayList<>(member.ranges());
    ranges.set(last, new Fact.Range(ranges.get(last).after(), storage.head(chat)));
    MessageId id = MessageId.of("leave" + random.nextLong(Long.MAX_VALUE));
    commit(
        List.of(
            new Change.Append(new Event.Left(chat, id, user, TIME, who)),
            new Change.Put(new Fact.Member(chat, who, ranges, member.read()))));
  }

  private Fact.Member member(UserName user, ChatId chat) {
    Fact.Member member = members.getOrDefault(chat, Map.of()).get(user);
    if (member == null || !isIn(member)) {
      throw new ChatException(Code.FORBIDDEN, "not in this chat");
    }
    return member;
  }

  static boolean isIn(Fact.Member member) {
    return member.ranges().get(member.ranges().size() - 1).upTo() == null;
  }

  static MessageKey key(Entry entry) {
    return entry.event().key();
  }
}
