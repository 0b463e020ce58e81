package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Scheduler;
import chat.talk.Scheduler.Cancellable;
import chat.talk.UserName;
import chat.talk.internal.Futures;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jetbrains.annotations.Nullable;

/**
 * Keeps a client connected: one attempt at a time, another one when it failed or its session ended.
 * All fields that change are only used by the client's tasks.
 */
final class Line {
  private static final System.Logger LOG = System.getLogger(Line.class.getName());

  private static final Set<Code> REFUSALS =
      EnumSet.of(Code.NAME_TAKEN, Code.UNAUTHENTICATED, Code.INVALID, Code.FORBIDDEN);
  private static final Set<Code> FINAL_ENDS = EnumSet.of(Code.CONFLICT, Code.UNAUTHENTICATED);

  /** Of these it isn't known whether the hub was reached: it may still be, in any order. */
  private static final Set<Code> UNKNOWN =
      EnumSet.of(Code.UNREACHABLE, Code.TIMED_OUT, Code.CLOSED);

  /** More than come to a hub in the time that one is excused. */
  private static final int MOST_STRAYS = 16;

  /** How long the hub may take to say why it ended a session. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  /** No hub keeps a client away for longer, whatever it says. */
  private static final Duration MAX_AWAY = Duration.ofDays(1);

  private final Hub hub;
  private final Places places;
  private final Scheduler scheduler;
  private final Duration timeout;
  private final Backoff backoff;
  private final SerialTasks tasks;
  private final Owner owner;

  /** Afterwards that of a known device: a password or a credential may not hold for ever. */
  private Login login;

  private @Nullable Attempt current;
  private @Nullable Attempt last;
  private @Nullable Cancellable timer;

  /**
   * Attempts that were given up or broke and may still reach the hub, and shut the newer one's
   * session: each excuses one conflict, until then.
   */
  private final Map<Attempt, Instant> strays = new LinkedHashMap<>();

  private boolean isClosed;

  Line(HubClientBuilder setup, Places places, SerialTasks tasks, Owner owner) {
    hub = setup.hub;
    login = setup.login;
    scheduler = setup.scheduler;
    timeout = setup.timeout;
    backoff = new Backoff(setup.random);
    this.places = places;
    this.tasks = tasks;
    this.owner = owner;
  }

  /** To be called by the client's tasks, as the next four. */
  void connect() {
    if (isClosed || current != null) {
      return;
    }
    Attempt attempt = new Attempt(this);
    current = attempt;
    setTimer(timeout, () -> giveUp(attempt));
    Futures.attempt(() -> hub.connect(login, places.snapshot(), attempt))
        .whenComplete(
            (session, failure) -> tasks.execute(() -> answered(attempt, session, failure)));
  }

  /** Something useful came over the line. */
  void works() {
    backoff.reset();
  }

  /** A session seems to have ended: soon takes it for dead, unless the hub says why before. */
  void suspect(Attempt attempt) {
    if (attempt == current && attempt.session() != null && !attempt.isSuspect) {
      attempt.isSuspect = true;
      setTimer(LAST_WORDS, () -> drop(attempt));
    }
  }

  /** Takes a session for dead. */
  void drop(Attempt attempt) {
    Session session = attempt.session();
    if (attempt == current && session != null) {
      close(session);
      lost(attempt, new ChatException(Code.UNREACHABLE, "the session was given up"));
    }
  }

  void close() {
    isClosed = true;
    cancelTimer();
    Session session = current == null ? null : current.session();
    current = null;
    if (session != null) {
      close(session);
    }
  }

  /** A hub that fails at this is as good as gone. */
  private static void close(Session session) {
    try {
      session.close();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "A session could not be closed; the client goes on", e);
    }
  }

  /** May be called by any thread, as what follows. */
  void ready(Attempt attempt) {
    owner.ready(attempt);
  }

  void ended(Attempt attempt, ChatException why) {
    tasks.execute(() -> end(attempt, why));
  }

  /** Takes a session for dead. */
  void dropLater(Attempt attempt) {
    tasks.execute(() -> drop(attempt));
  }

  /** The hub has said when to come back. */
  void goingAway(Attempt attempt, Duration comeBackAfter) {
    tasks.execute(() -> comeBack(attempt, comeBackAfter));
  }

  private void answered(Attempt attempt, @Nullable Session session, @Nullable Throwable failure) {
    if (attempt != current) {
      if (session != null) {
        close(session);
        strays.replace(attempt, excusedUntil());
      }
    } else if (session == null) {
      cancelTimer();
      ChatException why = failure == null ? noSession() : ChatException.of(failure);
      if (UNKNOWN.contains(why.code())) {
        excuse(attempt);
      }
      failed(attempt, why);
    } else {
      cancelTimer();
      opened(attempt, session);
    }
  }

  private static ChatException noSession() {
    return new ChatException(Code.BAD_ANSWER, "the hub gave no session");
  }

  private void opened(Attempt attempt, Session session) {
    UserName user;
    try {
      user = Objects.requireNonNull(session.user(), "user");
    } catch (RuntimeException | Error e) {
      close(session);
      failed(attempt, new ChatException(Code.BAD_ANSWER, "a session doesn't say whose it is", e));
      return;
    }
    login = new Login.Known(login.token());
    attempt.opened(session, scheduler.now());
    owner.connected(attempt, user);
    if (attempt.endedEarly != null) {
      end(attempt, attempt.endedEarly);
    }
  }

  private void failed(Attempt attempt, ChatException failure) {
    current = null;
    boolean isFinal = REFUSALS.contains(failure.code());
    owner.failed(failure, isFinal);
    if (!isFinal) {
      retry(attempt, backoff.next());
    }
  }

  private void giveUp(Attempt attempt) {
    if (attempt == current && attempt.session() == null) {
      excuse(attempt);
      failed(attempt, new ChatException(Code.TIMED_OUT, "the hub did not answer in " + timeout));
    }
  }

  private void excuse(Attempt attempt) {
    forgetOldStrays();
    if (strays.size() < MOST_STRAYS) {
      strays.put(attempt, excusedUntil());
    }
  }

  private Instant excusedUntil() {
    return scheduler.now().plus(timeout.multipliedBy(2));
  }

  private void forgetOldStrays() {
    Instant now = scheduler.now();
    strays.values().removeIf(until -> !until.isAfter(now));
  }

  /** Whether a conflict may be this client's own; a stray makes one, and no further one. */
  private boolean isOfAStray() {
    forgetOldStrays();
    Iterator<Attempt> first = strays.keySet().iterator();
    boolean isOne = first.hasNext();
    if (isOne) {
      first.next();
      first.remove();
    }
    return isOne;
  }

  private void end(Attempt attempt, ChatException why) {
    if (attempt == current && attempt.session() == null) {
      attempt.endedEarly = why;
    } else if (attempt == current) {
      lost(attempt, why);
    }
  }

  private void lost(Attempt attempt, ChatException why) {
    current = null;
    if (!attempt.openedAt().plus(Backoff.MAX).isAfter(scheduler.now())) {
      works();
    }
    boolean byStray = why.code() == Code.CONFLICT && isOfAStray();
    boolean isFinal = FINAL_ENDS.contains(why.code()) && !byStray;
    owner.disconnected(why, isFinal);
    if (!isFinal) {
      Duration comeBackAfter = attempt.comeBackAfter;
      retry(attempt, comeBackAfter == null ? backoff.next() : comeBackAfter);
    }
  }

  private void comeBack(Attempt attempt, Duration comeBackAfter) {
    Duration delay = comeBackAfter.compareTo(MAX_AWAY) < 0 ? comeBackAfter : MAX_AWAY;
    attempt.comeBackAfter = delay;
    if (attempt == last && current == null) {
      retry(attempt, delay);
    }
  }

  private void retry(Attempt after, Duration delay) {
    if (!isClosed) {
      last = after;
      setTimer(delay, this::connect);
    }
  }

  private void setTimer(Duration delay, Runnable task) {
    cancelTimer();
    timer = scheduler.after(delay, () -> tasks.execute(task));
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /** What the client does about it; called by its tasks, except {@link #ready}. */
  interface Owner {
    void connected(Attempt attempt, UserName user);

    /** An attempt failed; no further one is made when that is final. */
    void failed(ChatException why, boolean isFinal);

    /** The session is no more; no further one is sought when that is final. */
    void disconnected(ChatException why, boolean isFinal);

    /** There may be something to poll. By any thread. */
    void ready(Attempt attempt);
  }
}
