package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessageListener;
import chat.talk.Cursor;
import chat.talk.Scheduler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jetbrains.annotations.Nullable;

/** Sets up a client of a hub; {@link HubClient#join} begins one. Not safe for several threads. */
public final class HubClientBuilder {
  /** More than anybody waits; twice as much still counts in nanoseconds. */
  private static final Duration MAX = Duration.ofDays(36_525);

  final Hub hub;
  final Login login;
  ChatMessageListener listener = (me, message) -> {};
  Map<ChatId, Cursor> resume = Map.of();
  boolean readsWhatItHears = true;
  Outbox outbox = Outbox.inMemory();
  Scheduler scheduler = Scheduler.system();
  @Nullable Executor executor;
  RandomGenerator random = RandomGenerator.getDefault();
  Duration timeout = Duration.ofSeconds(30);
  Duration grace = Duration.ofSeconds(5);

  HubClientBuilder(Hub hub, Login login) {
    this.hub = Objects.requireNonNull(hub, "hub");
    this.login = Objects.requireNonNull(login, "login");
  }

  /**
   * Who hears what is said; nobody unless set.
   *
   * @param listener as {@link ChatMessageListener} says
   * @return this
   */
  public HubClientBuilder listener(ChatMessageListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Where the application itself remembers to have been in each chat. Unless set, the hub knows:
   * the client goes on where this device's listener stopped, give or take the last moments before a
   * crash.
   *
   * @param cursors those of the last entries that were taken; nothing in it may be null
   * @return this
   */
  public HubClientBuilder resumeFrom(Map<ChatId, Cursor> cursors) {
    Map<ChatId, Cursor> copy = new LinkedHashMap<>(cursors);
    copy.keySet().forEach(chat -> Objects.requireNonNull(chat, "chat"));
    copy.values().forEach(cursor -> Objects.requireNonNull(cursor, "cursor"));
    this.resume = copy;
    return this;
  }

  /**
   * Leaves it to the application to say what the user has read ({@link HubClient#markRead}). Unless
   * called, what the listener was given counts as read.
   *
   * @return this
   */
  public HubClientBuilder readsByItself() {
    this.readsWhatItHears = false;
    return this;
  }

  /**
   * Where the client keeps what it was asked for until the hub has answered; in memory unless set.
   *
   * @param outbox see there what that means for answers
   * @return this
   */
  public HubClientBuilder outbox(Outbox outbox) {
    this.outbox = Objects.requireNonNull(outbox, "outbox");
    return this;
  }

  /**
   * Whose time counts; the system's unless set.
   *
   * @param scheduler the clock
   * @return this
   */
  public HubClientBuilder scheduler(Scheduler scheduler) {
    this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
    return this;
  }

  /**
   * What the listener is called on, and futures are completed on. Unless set, threads that all
   * clients share, of which a stuck listener holds one without delaying the others.
   *
   * @param executor must run everything that it is given, and never at once on the thread that
   *     brings it, which may be the hub's own: a pool must not have its callers run what it
   *     refuses. One that runs at once what it is given first is refused by {@link #open()} and
   *     {@link #start()}
   * @return this
   */
  public HubClientBuilder executor(Executor executor) {
    this.executor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /**
   * What spreads the attempts to come back.
   *
   * @param random any source
   * @return this
   */
  public HubClientBuilder random(RandomGenerator random) {
    this.random = Objects.requireNonNull(random, "random");
    return this;
  }

  /**
   * How long an answer is awaited before the connection is taken for dead, and how long questions
   * wait for one; 30 seconds unless set. What the outbox keeps, as messages, waits for as long as
   * it takes.
   *
   * @param timeout more than zero, up to a hundred years
   * @return this
   * @throws ChatException with {@link Code#INVALID} when it is not
   */
  public HubClientBuilder timeout(Duration timeout) {
    this.timeout = positive("timeout", timeout);
    return this;
  }

  /**
   * How long {@link HubClient#close()} waits for what is under way; 5 seconds unless set.
   *
   * @param grace more than zero, up to a hundred years
   * @return this
   * @throws ChatException with {@link Code#INVALID} when it is not
   */
  public HubClientBuilder closeWithin(Duration grace) {
    this.grace = positive("closeWithin", grace);
    return this;
  }

  /**
   * Connects, and waits for the hub's first answer for as long as the timeout.
   *
   * @return the connected client
   * @throws ChatException as {@link Hub#connect} says, {@link Code#INVALID} as {@link #executor}
   *     says, and as {@link Outbox#file} says; nothing is left open then
   */
  public HubClient start() {
    refuseCallersThread();
    return RoomClient.start(this);
  }

  /**
   * Begins to connect, and goes on trying until the hub answers.
   *
   * @return the client, which may be used at once; {@link HubClient#connected()} tells more
   * @throws ChatException with {@link Code#INVALID} as {@link #executor} says, and as {@link
   *     Outbox#file} says
   */
  public HubClient open() {
    refuseCallersThread();
    return RoomClient.open(this);
  }

  private void refuseCallersThread() {
    if (executor != null && Thread.currentThread() == threadOf(executor)) {
      throw new ChatException(
          Code.INVALID, "the executor must not run tasks on the thread that brings them");
    }
  }

  /** Who has run a task when it was just handed over; null when nobody, yet. */
  private static @Nullable Thread threadOf(Executor executor) {
    AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    try {
      executor.execute(() -> thread.set(Thread.currentThread()));
    } catch (RejectedExecutionException e) {
      return null; // What that means is seen when there is something to do.
    }
    return thread.get();
  }

  private static Duration positive(String name, Duration duration) {
    if (duration.isZero() || duration.isNegative() || duration.compareTo(MAX) > 0) {
      String rule = "%s is more than zero and up to a hundred years, but was %s";
      throw new ChatException(Code.INVALID, rule.formatted(name, duration));
    }
    return duration;
  }
}
