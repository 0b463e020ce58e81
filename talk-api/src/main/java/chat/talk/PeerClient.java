package chat.talk;

import chat.talk.ChatException.Code;
import chat.talk.internal.Callbacks;
import chat.talk.internal.Failures;
import chat.talk.internal.Futures;
import chat.talk.internal.Pending;
import chat.talk.internal.Threads;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jetbrains.annotations.Nullable;

/**
 * A client that talks straight to other peers. What comes in goes through the {@link Intake} and
 * the {@link GroupAppender} into the log, and from there through the {@link Reader} to the
 * listener; what goes out takes the {@link Lane} of its receiver, and has its own copy in the log
 * once it was answered.
 */
final class PeerClient implements Peer {
  private static final System.Logger LOG = System.getLogger(PeerClient.class.getName());

  /** Room for what the memory keeps by default; twice what may wait for the listener. */
  private static final long DEFAULT_ROOM = 32L << 20;

  /** How long a listener that was interrupted may take to end. */
  private static final long INTERRUPTED_MILLIS = 200;

  private final UserName name;
  private final List<Transport> transports;
  private final Scheduler scheduler;
  private final long graceNanos;
  private final Storage storage;
  private final @Nullable Storage ownStorage;
  private final ExecutorService logThread;
  private final ExecutorService listenerThread;
  private final ExecutorService senderThread;
  private final ExecutorService historyThread;
  private final Callbacks callbacks;
  private final GroupAppender log;
  private final Reader reader;
  private final Intake intake;
  private final Directory directory;
  private final Map<UserName, Lane> lanes = new ConcurrentHashMap<>();
  private final Pending sends = new Pending();

  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile State state = State.CONNECTED;
  private volatile Transport.@Nullable Endpoint endpoint;
  private volatile @Nullable UserAddress address;

  private PeerClient(PeerBuilder setup) {
    name = setup.name;
    transports = setup.transports;
    scheduler = setup.scheduler;
    graceNanos = setup.grace.toNanos();
    ownStorage = setup.storage == null ? Storage.inMemory(room(setup)) : null;
    storage = setup.storage == null ? ownStorage : setup.storage;
    logThread = Threads.serial("talk-" + name + "-log");
    listenerThread = Threads.serial("talk-" + name + "-listener");
    senderThread = Threads.serial("talk-" + name + "-sender");
    historyThread = Threads.serial("talk-" + name + "-history");
    callbacks = new Callbacks("talk-" + name + "-callback");
    reader = new Reader(this, setup, storage, listenerThread);
    log = new GroupAppender(storage, logThread, reader::wake);
    intake = new Intake(setup, log, reader);
    directory = new Directory(setup, this::become, this::tellLanes);
  }

  private static long room(PeerBuilder setup) {
    return Math.max(DEFAULT_ROOM, 2 * Math.min(setup.maxBacklog, Long.MAX_VALUE / 2));
  }

  static Peer start(PeerBuilder setup) {
    PeerClient client = new PeerClient(setup);
    try {
      client.open(setup);
    } catch (RuntimeException | Error e) {
      client.closing.set(true);
      client.intake.close();
      client.directory.leave();
      client.stopAll(System.nanoTime());
      throw ChatException.of(e);
    }
    return client;
  }

  private void open(PeerBuilder setup) {
    Set<ChatId> own =
        storage.chats().stream()
            .filter(chat -> chat.isDirectOf(name))
            .collect(Collectors.toUnmodifiableSet());
    Transport.Endpoint open = transports.get(0).open(setup.host, setup.port, intake);
    endpoint = open;
    address = setup.publicAddress == null ? open.address() : setup.publicAddress;
    directory.join(address).join();
    reader.resume(own);
  }

  @Override
  public UserName name() {
    return name;
  }

  @Override
  public UserAddress address() {
    return Objects.requireNonNull(address);
  }

  @Override
  public CompletableFuture<Map<UserName, UserAddress>> users() {
    return closing.get() ? closed() : callbacks.future(directory.refresh());
  }

  @Override
  public boolean canReach(UserAddress address) {
    return transportTo(address).isPresent();
  }

  private Optional<Transport> transportTo(UserAddress address) {
    return transports.stream()
        .filter(transport -> transport.protocols().contains(address.protocol()))
        .findFirst();
  }

  private static <T> CompletableFuture<T> closed() {
    return CompletableFuture.failedFuture(Failures.closed("the client"));
  }

  @Override
  public State state() {
    return state;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.DIRECT_MESSAGES, Capability.HISTORY);
  }

  @Override
  public CompletableFuture<Entry> send(Draft draft) {
    boolean isPlain = draft.about() == null && draft.attachment() == null;
    if (!(draft.to() instanceof UserName to) || !isPlain) {
      return CompletableFuture.failedFuture(
          Failures.invalid("a peer sends plain messages to users; chats and files are a hub's"));
    }
    Envelope envelope = new Envelope(draft.id(), name, to, draft.text());
    return callbacks.future(
        sends.track(() -> deliver(envelope).thenCompose(done -> log.append(ownCopy(to, draft)))));
  }

  private ChatMessage ownCopy(UserName to, Draft draft) {
    ChatId chat = ChatId.direct(name, to);
    return new ChatMessage(chat, draft.id(), name, draft.text(), scheduler.now());
  }

  private CompletableFuture<Void> deliver(Envelope envelope) {
    CompletableFuture<Void> answer = null;
    while (answer == null) {
      if (closing.get()) {
        return closed();
      }
      Lane lane = lanes.computeIfAbsent(envelope.to(), this::newLane);
      answer = lane.send(envelope);
      if (answer == null) {
        lanes.remove(envelope.to(), lane);
      } else if (state == State.CLOSED) {
        lane.close();
      }
    }
    return answer;
  }

  private Lane newLane(UserName to) {
    return new Lane(to, this::connect, senderThread, scheduler, this::retired);
  }

  private void retired(Lane lane) {
    lanes.remove(lane.to(), lane);
    if (lane.isSuspect()) {
      directory.forget(lane.to());
    }
  }

  private void tellLanes(Map<UserName, UserAddress> users) {
    for (Lane lane : lanes.values()) {
      UserAddress address = users.get(lane.to());
      if (address != null) {
        lane.listed(address);
      }
    }
  }

  private CompletableFuture<Lane.Way> connect(UserName to, boolean fresh) {
    return directory.lookUp(to, fresh).thenApply(this::connect);
  }

  private Lane.Way connect(UserAddress address) {
    Transport transport =
        transportTo(address)
            .orElseThrow(
                () ->
                    new ChatException(
                        Code.NO_TRANSPORT, "nothing here speaks " + address.protocol()));
    Transport.Connection connection = transport.connect(address);
    return new Lane.Way(address, Objects.requireNonNull(connection, "connection"));
  }

  @Override
  public CompletableFuture<Page> readAfter(ChatId chat, Cursor after, int limit) {
    return read(chat, () -> storage.readAfter(chat, after, limit));
  }

  @Override
  public CompletableFuture<Page> readBefore(ChatId chat, Cursor before, int limit) {
    return read(chat, () -> storage.readBefore(chat, before, limit));
  }

  private CompletableFuture<Page> read(ChatId chat, Supplier<Page> page) {
    if (closing.get()) {
      return closed();
    }
    if (!chat.isDirectOf(name)) {
      return CompletableFuture.failedFuture(
          new ChatException(Code.FORBIDDEN, name + " is not in the chat " + chat));
    }
    return callbacks.future(
        Futures.attempt(() -> CompletableFuture.supplyAsync(page, historyThread)));
  }

  private synchronized void become(Notice.StateChanged next) {
    if (state != next.state() && state != State.CLOSED) {
      state = next.state();
      reader.tell(next);
    }
  }

  @Override
  public void close() {
    if (closing.compareAndSet(false, true)) {
      long deadline = System.nanoTime() + graceNanos;
      boolean own = reader.isListenerThread();
      CompletableFuture<Void> taken = intake.close();
      CompletableFuture<Void> heard = own ? taken : taken.thenCompose(in -> reader.caughtUp());
      CompletableFuture<Void> left = directory.leave().whenComplete(this::noteFailure);
      await(CompletableFuture.allOf(left, sends.none(), heard), deadline);
      stopAll(deadline);
    }
  }

  private void noteFailure(@Nullable Void done, @Nullable Throwable failure) {
    if (failure != null) {
      String why = ChatException.of(failure).getMessage();
      LOG.log(System.Logger.Level.WARNING, name + " could not be taken off the registry: " + why);
    }
  }

  /** Each step is taken even if a plug-in throws in one before it. */
  private void stopAll(long deadline) {
    synchronized (this) {
      state = State.CLOSED;
    }
    guarded(() -> lanes.values().forEach(Lane::close));
    senderThread.shutdownNow();
    logThread.shutdown();
    awaitEnd(logThread, deadline);
    guarded(this::closeEndpoint);
    stopReader(deadline);
    historyThread.shutdown();
    callbacks.shutdown();
    if (ownStorage != null) {
      ownStorage.close();
    }
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.WARNING, "Closing " + name + " met a failure; it goes on", e);
    }
  }

  private void closeEndpoint() {
    Transport.Endpoint open = endpoint;
    if (open != null) {
      open.close();
    }
  }

  /** Waits until the listener has had everything, unless that is what called. */
  private void stopReader(long deadline) {
    boolean own = reader.isListenerThread();
    if (!own) {
      await(reader.caughtUp(), deadline);
    }
    reader.stop(new Notice.StateChanged(State.CLOSED));
    listenerThread.shutdown();
    if (!own && !awaitEnd(listenerThread, deadline)) {
      listenerThread.shutdownNow();
      awaitEnd(
          listenerThread, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(INTERRUPTED_MILLIS));
      reader.abandon();
    }
  }

  private static void await(CompletableFuture<?> future, long deadline) {
    try {
      future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Closing goes on: whoever waits for this future is told by it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean awaitEnd(ExecutorService executor, long deadline) {
    try {
      long left = Math.max(0, deadline - System.nanoTime());
      return executor.awaitTermination(left, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
