package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.MessageKey;
import chat.talk.Notice;
import chat.talk.Scheduler;
import chat.talk.room.Chat;
import chat.talk.room.Command;
import chat.talk.room.Connection;
import chat.talk.room.FileDownload;
import chat.talk.room.FileUpload;
import chat.talk.room.Hub;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jetbrains.annotations.Nullable;

/**
 * A hub in this JVM. It decides everything on one {@link Loop}, keeps it in a {@link HubStorage},
 * and lets sessions read on from their own places.
 */
public final class HubEngine implements Hub {
  /** How much longer than its grace the hub waits for itself. */
  private static final Duration SLACK = Duration.ofMillis(500);

  private final Scheduler scheduler;
  private final Duration grace;
  private final Duration reconnectWindow;
  private final RandomGenerator random;
  private final @Nullable ExecutorService ownThreads;
  private final Passwords passwords;
  private final Loop loop;
  private final Lobby lobby;
  private final Entrance entrance;
  private final Fetcher fetcher;
  private final Store store;
  private final Recovery recovery;
  private final Unsaved unsaved;
  private final Expiry expiry;
  private final Schedule schedule;
  private final Transfers transfers;
  private final @Nullable Sweeper sweeper;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private final AtomicBoolean stopped = new AtomicBoolean();

  /** Whether the clients were told that the hub goes away; only the loop's, as what follows. */
  private boolean announced;

  private boolean ending;

  private HubEngine(HubBuilder setup) {
    scheduler = setup.scheduler;
    grace = setup.grace;
    reconnectWindow = setup.reconnectWindow;
    random = setup.random == null ? new SecureRandom() : setup.random;
    ownThreads = setup.executor == null ? Threads.pool("talk-hub") : null;
    Executor executor = setup.executor == null ? ownThreads : setup.executor;
    passwords = new Passwords(setup.passwordCost, random, setup.executor);
    store = new Store(setup.storage, scheduler);
    loop = new Loop(store, executor, scheduler);

    State state = new State(setup.storage);
    Ids ids = new Ids(random);
    Rooms rooms = new Rooms(state, ids);
    fetcher = new Fetcher(store, executor, scheduler);
    recovery = new Recovery(state, store, loop, fetcher, scheduler);
    store.onTrouble(recovery::begin);
    transfers = new Transfers(setup, new RecentUploads(scheduler), executor);
    Desk desk = new Desk(loop, scheduler::now, this::left, transfers);
    Views views = new Views(store, fetcher, loop);
    unsaved = new Unsaved(loop, scheduler);
    History history = new History(state, fetcher, store);
    Attachments attachments = new Attachments(state, transfers, store, setup, loop);
    expiry = new Expiry(state, rooms, ids, store, setup, loop, unsaved, attachments);
    Messages messages = new Messages(state, rooms, ids, fetcher, store, setup, expiry, attachments);
    Positions positions = new Positions(state, rooms, expiry, store, views, unsaved);
    Devices devices = new Devices(state, ids, positions, passwords, loop);
    schedule = new Schedule(state, messages, attachments, setup, loop);
    Moderation moderation = new Moderation(state, ids, history, store, setup);
    lobby = new Lobby(state, moderation, setup);
    entrance =
        new Entrance(state, rooms, devices, lobby, passwords, setup, loop, desk, fetcher, store);

    rooms.watch(expiry);
    loop.always(unsaved);
    history.join(desk);
    messages.join(desk);
    positions.join(desk);
    devices.join(desk);
    schedule.join(desk);
    moderation.join(desk);
    lobby.join(desk);
    new PrivateChats(state, rooms, ids, views).join(desk);
    new WaysIn(state, rooms, views).join(desk);

    openGeneral(state, rooms, setup.storage);
    expiry.start();
    schedule.start();
    sweeper = sweeper(setup);
  }

  private @Nullable Sweeper sweeper(HubBuilder setup) {
    if (setup.blobs == null) {
      return null;
    }
    Sweeper started = new Sweeper(setup.blobs, transfers, store, scheduler);
    started.start();
    return started;
  }

  /** The first time that a hub is opened, there is no general chat yet. */
  private void openGeneral(State state, Rooms rooms, HubStorage storage) {
    if (!state.rooms.containsKey(State.GENERAL)) {
      Batch batch = new Batch(scheduler.now(), new HashMap<>());
      rooms.create(batch, State.GENERAL, Chat.Kind.GENERAL, "", null, Cursor.START);
      storage.commit(batch.changes());
    }
  }

  /**
   * Begins a hub.
   *
   * @param storage remains the caller's
   * @return what to set up and {@link HubBuilder#open()}
   */
  public static HubBuilder builder(HubStorage storage) {
    return new HubBuilder(storage);
  }

  static HubEngine open(HubBuilder setup) {
    return new HubEngine(setup);
  }

  @Override
  public CompletableFuture<Session> connect(
      Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
    if (login == null || resume == null || listener == null) {
      return CompletableFuture.failedFuture(
          new ChatException(Code.INVALID, "a login, places and a listener are needed"));
    }
    return closing.get() ? closed() : entrance.connect(login, resume, listener);
  }

  @Override
  public <R> CompletableFuture<R> ask(Login login, Command<R> command) {
    if (login == null || command == null) {
      return CompletableFuture.failedFuture(
          new ChatException(Code.INVALID, "a login and a command are needed"));
    }
    return closing.get() ? closed() : entrance.ask(login, command);
  }

  @Override
  public CompletableFuture<FileUpload> upload(Login login, FileUpload.Kind kind) {
    if (login == null || kind == null) {
      return CompletableFuture.failedFuture(
          new ChatException(Code.INVALID, "a login and a kind are needed"));
    }
    return closing.get() ? closed() : entrance.upload(login, kind);
  }

  @Override
  public CompletableFuture<FileDownload> download(Login login, MessageKey message, long offset) {
    if (login == null || message == null) {
      return CompletableFuture.failedFuture(
          new ChatException(Code.INVALID, "a login and a message are needed"));
    }
    return closing.get() ? closed() : entrance.download(login, message, offset);
  }

  private static <R> CompletableFuture<R> closed() {
    return CompletableFuture.failedFuture(new ChatException(Code.CLOSED, "the hub is closed"));
  }

  /**
   * Lists the sessions.
   *
   * @return a picture of the moment, the oldest first
   */
  public List<Connection> connections() {
    return lobby.views();
  }

  /**
   * Since when the storage can't be read or can't be written, or has left a change unanswered for
   * more than 5 seconds: then since when that is under way. Meanwhile users who are known come in
   * and are answered what the hub has in memory; the rest fails with {@link Code#STORAGE}. The hub
   * asks the storage each second, and goes on by itself once it works again.
   *
   * @return empty when all is well
   */
  public Optional<Instant> storageFailsSince() {
    return store.failingSince();
  }

  /**
   * Whether a session's client still takes what it is fed.
   *
   * @param connection its id
   * @return false when it doesn't within 5 seconds; fails with {@link Code#NOT_FOUND}
   */
  public CompletableFuture<Boolean> check(long connection) {
    return lobby.check(connection);
  }

  /**
   * Ends a session, or finds that it has ended; its client may come back.
   *
   * @param connection its id
   * @throws ChatException with {@link Code#NOT_FOUND} when there never was one since the hub was
   *     opened
   */
  public void disconnect(long connection) {
    lobby.disconnect(connection);
  }

  private void left(LocalSession session) {
    loop.insist(
        batch -> {
          lobby.remove(session);
          endIfAllHeard();
        });
  }

  @Override
  public CompletableFuture<Void> shutDown(String reason) {
    Objects.requireNonNull(reason, "reason");
    if (closing.compareAndSet(false, true)) {
      loop.insist(batch -> batch.then(() -> announce(reason)));
      Scheduler.Cancellable timer = scheduler.after(grace, this::stop);
      ended.whenComplete((done, failure) -> timer.cancel());
    }
    return ended.copy();
  }

  private void announce(String reason) {
    announced = true;
    for (LocalSession session : lobby.sessions()) {
      session.tell(new Notice.GoingAway(reason, delay()));
      session.onHeard(() -> loop.insist(batch -> endIfAllHeard()));
    }
    endIfAllHeard();
  }

  private Duration delay() {
    return Duration.ofMillis(random.nextLong(reconnectWindow.toMillis() + 1));
  }

  private void endIfAllHeard() {
    boolean all =
        announced
            && lobby.sessions().stream()
                .allMatch(session -> !session.isOpen() || session.hasHeardAll());
    if (all) {
      end();
    }
  }

  /** Saves what was to be saved a little later, and stops either way. */
  private void end() {
    if (!ending) {
      ending = true;
      loop.submit(
          new Loop.Task() {
            @Override
            public boolean decide(Batch batch) {
              unsaved.saveAll();
              batch.lastly(HubEngine.this::stop);
              return true;
            }

            @Override
            public void fail(ChatException why) {
              stop();
            }

            @Override
            public boolean isAboutTheCommit() {
              return true;
            }
          });
    }
  }

  /**
   * Ends everything at once. May be called by any thread. Nothing is read any more when the loop
   * tells those whose changes are in doubt: what they hear doesn't depend on who is faster.
   */
  private void stop() {
    if (stopped.compareAndSet(false, true)) {
      ChatException why = new ChatException(Code.CLOSED, "the hub is shutting down");
      lobby.sessions().forEach(session -> session.end(why));
      unsaved.stop();
      expiry.stop();
      schedule.stop();
      recovery.stop();
      if (sweeper != null) {
        sweeper.stop();
      }
      transfers.close();
      fetcher.close();
      loop.stop();
      passwords.close();
      if (ownThreads != null) {
        ownThreads.shutdown();
      }
      ended.complete(null);
    }
  }

  @Override
  public void close() {
    try {
      shutDown("the hub is closed").get(grace.plus(SLACK).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      stop();
    } catch (ExecutionException e) {
      throw new IllegalStateException("shutting down does not fail", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
    }
  }
}
