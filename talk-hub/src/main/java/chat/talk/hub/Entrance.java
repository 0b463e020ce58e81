package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.Fact;
import chat.talk.room.FileDownload;
import chat.talk.room.FileUpload;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;

/** Who comes in: finds out who it is, and gives him a session in the place of his old one. */
final class Entrance {
  /** How far back a newcomer's last messages are looked for, beyond the tail. */
  private static final int MAX_SEARCHED = 1_000;

  private static final String CONNECTED_ANEW = "the device has connected anew";

  private final State state;
  private final Rooms rooms;
  private final Devices devices;
  private final Lobby lobby;
  private final Passwords passwords;
  private final Authenticator authenticator;
  private final Store store;
  private final int lastMessages;
  private final Loop loop;
  private final Desk desk;
  private final Fetcher fetcher;
  private long lastSession;

  Entrance(
      State state,
      Rooms rooms,
      Devices devices,
      Lobby lobby,
      Passwords passwords,
      HubBuilder setup,
      Loop loop,
      Desk desk,
      Fetcher fetcher,
      Store store) {
    this.state = state;
    this.rooms = rooms;
    this.devices = devices;
    this.lobby = lobby;
    this.passwords = passwords;
    this.authenticator = setup.authenticator;
    this.store = store;
    this.lastMessages = setup.lastMessages;
    this.loop = loop;
    this.desk = desk;
    this.fetcher = fetcher;
  }

  CompletableFuture<Session> connect(
      Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
    Map<ChatId, Cursor> places = Map.copyOf(resume);
    Objects.requireNonNull(listener);
    CompletableFuture<Session> answer = new CompletableFuture<>();
    identify(login, answer, (machine, batch) -> admit(machine, places, listener, answer, batch));
    return answer;
  }

  /** Lets somebody ask without a session. */
  <R> CompletableFuture<R> ask(Login login, Command<R> command) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    identify(
        login,
        answer,
        (machine, batch) -> {
          LocalSession passing = passing(machine);
          batch.then(() -> desk.ask(passing, command, answer));
        });
    return answer;
  }

  CompletableFuture<FileUpload> upload(Login login, FileUpload.Kind kind) {
    CompletableFuture<FileUpload> answer = new CompletableFuture<>();
    identify(
        login,
        answer,
        (machine, batch) ->
            batch.then(() -> answer.complete(machine.passing(this::passing).upload(kind))));
    return answer;
  }

  CompletableFuture<FileDownload> download(Login login, MessageKey message, long offset) {
    CompletableFuture<FileDownload> answer = new CompletableFuture<>();
    identify(
        login,
        answer,
        (machine, batch) ->
            batch.then(
                () ->
                    machine
                        .passing(this::passing)
                        .download(message, offset)
                        .whenComplete((download, why) -> answer(answer, download, why))));
    return answer;
  }

  private static void answer(
      CompletableFuture<FileDownload> answer,
      @Nullable FileDownload download,
      @Nullable Throwable why) {
    if (why != null) {
      answer.completeExceptionally(ChatException.of(why));
    } else if (!answer.complete(download) && download != null) {
      download.close();
    }
  }

  private LocalSession passing(Machine machine) {
    return LocalSession.passing(machine, desk, fetcher);
  }

  private void identify(Login login, CompletableFuture<?> answer, BiConsumer<Machine, Batch> then) {
    Visit visit = new Visit(login, answer, then);
    if (login instanceof Login.NewUser newUser) {
      visit.decide((batch, digest) -> newUser(newUser.user(), digest, batch));
    } else if (login instanceof Login.Known) {
      visit.decide((batch, digest) -> known(digest));
    } else if (login instanceof Login.Password password) {
      visit.decideWith(() -> check(password), this::withPassword);
    } else {
      Login.Credential credential = (Login.Credential) login;
      visit.decideWith(() -> authenticator.authenticate(credential.credential()), this::vouched);
    }
  }

  /** Somebody on his way in. */
  private final class Visit {
    private final Login login;
    private final CompletableFuture<?> answer;
    private final BiConsumer<Machine, Batch> then;

    Visit(Login login, CompletableFuture<?> answer, BiConsumer<Machine, Batch> then) {
      this.login = login;
      this.answer = answer;
      this.then = then;
    }

    void decide(BiFunction<Batch, String, Machine> who) {
      String digest = login.token().digest();
      loop.submit(
          new Loop.Task() {
            @Override
            public boolean decide(Batch batch) {
              then.accept(who.apply(batch, digest), batch);
              return true;
            }

            @Override
            public void fail(ChatException why) {
              answer.completeExceptionally(why);
            }

            /** A known device may have been let in or revoked by what would be undone. */
            @Override
            public boolean goesBeside(boolean settled) {
              return settled && login instanceof Login.Known;
            }
          });
    }

    /** First asks somebody else, who may take his time, and may be anybody's code. */
    <T> void decideWith(Supplier<? extends CompletionStage<T>> question, Vouched<T> who) {
      try {
        question.get().whenComplete((value, failure) -> decideWith(value, failure, who));
      } catch (RuntimeException | Error e) {
        answer.completeExceptionally(ChatException.of(e));
      }
    }

    private <T> void decideWith(@Nullable T value, @Nullable Throwable failure, Vouched<T> who) {
      if (failure != null) {
        answer.completeExceptionally(ChatException.of(failure));
      } else if (value == null) {
        answer.completeExceptionally(
            new ChatException(Code.INTERNAL, "nobody said who this is, and nobody refused"));
      } else {
        decide((batch, digest) -> who.machine(value, digest, batch));
      }
    }
  }

  /** Whose device it is, after somebody has vouched for him. */
  private interface Vouched<T> {
    Machine machine(T value, String digest, Batch batch);
  }

  private Machine newUser(UserName name, String digest, Batch batch) {
    Account account = state.accounts.get(name);
    if (account == null && !name.equals(State.HUB)) {
      return devices.machine(create(name, batch), digest, batch);
    }
    Machine machine = state.machine(digest);
    if (account == null || machine == null || machine.account != account) {
      throw new ChatException(Code.NAME_TAKEN, "the name " + name + " is taken");
    }
    return machine;
  }

  private Machine known(String digest) {
    Machine machine = state.machine(digest);
    if (machine == null) {
      throw new ChatException(Code.UNAUTHENTICATED, "the token opens nothing");
    }
    return machine;
  }

  private record Checked(UserName user, @Nullable String hash, boolean matches) {}

  /** The hash is the loop's to look up; the slow comparison is done elsewhere. */
  private CompletableFuture<Checked> check(Login.Password login) {
    CompletableFuture<@Nullable String> hash = new CompletableFuture<>();
    loop.submit(
        new Loop.Task() {
          @Override
          public boolean decide(Batch batch) {
            Account account = state.accounts.get(login.user());
            hash.complete(account == null ? null : account.fact().password());
            return true;
          }

          @Override
          public void fail(ChatException why) {
            hash.completeExceptionally(why);
          }
        });
    return hash.thenCompose(
        known ->
            passwords
                .matches(login.password(), known)
                .thenApply(matches -> new Checked(login.user(), known, matches)));
  }

  private Machine withPassword(Checked checked, String digest, Batch batch) {
    Account account = state.accounts.get(checked.user);
    boolean stillSo = account != null && Objects.equals(account.fact().password(), checked.hash);
    if (!checked.matches || !stillSo) {
      throw new ChatException(Code.UNAUTHENTICATED, "the name or the password is wrong");
    }
    return devices.machine(account, digest, batch);
  }

  private Machine vouched(UserName name, String digest, Batch batch) {
    if (name.equals(State.HUB)) {
      throw new ChatException(Code.FORBIDDEN, "the name " + name + " is the hub's own");
    }
    Account known = state.accounts.get(name);
    return devices.machine(known == null ? create(name, batch) : known, digest, batch);
  }

  private Account create(UserName name, Batch batch) {
    Cursor start = beforeLastMessages();
    Account made = new Account(new Fact.User(name, batch.now(), null, 0, null));
    state.accounts.put(name, made);
    batch.undo(() -> state.accounts.remove(name));
    batch.put(made.fact());
    rooms.enter(batch, state.general(), made, Cursor.START, start);
    return made;
  }

  /** The place in the general chat behind which a newcomer finds the last few messages. */
  private Cursor beforeLastMessages() {
    Room general = state.general();
    Cursor start = general.tail().start();
    Cursor place = place(general.tail().entries(), start, lastMessages);
    if (place != null || start.sequence() == 0) {
      return place == null ? start : place;
    }
    Page page = loop.outside(() -> store.readBefore(general.id(), general.head(), MAX_SEARCHED));
    Cursor found = place(page.entries(), page.next(), lastMessages);
    return found == null ? page.next() : found;
  }

  /** The place before so many of the last messages, null when there are not so many. */
  private static @Nullable Cursor place(List<Entry> newest, Cursor start, int messages) {
    int left = messages;
    for (int i = newest.size() - 1; i >= 0; i--) {
      if (left == 0) {
        return newest.get(i).cursor();
      }
      if (isMessage(newest.get(i))) {
        left--;
      }
    }
    return left == 0 ? start : null;
  }

  private static boolean isMessage(Entry entry) {
    return entry.event() instanceof ChatMessage message && !message.revision().isBlank();
  }

  private void admit(
      Machine machine,
      Map<ChatId, Cursor> resume,
      Session.Listener listener,
      CompletableFuture<Session> answer,
      Batch batch) {
    fence(machine);
    LocalSession session = new LocalSession(++lastSession, machine, desk, fetcher, listener);
    batch.then(() -> begin(session, resume, answer));
  }

  /** Nothing that is asked over the old session from here on takes effect. */
  private static void fence(Machine machine) {
    LocalSession old = machine.session();
    if (old != null) {
      old.end(new ChatException(Code.CONFLICT, CONNECTED_ANEW));
    }
  }

  /** Another one of the same device may have begun in the same group, or beside it. */
  private void begin(
      LocalSession session, Map<ChatId, Cursor> resume, CompletableFuture<Session> answer) {
    Machine machine = session.machine;
    LocalSession present = machine.session();
    if (present != null && present.isOpen() && present.id > session.id) {
      answer.completeExceptionally(new ChatException(Code.CONFLICT, CONNECTED_ANEW));
      return;
    }
    fence(machine);
    machine.setSession(session);
    for (Membership membership : machine.account.memberships.values()) {
      if (membership.isOpen()) {
        Rooms.attach(session, membership, start(membership, machine, resume));
      }
    }
    lobby.add(session);
    if (!answer.complete(session)) {
      session.close();
    }
  }

  private static Cursor start(Membership membership, Machine machine, Map<ChatId, Cursor> resume) {
    Cursor own = resume.get(membership.room.id());
    if (own == null) {
      return Positions.start(machine, membership);
    }
    return own.equals(Cursor.END) ? membership.room.head() : own;
  }
}
