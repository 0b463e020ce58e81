package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage;
import chat.talk.room.Invitation;
import chat.talk.room.JoinRequest;
import chat.talk.room.Link;
import chat.talk.room.Report;
import chat.talk.room.Scheduled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/** All that a hub knows, as the storage's facts say it. Only the loop's. */
final class State {
  /** The chat that everybody is in. */
  static final ChatId GENERAL = ChatId.of("general");

  /** Whose log the decisions about users are; nobody is in it. */
  static final ChatId AUDIT = ChatId.of("audit");

  /** Who speaks in logs when it is no user. */
  static final UserName HUB = UserName.of("hub");

  final Map<UserName, Account> accounts = new HashMap<>();
  final Map<ChatId, Room> rooms = new HashMap<>();

  /** By the digest of its token. */
  private final Map<String, Machine> machines = new HashMap<>();

  private final Map<String, Machine> machinesById = new HashMap<>();

  /** By its id, which is the digest of its token. */
  final Map<String, Link> links = new HashMap<>();

  private final Map<ChatId, Links> linksByChat = new HashMap<>();
  private final Map<ChatId, Integer> invited = new HashMap<>();

  final Map<ChatId, Map<UserName, JoinRequest>> requests = new HashMap<>();
  final Map<UserName, Plans> plans = new HashMap<>();
  final Map<ChatId, List<Fact.Reached>> reached = new HashMap<>();

  /** Only while the hub is opened: what refers to a file is for the storage to know. */
  final List<Fact.File> files = new ArrayList<>();

  private final Map<ChatId, Cursor> heads;

  /** Facts of one kind may come before those that they build on: each kind has its turn. */
  private static final List<Class<? extends Fact>> ORDER =
      List.of(Fact.User.class, Fact.Room.class, Fact.Machine.class, Fact.Member.class);

  State(HubStorage storage) {
    heads = new HashMap<>(storage.heads());
    Map<Class<? extends Fact>, List<Fact>> facts = new LinkedHashMap<>();
    ORDER.forEach(kind -> facts.put(kind, new ArrayList<>()));
    try (Stream<Fact> all = storage.facts()) {
      all.forEach(
          fact -> facts.computeIfAbsent(fact.getClass(), kind -> new ArrayList<>()).add(fact));
    }
    facts.values().forEach(kind -> kind.forEach(this::load));
    reached.values().forEach(one -> one.sort(Comparator.comparing(Fact.Reached::at)));
    heads.clear();
  }

  private void load(Fact fact) {
    if (fact instanceof Fact.User user) {
      accounts.put(user.name(), new Account(user));
    } else if (fact instanceof Fact.Room room) {
      add(new Room(room, heads.getOrDefault(room.id(), Cursor.START)));
    } else if (fact instanceof Fact.Machine machine) {
      add(new Machine(account(machine.user()), machine));
    } else if (fact instanceof Fact.Member member) {
      Room room = rooms.get(member.chat());
      add(new Membership(room, account(member.user()), member.ranges(), member.read()));
    } else {
      loadRest(fact);
    }
  }

  private void loadRest(Fact fact) {
    if (fact instanceof Fact.Delivered delivered) {
      load(delivered);
    } else if (fact instanceof Fact.Window window) {
      account(window.user()).setUsed(LimitPolicy.Used.of(window));
    } else if (fact instanceof Fact.Reached mark) {
      reached.computeIfAbsent(mark.chat(), chat -> new ArrayList<>()).add(mark);
    } else if (fact instanceof Invitation invitation) {
      add(invitation);
    } else if (fact instanceof Link link) {
      put(link);
    } else if (fact instanceof JoinRequest request) {
      add(request);
    } else if (fact instanceof Scheduled one) {
      add(one);
    } else if (fact instanceof Report report) {
      account(report.message().author()).reports.add(report);
    } else if (fact instanceof Fact.File file) {
      files.add(file);
    }
  }

  private void load(Fact.Delivered fact) {
    Machine machine = machinesById.get(fact.device());
    if (machine != null) {
      machine.delivered.put(fact.chat(), fact.cursor());
    }
  }

  void add(Room room) {
    rooms.put(room.id(), room);
  }

  void add(Membership membership) {
    membership.room.add(membership);
    membership.account.memberships.put(membership.room.id(), membership);
  }

  void forget(Membership membership) {
    membership.room.forget(membership);
    membership.account.memberships.remove(membership.room.id());
  }

  void add(Machine machine) {
    machine.account.machines.put(machine.id(), machine);
    machines.put(machine.fact().digest(), machine);
    machinesById.put(machine.id(), machine);
  }

  void forget(Machine machine) {
    machine.account.machines.remove(machine.id());
    machines.remove(machine.fact().digest());
    machinesById.remove(machine.id());
  }

  Account account(UserName name) {
    Account account = accounts.get(name);
    if (account == null) {
      throw new ChatException(Code.UNKNOWN_USER, "there is no user " + name);
    }
    return account;
  }

  Room general() {
    return rooms.get(GENERAL);
  }

  /** The room, as one who is in it just now may use it. */
  Membership membership(ChatId chat, Account account) {
    Membership membership = account.memberships.get(chat);
    if (membership == null || !membership.isOpen()) {
      throw new ChatException(
          Code.FORBIDDEN, account.name() + " is not in the chat " + chat + ", or there is none");
    }
    return membership;
  }

  /** The private room, as its owner may use it. */
  Room owned(ChatId chat, Account account) {
    Room room = membership(chat, account).room;
    if (!account.name().equals(room.fact().owner())) {
      throw new ChatException(
          Code.FORBIDDEN, "only the owner of the chat " + chat + " may do this");
    }
    return room;
  }

  void put(Link link) {
    links.put(link.id(), link);
    linksByChat.computeIfAbsent(link.chat(), chat -> new Links()).put(link);
  }

  void forget(Link link) {
    links.remove(link.id());
    linksOf(link.chat()).remove(link);
  }

  Links linksOf(ChatId chat) {
    return linksByChat.getOrDefault(chat, new Links());
  }

  void add(Invitation invitation) {
    account(invitation.user()).add(invitation);
    invited.merge(invitation.chat(), 1, Integer::sum);
  }

  void forget(Invitation invitation) {
    account(invitation.user()).forget(invitation);
    invited.computeIfPresent(invitation.chat(), (chat, count) -> count == 1 ? null : count - 1);
  }

  /** How many users are invited to a chat. */
  int countInvited(ChatId chat) {
    return invited.getOrDefault(chat, 0);
  }

  void add(JoinRequest request) {
    requests
        .computeIfAbsent(request.chat(), chat -> new LinkedHashMap<>())
        .put(request.user(), request);
  }

  void forget(JoinRequest request) {
    requests.getOrDefault(request.chat(), Map.of()).remove(request.user());
  }

  /** Only to be read. */
  Map<UserName, JoinRequest> requestsFor(ChatId chat) {
    return requests.getOrDefault(chat, Map.of());
  }

  void add(Scheduled one) {
    plans.computeIfAbsent(one.author(), name -> new Plans()).add(one);
  }

  void forget(Scheduled one) {
    Plans his = plans.get(one.author());
    if (his != null) {
      his.remove(one);
    }
  }

  @Nullable
  Scheduled scheduled(UserName author, MessageId id) {
    Plans his = plans.get(author);
    return his == null ? null : his.find(id);
  }

  @Nullable
  Machine machine(String digest) {
    return machines.get(digest);
  }
}
