package chat.talk;

import chat.talk.ChatException.Code;
import chat.talk.internal.Failures;
import chat.talk.internal.Futures;
import chat.talk.internal.Text;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jetbrains.annotations.Nullable;

/**
 * The way to one user: messages in the order of the calls, over one connection at a time. When a
 * connection breaks, what it left unanswered is sent again over the next one, in its old order and
 * before anything newer; the ids let the receiver drop what he has already.
 */
final class Lane {
  private static final System.Logger LOG = System.getLogger(Lane.class.getName());

  /** How many messages may be under way unanswered. */
  private static final int WINDOW = 256;

  /** How much may wait for one user before sending fails, in characters. */
  private static final long MAX_WAITING = 16L << 20;

  /** How often a message is tried again when there is no answer at all. */
  private static final int MAX_RETRIES = 3;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  /** A lane that was not used for this long closes its connection and retires. */
  private static final Duration IDLE = Duration.ofMinutes(1);

  /** Failures that say nothing about the message; {@code CLOSED} is a receiver about to go. */
  private static final Set<Code> UNANSWERED =
      EnumSet.of(Code.UNREACHABLE, Code.TIMED_OUT, Code.BAD_ANSWER, Code.MISDIRECTED, Code.CLOSED);

  private static final Set<Code> WORTH_A_RETRY =
      EnumSet.of(Code.UNREACHABLE, Code.MISDIRECTED, Code.CLOSED);

  private final UserName to;
  private final Connector connector;
  private final Executor executor;
  private final Scheduler scheduler;
  private final Consumer<Lane> onRetired;

  /** Not yet sent. Guarded by this, as all that follows. */
  private final Deque<Outgoing> waiting = new ArrayDeque<>();

  /** Sent over {@code connection}, in their order; kept until answered. */
  private final Deque<Outgoing> underWay = new ArrayDeque<>();

  private @Nullable Way way;

  /** Whether the user is known to live elsewhere by now. */
  private boolean hasMoved;

  /** Why the connection is of no more use; what is under way is awaited before the next one. */
  private @Nullable ChatException broken;

  /** How many of {@code underWay} have not come back from the transport. */
  private int unsettled;

  private int failures;

  /** Whether the last connection failed, so that the address may be out of date. */
  private boolean suspect;

  private long weight;

  /** Whether a task that does what there is to do is on its way. */
  private boolean working;

  /** While an address is looked up, and while pausing between tries. */
  private boolean onHold;

  private Scheduler.Cancellable nextTry = () -> {};
  private boolean closed;
  private boolean retired;
  private boolean usedSinceCheck;
  private Scheduler.@Nullable Cancellable idleCheck;

  /**
   * Connects and delivers on the executor, which is never the caller of {@link #send}.
   *
   * @param onRetired told when the lane has closed for want of use
   */
  Lane(
      UserName to,
      Connector connector,
      Executor executor,
      Scheduler scheduler,
      Consumer<Lane> onRetired) {
    this.to = to;
    this.connector = connector;
    this.executor = executor;
    this.scheduler = scheduler;
    this.onRetired = onRetired;
  }

  UserName to() {
    return to;
  }

  /** Whether the address that was used last did not do. */
  synchronized boolean isSuspect() {
    return suspect;
  }

  /** Finds a way to a user. */
  interface Connector {
    /**
     * Looks the user up and connects.
     *
     * @param fresh whether the last address did not do
     */
    CompletableFuture<Way> connect(UserName to, boolean fresh);
  }

  /** A connection and where it leads. */
  record Way(UserAddress address, Transport.Connection connection) {}

  /**
   * Completes when the message is answered, on any thread.
   *
   * @return null when the lane has retired, for want of use: take a new one
   */
  @Nullable
  CompletableFuture<Void> send(Envelope envelope) {
    Outgoing outgoing = new Outgoing(envelope, new CompletableFuture<>());
    synchronized (this) {
      if (retired) {
        return null;
      }
      if (closed) {
        return CompletableFuture.failedFuture(Failures.closed("the client"));
      }
      if (weight > 0 && weight + outgoing.weight() > MAX_WAITING) {
        return CompletableFuture.failedFuture(
            new ChatException(Code.OVERLOADED, "too much is waiting for " + to + " already"));
      }
      weight += outgoing.weight();
      waiting.add(outgoing);
      usedSinceCheck = true;
    }
    pump();
    return outgoing.answer;
  }

  /** The user lives here, says the registry: what is not yet sent goes there. */
  void listed(UserAddress address) {
    synchronized (this) {
      hasMoved = way != null && !way.address.equals(address);
      if (!hasMoved) {
        return;
      }
    }
    pump();
  }

  /** Gives up: what has not been answered fails. */
  void close() {
    List<Outgoing> left;
    Way last;
    synchronized (this) {
      closed = true;
      left = takeAll();
      if (idleCheck != null) {
        idleCheck.cancel();
      }
      nextTry.cancel();
      last = way;
      way = null;
    }
    close(last);
    ChatException failure = Failures.closed("the client");
    left.forEach(outgoing -> finish(outgoing, failure));
  }

  /** Sees to it that what there is to do is done, one step after the other. */
  private void pump() {
    synchronized (this) {
      if (working) {
        return;
      }
      working = true;
    }
    try {
      executor.execute(this::work);
    } catch (RejectedExecutionException e) {
      close();
    }
  }

  private void work() {
    Runnable step = nextStep();
    while (step != null) {
      step.run();
      step = nextStep();
    }
  }

  private synchronized @Nullable Runnable nextStep() {
    if (broken != null && unsettled == 0) {
      return recover(broken);
    }
    if (hasMoved && unsettled == 0) {
      return leaveOldWay();
    }
    if (onHold || hasMoved || broken != null || waiting.isEmpty() || underWay.size() >= WINDOW) {
      working = false;
      return null;
    }
    if (way == null) {
      onHold = true;
      boolean fresh = suspect;
      return () ->
          Futures.attempt(() -> connector.connect(to, fresh)).whenComplete(this::connected);
    }
    Transport.Connection connection = way.connection;
    Outgoing next = waiting.remove();
    underWay.add(next);
    unsettled++;
    return () ->
        Futures.attempt(() -> connection.deliver(next.envelope))
            .whenComplete((done, failure) -> answered(next, failure));
  }

  private Runnable leaveOldWay() {
    Way old = way;
    way = null;
    hasMoved = false;
    return () -> close(old);
  }

  private void connected(@Nullable Way found, @Nullable Throwable failure) {
    boolean late;
    synchronized (this) {
      onHold = false;
      late = closed;
      if (failure != null) {
        broken = ChatException.of(failure);
      } else if (!late) {
        way = found;
      }
    }
    if (late) {
      close(found);
    }
    pump();
  }

  private void answered(Outgoing outgoing, @Nullable Throwable problem) {
    ChatException failure = problem == null ? null : ChatException.of(problem);
    boolean isAnswer = failure == null || !UNANSWERED.contains(failure.code());
    synchronized (this) {
      unsettled--;
      if (isAnswer) {
        failures = 0;
        suspect = false;
        if (underWay.remove(outgoing)) {
          release(outgoing);
        }
      } else if (broken == null) {
        broken = failure;
      }
    }
    if (isAnswer) {
      finish(outgoing, failure);
    }
    pump();
  }

  /**
   * Either tries again after a pause, or gives up on all there is. Must be called with the lock.
   */
  private Runnable recover(ChatException reason) {
    Way last = way;
    way = null;
    hasMoved = false;
    broken = null;
    suspect = true;
    failures++;
    boolean again = !closed && WORTH_A_RETRY.contains(reason.code()) && failures <= MAX_RETRIES;
    List<Outgoing> failed = again ? List.of() : takeAll();
    if (again) {
      putBack();
      onHold = true;
      nextTry = scheduler.after(FIRST_PAUSE.multipliedBy(1L << (failures - 1)), this::goOn);
    } else {
      failures = 0;
    }
    ChatException told =
        reason.code() == Code.CLOSED
            ? new ChatException(Code.UNREACHABLE, reason.getMessage(), reason)
            : reason;
    return () -> {
      close(last);
      failed.forEach(outgoing -> finish(outgoing, told));
    };
  }

  private void putBack() {
    while (!underWay.isEmpty()) {
      waiting.addFirst(underWay.removeLast());
    }
  }

  private List<Outgoing> takeAll() {
    List<Outgoing> all = new ArrayList<>(underWay);
    all.addAll(waiting);
    underWay.clear();
    waiting.clear();
    all.forEach(this::release);
    return all;
  }

  private void goOn() {
    synchronized (this) {
      onHold = false;
    }
    pump();
  }

  private void release(Outgoing outgoing) {
    weight -= outgoing.weight();
    if (weight == 0 && idleCheck == null && !closed) {
      checkLater();
    }
  }

  private void checkLater() {
    usedSinceCheck = false;
    idleCheck = scheduler.after(IDLE, this::retireIfIdle);
  }

  private void retireIfIdle() {
    Way idle;
    synchronized (this) {
      if (closed) {
        return;
      }
      if (usedSinceCheck || weight > 0) {
        checkLater();
        return;
      }
      retired = true;
      idle = way;
      way = null;
    }
    close(idle);
    onRetired.accept(this);
  }

  private static void close(@Nullable Way way) {
    if (way == null) {
      return;
    }
    try {
      way.connection.close();
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.WARNING, "A connection could not be closed", e);
    }
  }

  private static void finish(Outgoing outgoing, @Nullable ChatException failure) {
    if (failure == null) {
      outgoing.answer.complete(null);
    } else {
      outgoing.answer.completeExceptionally(failure);
    }
  }

  private record Outgoing(Envelope envelope, CompletableFuture<Void> answer) {
    long weight() {
      return Text.weight(envelope.text());
    }
  }
}
