package chat.talk.room;

import chat.talk.Capability;
import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageKey;
import chat.talk.Notice;
import chat.talk.Scheduler;
import chat.talk.Scheduler.Cancellable;
import chat.talk.UserName;
import chat.talk.internal.Failures;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbrains.annotations.Nullable;

/**
 * The user's end of any hub. The {@link Line} keeps it connected, {@link Calls} ask, the {@link
 * Pump} listens and the {@link Acknowledger} tells how far it has come. What they share is only
 * touched by {@link SerialTasks}.
 */
final class RoomClient implements HubClient, Line.Owner {
  private static final Set<Capability> CAPABILITIES =
      Collections.unmodifiableSet(EnumSet.allOf(Capability.class));

  /** How long a listener that was interrupted may take to end. */
  private static final Duration INTERRUPTED = Duration.ofMillis(200);

  private final Login login;
  private final Outbox outbox;
  private final Scheduler scheduler;
  private final Duration grace;
  private final boolean ownThreads;
  private final SerialTasks tasks = new SerialTasks();
  private final Answers answers;
  private final Line line;
  private final Calls calls;
  private final Acknowledger acknowledger;
  private final Pump pump;
  private final ClientFiles files;
  private final Sending sending;

  private final AtomicBoolean isClosing = new AtomicBoolean();
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private final CompletableFuture<Void> outboxClosed = new CompletableFuture<>();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private volatile State state = State.DISCONNECTED;
  private volatile @Nullable UserName name;

  /** By its listener, which needs no interrupt then. */
  private volatile boolean isClosedFromWithin;

  /** Completes as {@link #connected} does, on no thread of the listener's. */
  private final CompletableFuture<Void> firstAnswer = new CompletableFuture<>();

  /** Whether the first failure ends it. Only used by tasks, as what follows. */
  private final boolean mustConnectAtOnce;

  private boolean isStopping;
  private boolean isGraceOver;
  private @Nullable Cancellable timer;

  private RoomClient(HubClientBuilder setup, boolean mustConnectAtOnce) {
    this.mustConnectAtOnce = mustConnectAtOnce;
    login = setup.login;
    outbox = setup.outbox;
    name = nameIn(login);
    scheduler = setup.scheduler;
    grace = setup.grace;
    ownThreads = setup.executor == null;
    Executor executor = setup.executor == null ? ListenerThreads.shared() : setup.executor;
    answers = new Answers(executor);
    Places places = new Places(setup.resume);
    line = new Line(setup, places, tasks, this);
    acknowledger = new Acknowledger(setup, tasks, line);
    files = new ClientFiles(setup, executor, answers, () -> tasks.execute(line::works));
    sending = new Sending(files, this::send);
    pump = new Pump(this, setup, executor, line, places, acknowledger);
    List<Outbox.Kept> left = outbox.open(login);
    calls = new Calls(setup, tasks, answers, line, left, pump::tellLater);
  }

  private static @Nullable UserName nameIn(Login login) {
    if (login instanceof Login.NewUser added) {
      return added.user();
    }
    return login instanceof Login.Password known ? known.user() : null;
  }

  static HubClient open(HubClientBuilder setup) {
    RoomClient client = new RoomClient(setup, false);
    client.tasks.execute(client.line::connect);
    return client;
  }

  static HubClient start(HubClientBuilder setup) {
    RoomClient client = new RoomClient(setup, true);
    client.tasks.execute(client.line::connect);
    try {
      client.firstAnswer.get(setup.timeout.toNanos(), TimeUnit.NANOSECONDS);
      return client;
    } catch (ExecutionException e) {
      throw ChatException.of(e);
    } catch (TimeoutException e) {
      throw client.refused(Code.TIMED_OUT, "the hub did not answer in " + setup.timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw client.refused(Code.CLOSED, "interrupted while waiting for the hub");
    }
  }

  private ChatException refused(Code code, String message) {
    ChatException why = new ChatException(code, message);
    tasks.execute(() -> finish(why));
    awaited(outboxClosed, grace);
    return why;
  }

  @Override
  public UserName name() {
    UserName known = name;
    if (known == null) {
      throw new ChatException(Code.UNREACHABLE, "the hub has not told yet whose token it is");
    }
    return known;
  }

  @Override
  public Token token() {
    return login.token();
  }

  @Override
  public CompletableFuture<Void> connected() {
    return connected.copy();
  }

  @Override
  public <R> CompletableFuture<R> call(Command<R> command) {
    return calls.ask(command);
  }

  @Override
  public CompletableFuture<Blob> upload(FileUpload.Kind kind, ByteSource bytes, Progress progress) {
    return files.upload(kind, bytes, progress);
  }

  @Override
  public CompletableFuture<Entry> sendFile(
      Draft draft, String name, String type, ByteSource bytes, Progress progress) {
    return sending.file(draft, name, type, bytes, progress);
  }

  @Override
  public CompletableFuture<Entry> sendLarge(Draft draft, ByteSource text, Progress progress) {
    return sending.text(draft, text, progress);
  }

  @Override
  public CompletableFuture<Attachment> download(
      MessageKey message, WritableByteChannel sink, Progress progress) {
    return files.download(message, sink, progress);
  }

  @Override
  public CompletableFuture<Attachment> download(
      MessageKey message, Path target, Progress progress) {
    return files.download(message, target, progress);
  }

  @Override
  public State state() {
    return state;
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public void connected(Attempt attempt, UserName user) {
    name = user;
    state = State.CONNECTED;
    pump.changed(new Notice.StateChanged(State.CONNECTED));
    calls.connected(attempt);
    acknowledger.connected(attempt);
    pump.connected(attempt);
    files.connected(Objects.requireNonNull(attempt.session()));
    if (firstAnswer.complete(null)) {
      answers.complete(connected, null, null);
    }
  }

  @Override
  public void failed(ChatException why, boolean isFinal) {
    if (isFinal || (mustConnectAtOnce && !firstAnswer.isDone())) {
      finish(why);
    }
  }

  @Override
  public void disconnected(ChatException why, boolean isFinal) {
    calls.disconnected();
    files.disconnected();
    acknowledger.disconnected();
    if (isFinal) {
      finish(why);
    } else if (state != State.CLOSED) {
      state = State.DISCONNECTED;
      pump.changed(told(why));
    }
  }

  @Override
  public void ready(Attempt attempt) {
    pump.ready(attempt);
  }

  @Override
  public CompletableFuture<Void> stop() {
    tasks.execute(this::beginStop);
    CompletableFuture<Void> done = new CompletableFuture<>();
    stopped.thenRun(() -> answers.complete(done, null, null));
    return done;
  }

  @Override
  public void close() {
    if (isClosing.compareAndSet(false, true)) {
      boolean own = pump.isListenerThread();
      if (own) {
        isClosedFromWithin = true;
        pump.mute();
      }
      tasks.execute(this::beginStop);
      if (!awaited(own ? drained : stopped, grace)) {
        tasks.execute(this::graceIsOver);
        if (!own && !awaited(stopped, INTERRUPTED)) {
          tasks.execute(this::abandon);
        }
      }
    }
  }

  private static boolean awaited(CompletableFuture<Void> future, Duration limit) {
    try {
      future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Answers first, then what has arrived, then how far that was: each ends within the grace. */
  private void beginStop() {
    if (!isStopping && !stopped.isDone()) {
      isStopping = true;
      timer = scheduler.after(grace, () -> tasks.execute(this::graceIsOver));
      ChatException closed = Failures.closed("the client");
      outbox
          .saved()
          .thenComposeAsync(saved -> calls.refuse(closed), tasks)
          .thenRun(() -> drained.complete(null))
          .thenCompose(answered -> pump.finish())
          .thenRunAsync(
              () -> acknowledger.flush().thenRunAsync(() -> finish(closed), tasks), tasks);
    }
  }

  private void finish(ChatException why) {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    line.close();
    acknowledger.close();
    calls.fail(why);
    files.close(why);
    drained.complete(null);
    Notice.StateChanged closed = isStopping ? new Notice.StateChanged(state) : told(why);
    outbox.close().thenRunAsync(() -> end(why, closed), tasks);
  }

  private void end(ChatException why, Notice.StateChanged closed) {
    outboxClosed.complete(null);
    if (firstAnswer.completeExceptionally(why)) {
      answers.complete(connected, null, why);
    }
    pump.end(closed).thenRunAsync(this::stopped, tasks);
  }

  private Notice.StateChanged told(ChatException why) {
    return new Notice.StateChanged(state, why.code(), why.getMessage());
  }

  private void graceIsOver() {
    if (!stopped.isDone() && !isGraceOver) {
      isGraceOver = true;
      pump.mute();
      if (ownThreads && !isClosedFromWithin) {
        pump.interrupt();
      }
      finish(Failures.closed("the client"));
      cancelTimer();
      timer = scheduler.after(INTERRUPTED, () -> tasks.execute(this::abandon));
    }
  }

  private void abandon() {
    pump.abandon();
    outboxClosed.thenRunAsync(this::stopped, tasks);
  }

  private void stopped() {
    cancelTimer();
    stopped.complete(null);
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
    }
  }

  @Override
  public String toString() {
    UserName known = name;
    return known == null ? "HubClient" : "HubClient[" + known + "]";
  }
}
