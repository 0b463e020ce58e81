package chat.talk;

import chat.talk.ChatException.Code;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;

/**
 * A client that talks straight to other peers. What comes in goes through the {@link GroupAppender}
 * into the log, and from there through the {@link Reader} to the listener; what goes out takes the
 * {@link Lane} of its receiver, and has its own copy in the log once it was answered.
 */
final class PeerClient implements ChatClient {
  /** Room for what the memory keeps by default; twice what may wait for the listener. */
  private static final long DEFAULT_ROOM = 32L << 20;

  /** How long a listener that was interrupted may take to end. */
  private static final long INTERRUPTED_MILLIS = 200;

  private final UserName name;
  private final List<Transport> transports;
  private final Scheduler scheduler;
  private final long maxBacklog;
  private final long graceNanos;
  private final Storage storage;
  private final @Nullable Storage ownStorage;
  private final ExecutorService logThread;
  private final ExecutorService listenerThread;
  private final ExecutorService callbacks;
  private final GroupAppender log;
  private final Reader reader;
  private final Directory directory;
  private final Map<UserName, Lane> lanes = new ConcurrentHashMap<>();

  /** The weight of messages on their way into the log. */
  private final AtomicLong arriving = new AtomicLong();

  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile State state = State.CONNECTED;
  private volatile Transport.@Nullable Endpoint endpoint;

  private PeerClient(PeerBuilder setup) {
    name = setup.name;
    transports = setup.transports;
    scheduler = setup.scheduler;
    maxBacklog = setup.maxBacklog;
    graceNanos = setup.grace.toNanos();
    ownStorage = setup.storage == null ? Storage.inMemory(room(setup)) : null;
    storage = setup.storage == null ? ownStorage : setup.storage;
    logThread = Threads.serial("talk-" + name + "-log");
    listenerThread = Threads.serial("talk-" + name + "-listener");
    callbacks = Threads.callbacks("talk-" + name + "-callback");
    reader = new Reader(this, setup, storage, listenerThread);
    log = new GroupAppender(storage, logThread, reader::wake);
    directory = new Directory(setup, this::become);
  }

  private static long room(PeerBuilder setup) {
    return Math.max(DEFAULT_ROOM, 2 * setup.maxBacklog);
  }

  static ChatClient start(PeerBuilder setup) {
    PeerClient client = new PeerClient(setup);
    try {
      client.open(setup);
    } catch (RuntimeException e) {
      client.stopAll(0);
      throw ChatException.of(e);
    }
    return client;
  }

  private void open(PeerBuilder setup) {
    Transport.Endpoint open = transports.get(0).open(setup.host, setup.port, this::receive);
    endpoint = open;
    directory.join(setup.publicAddress == null ? open.address() : setup.publicAddress).join();
    reader.resume(storage.chats());
  }

  @Override
  public UserName name() {
    return name;
  }

  @Override
  public State state() {
    return state;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.DIRECT_MESSAGES, Capability.HISTORY);
  }

  private CompletableFuture<Void> receive(Envelope envelope) {
    UserName to = envelope.to();
    if (to != null && !to.equals(name)) {
      return refused(Code.MISDIRECTED, "this is " + name + ", not " + to);
    }
    if (closing.get()) {
      return CompletableFuture.failedFuture(ChatException.closed(name));
    }
    long weight = Text.weight(envelope.text());
    long ahead = arriving.getAndAdd(weight) + reader.backlog();
    if (ahead > 0 && ahead + weight > maxBacklog) {
      arriving.addAndGet(-weight);
      return refused(Code.OVERLOADED, name + " has too much to read already");
    }
    return log.append(message(envelope))
        .handle(
            (entry, failure) -> {
              arriving.addAndGet(-weight);
              if (failure != null) {
                throw ChatException.of(failure);
              }
              return null;
            });
  }

  private static CompletableFuture<Void> refused(Code code, String message) {
    return CompletableFuture.failedFuture(new ChatException(code, message));
  }

  @Override
  public CompletableFuture<Entry> send(Draft draft) {
    Envelope envelope = new Envelope(draft.id(), name, draft.to(), draft.text());
    ChatId chat = ChatId.direct(name, draft.to());
    return onCallbacks(
        deliver(envelope)
            .thenCompose(
                done ->
                    log.append(
                        new ChatMessage(chat, draft.id(), name, draft.text(), scheduler.now()))));
  }

  private ChatMessage message(Envelope envelope) {
    ChatId chat = ChatId.direct(envelope.from(), name);
    return new ChatMessage(chat, envelope.id(), envelope.from(), envelope.text(), scheduler.now());
  }

  private CompletableFuture<Void> deliver(Envelope envelope) {
    CompletableFuture<Void> answer = null;
    while (answer == null) {
      if (closing.get()) {
        return CompletableFuture.failedFuture(ChatException.closed("the client"));
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
    return new Lane(to, this::connect, scheduler, lane -> lanes.remove(lane.to(), lane));
  }

  private CompletableFuture<Transport.Connection> connect(UserName to, boolean fresh) {
    return directory.lookUp(to, fresh).thenApply(this::connect);
  }

  private Transport.Connection connect(UserAddress address) {
    for (Transport transport : transports) {
      if (transport.protocols().contains(address.protocol())) {
        return transport.connect(address);
      }
    }
    throw new ChatException(Code.NO_TRANSPORT, "nothing here speaks " + address.protocol());
  }

  @Override
  public CompletableFuture<Page> readAfter(ChatId chat, Cursor after, int limit) {
    return read(() -> storage.readAfter(chat, after, limit));
  }

  @Override
  public CompletableFuture<Page> readBefore(ChatId chat, Cursor before, int limit) {
    return read(() -> storage.readBefore(chat, before, limit));
  }

  private CompletableFuture<Page> read(Supplier<Page> page) {
    return closing.get()
        ? CompletableFuture.failedFuture(ChatException.closed("the client"))
        : onCallbacks(CompletableFuture.supplyAsync(page, callbacks));
  }

  /** The same result, for the user to hang what he likes on: it keeps no thread of ours busy. */
  private <T> CompletableFuture<T> onCallbacks(CompletableFuture<T> inner) {
    CompletableFuture<T> outer = new CompletableFuture<>();
    inner.whenComplete(
        (value, failure) -> {
          Runnable complete =
              failure == null
                  ? () -> outer.complete(value)
                  : () -> outer.completeExceptionally(ChatException.of(failure));
          try {
            callbacks.execute(complete);
          } catch (RejectedExecutionException e) {
            complete.run(); // Too late for a thread of ours, but nobody shall wait for ever.
          }
        });
    return outer;
  }

  private synchronized void become(State next) {
    if (state != next && state != State.CLOSED) {
      state = next;
      reader.tell(new Notice.StateChanged(next));
    }
  }

  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    long deadline = System.nanoTime() + graceNanos;
    CompletableFuture<Void> left = directory.leave();
    for (Lane lane : lanes.values()) {
      await(lane.drained(), deadline);
    }
    await(left, deadline);
    stopAll(deadline);
  }

  private void stopAll(long deadline) {
    synchronized (this) {
      state = State.CLOSED;
    }
    lanes.values().forEach(Lane::close);
    if (endpoint != null) {
      endpoint.close();
    }
    logThread.shutdown();
    awaitEnd(logThread, deadline);
    stopReader(deadline);
    callbacks.shutdown();
    if (ownStorage != null) {
      ownStorage.close();
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
