package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Notice;
import chat.talk.Scheduler;
import chat.talk.room.Command;
import chat.talk.room.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;

/** Who is there: the sessions, and the signals that they exchange. Only the loop's. */
final class Lobby {
  /** How long a client may take to answer a check. */
  private static final Duration CHECK = Duration.ofSeconds(5);

  private final State state;
  private final Moderation moderation;
  private final Scheduler scheduler;
  private final boolean presenceInGeneral;
  private final Map<Long, LocalSession> sessions = new ConcurrentSkipListMap<>();

  /** The highest id of a session so far. */
  private volatile long newest;

  Lobby(State state, Moderation moderation, HubBuilder setup) {
    this.state = state;
    this.moderation = moderation;
    this.scheduler = setup.scheduler;
    this.presenceInGeneral = setup.presenceInGeneral;
  }

  void join(Desk desk) {
    desk.on(Command.Type.class, this::type);
    desk.on(Command.Connections.class, this::list);
    desk.on(Command.Check.class, this::check);
    desk.on(Command.Disconnect.class, this::disconnect);
  }

  Collection<LocalSession> sessions() {
    return new ArrayList<>(sessions.values());
  }

  /** A session has begun; its readers are where they are to begin. */
  void add(LocalSession session) {
    boolean isFirst = isOnlyOne(session);
    sessions.put(session.id, session);
    newest = Math.max(newest, session.id);
    if (isFirst) {
      tellPresence(session.account(), true);
    }
  }

  private static boolean isOnlyOne(LocalSession session) {
    for (Machine machine : session.account().machines()) {
      LocalSession other = machine.session();
      if (other != null && other != session && other.isOpen()) {
        return false;
      }
    }
    return true;
  }

  /** A session has ended. */
  void remove(LocalSession session) {
    session.readers.values().forEach(reader -> reader.membership.room.detach(reader));
    session.readers.clear();
    if (session.machine.session() == session) {
      session.machine.setSession(null);
    }
    if (sessions.remove(session.id) != null && !session.account().isOnline()) {
      tellPresence(session.account(), false);
    }
  }

  private void tellPresence(Account account, boolean online) {
    Set<Account> others = new LinkedHashSet<>();
    for (Membership membership : account.memberships.values()) {
      if (membership.isOpen() && (presenceInGeneral || !isGeneral(membership))) {
        for (Reader reader : membership.room.readers()) {
          others.add(reader.membership.account);
        }
      }
    }
    others.remove(account);
    if (!others.isEmpty()) {
      Notice notice = new Notice.Presence(account.name(), online);
      others.forEach(other -> other.tell(notice));
    }
  }

  private static boolean isGeneral(Membership membership) {
    return membership.room.id().equals(State.GENERAL);
  }

  private Reply<Void> type(Command.Type command, Turn turn) {
    Room room = state.membership(command.chat(), turn.me()).room;
    ChatId chat = room.id();
    turn.batch()
        .then(
            () -> {
              Notice notice = new Notice.Typing(chat, turn.name(), command.active());
              for (Reader reader : room.readers()) {
                if (reader.membership.account != turn.me()) {
                  reader.session.tell(notice);
                }
              }
            });
    return Reply.done();
  }

  private Reply<List<Connection>> list(Command.Connections command, Turn turn) {
    moderation.requireAdministrator(turn);
    return Reply.of(this::views);
  }

  /** The sessions as they are shown. May be called by any thread, as what follows. */
  List<Connection> views() {
    return sessions.values().stream().filter(LocalSession::isOpen).map(LocalSession::view).toList();
  }

  /**
   * A session that is open.
   *
   * @throws ChatException with NOT_FOUND when there is none
   */
  private LocalSession session(long id) {
    return known(id).filter(LocalSession::isOpen).orElseThrow(() -> noConnection(id));
  }

  /**
   * A session that is there, or none when it was there once: to end it may be asked for again.
   *
   * @throws ChatException with NOT_FOUND when there never was one
   */
  private Optional<LocalSession> known(long id) {
    LocalSession session = sessions.get(id);
    if (session == null && (id <= 0 || id > newest)) {
      throw noConnection(id);
    }
    return Optional.ofNullable(session);
  }

  private static ChatException noConnection(long id) {
    return new ChatException(Code.NOT_FOUND, "there is no connection " + id);
  }

  private Reply<Boolean> check(Command.Check command, Turn turn) {
    moderation.requireAdministrator(turn);
    LocalSession session = session(command.connection());
    return answer -> check(session).thenAccept(answer::complete);
  }

  CompletableFuture<Boolean> check(long connection) {
    try {
      return check(session(connection));
    } catch (ChatException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<Boolean> check(LocalSession session) {
    CompletableFuture<Boolean> polled = session.probe();
    Scheduler.Cancellable timeout = scheduler.after(CHECK, () -> polled.complete(false));
    polled.whenComplete((alive, failure) -> timeout.cancel());
    return polled;
  }

  private Reply<Void> disconnect(Command.Disconnect command, Turn turn) {
    moderation.requireAdministrator(turn);
    known(command.connection()).ifPresent(session -> turn.batch().then(() -> end(session)));
    return Reply.done();
  }

  void disconnect(long connection) {
    known(connection).ifPresent(Lobby::end);
  }

  private static void end(LocalSession session) {
    session.end(new ChatException(Code.FORBIDDEN, "an administrator has closed this"));
  }
}
