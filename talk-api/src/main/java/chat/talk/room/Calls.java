package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Notice;
import chat.talk.Scheduler;
import chat.talk.Scheduler.Cancellable;
import chat.talk.internal.Futures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/**
 * What was asked and not answered yet, in the order of the calls. Over each new session it is all
 * asked again in that order, before anything newer. All but {@link #ask} is called by the client's
 * tasks, and fields that change are only used by them.
 */
final class Calls {
  static final int MAX_OUTSTANDING = 1024;

  /** How many may be unanswered over the session; the others wait here. */
  static final int WINDOW = 256;

  /** How long what was refused for the moment waits, when nobody waits for it. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  /** What tells that the session has ended, and not what came of the command. */
  private static final Set<Code> BREAKS = EnumSet.of(Code.UNREACHABLE, Code.CLOSED);

  private final Scheduler scheduler;
  private final Duration timeout;
  private final SerialTasks tasks;
  private final Answers answers;
  private final Line line;
  private final Outbox outbox;
  private final Consumer<Notice> notices;
  private final AtomicInteger outstanding = new AtomicInteger();

  /** Over the present session. */
  private final LinkedHashSet<Asked<?>> sent = new LinkedHashSet<>();

  /** Newer than all of those. */
  private final LinkedHashSet<Asked<?>> waiting = new LinkedHashSet<>();

  /** What nobody waits for any more and may succeed later, in no session's order. */
  private final List<Asked<?>> postponed = new ArrayList<>();

  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private @Nullable Attempt via;
  private @Nullable ChatException refusal;
  private @Nullable Cancellable timer;
  private @Nullable Cancellable postponement;

  /**
   * Asks.
   *
   * @param left from an earlier life
   * @param notices told when something of that was refused
   */
  Calls(
      HubClientBuilder setup,
      SerialTasks tasks,
      Answers answers,
      Line line,
      List<Outbox.Kept> left,
      Consumer<Notice> notices) {
    scheduler = setup.scheduler;
    timeout = setup.timeout;
    this.tasks = tasks;
    this.answers = answers;
    this.line = line;
    this.outbox = setup.outbox;
    this.notices = notices;
    left.forEach(kept -> waiting.add(Asked.again(kept, scheduler.now())));
    outstanding.set(left.size());
  }

  /** Asks in its turn. May be called by any thread. */
  <R> CompletableFuture<R> ask(Command<R> command) {
    Objects.requireNonNull(command, "command");
    Asked<R> asked = new Asked<>(command, scheduler.now(), outbox.keeps(command));
    if (outstanding.incrementAndGet() > MAX_OUTSTANDING) {
      outstanding.decrementAndGet();
      return CompletableFuture.failedFuture(
          new ChatException(Code.OVERLOADED, "too much waits for an answer already"));
    }
    outbox.put(command, (number, failure) -> tasks.execute(() -> accept(asked, number, failure)));
    return asked.answer;
  }

  private void accept(Asked<?> asked, long number, @Nullable ChatException failure) {
    asked.number = number;
    if (failure != null) {
      finish(asked, null, failure);
      return;
    }
    if (refusal != null) {
      finish(asked, null, refusal);
      return;
    }
    if (asked.passes() && !isOpen(via)) {
      finish(asked, null, notConnected());
      return;
    }
    waiting.add(asked);
    sendOn();
    watch();
  }

  private static ChatException notConnected() {
    return new ChatException(Code.UNREACHABLE, "not connected just now");
  }

  void connected(Attempt attempt) {
    via = attempt;
    askPostponed();
    sendOn();
    watch();
  }

  void disconnected() {
    via = null;
    List.copyOf(sent).forEach(this::takeAnswer);
    List<Asked<?>> newer = List.copyOf(waiting);
    waiting.clear();
    waiting.addAll(sent);
    waiting.addAll(newer);
    sent.clear();
    List<Asked<?>> passed = waiting.stream().filter(Asked::passes).toList();
    passed.forEach(waiting::remove);
    passed.forEach(asked -> finish(asked, null, notConnected()));
  }

  /** One that came just before the session's end may be on its way here behind that. */
  private <R> void takeAnswer(Asked<R> asked) {
    if (asked.reply.isDone()) {
      asked.reply.whenComplete((value, failure) -> answered(asked.via, asked, value, failure));
    }
  }

  /**
   * Takes nothing new from now on.
   *
   * @return completes, on whichever thread, when everything is answered
   */
  CompletableFuture<Void> refuse(ChatException why) {
    if (refusal == null) {
      refusal = why;
    }
    tellWhenDrained();
    return drained;
  }

  /** Ends all that is left. */
  void fail(ChatException why) {
    refuse(why);
    List<Asked<?>> all = all().toList();
    sent.clear();
    waiting.clear();
    all.forEach(asked -> finish(asked, null, why));
    cancelTimer();
    cancelPostponement();
  }

  private Stream<Asked<?>> all() {
    return Stream.concat(sent.stream(), waiting.stream());
  }

  private void sendOn() {
    while (isOpen(via) && sent.size() < WINDOW && !waiting.isEmpty()) {
      Asked<?> next = waiting.iterator().next();
      waiting.remove(next);
      sent.add(next);
      send(next, via);
    }
  }

  private static boolean isOpen(@Nullable Attempt attempt) {
    return attempt != null && !attempt.isSuspect;
  }

  private <R> void send(Asked<R> asked, Attempt attempt) {
    asked.sentAt = scheduler.now();
    asked.via = attempt;
    Session session = Objects.requireNonNull(attempt.session());
    asked.reply = Futures.attempt(() -> session.call(asked.command));
    asked.reply.whenComplete(
        (value, failure) -> tasks.execute(() -> answered(attempt, asked, value, failure)));
  }

  private <R> void answered(
      Attempt attempt, Asked<R> asked, @Nullable R value, @Nullable Throwable failure) {
    if (asked.via != attempt || !sent.contains(asked)) {
      return;
    }
    ChatException why = failure == null ? null : ChatException.of(failure);
    if (why != null && BREAKS.contains(why.code())) {
      line.suspect(attempt);
      return;
    }
    line.works();
    sent.remove(asked);
    if (asked.kept != null && why != null && why.isRetryable()) {
      postpone(asked);
    } else {
      end(asked, value, why);
    }
    sendOn();
  }

  /** The hub has answered, for good. */
  private <R> void end(Asked<R> asked, @Nullable R value, @Nullable ChatException why) {
    if (asked.number != 0) {
      outbox.remove(asked.number);
    }
    if (asked.kept != null && why != null) {
      notices.accept(new Notice.NotSent(asked.kept.message(), why.code()));
    }
    finish(asked, value, why);
  }

  private void postpone(Asked<?> asked) {
    postponed.add(asked);
    tellWhenDrained();
    if (postponement == null && refusal == null) {
      postponement = scheduler.after(PAUSE, () -> tasks.execute(this::askPostponed));
    }
  }

  private void askPostponed() {
    cancelPostponement();
    if (refusal == null) {
      waiting.addAll(postponed);
      postponed.clear();
      sendOn();
    }
  }

  private void cancelPostponement() {
    if (postponement != null) {
      postponement.cancel();
      postponement = null;
    }
  }

  private <R> void finish(Asked<R> asked, @Nullable R value, @Nullable ChatException failure) {
    outstanding.decrementAndGet();
    answers.complete(asked.answer, value, failure);
    tellWhenDrained();
  }

  private void tellWhenDrained() {
    if (refusal != null && sent.isEmpty() && waiting.isEmpty()) {
      cancelTimer();
      drained.complete(null);
    }
  }

  /** One timer for all: it looks again when the oldest of those that wait now is due. */
  private void watch() {
    if (timer == null) {
      nextDue().ifPresent(this::watchUntil);
    }
  }

  private void watchUntil(Instant due) {
    Duration left = Duration.between(scheduler.now(), due);
    timer = scheduler.after(left, () -> tasks.execute(this::check));
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private Optional<Instant> nextDue() {
    Stream<Instant> answers = sent.stream().limit(1).map(asked -> asked.sentAt);
    Stream<Instant> questions = all().filter(Asked::expires).limit(1).map(asked -> asked.askedAt);
    return Stream.concat(answers, questions).min(Instant::compareTo).map(t -> t.plus(timeout));
  }

  private void check() {
    timer = null;
    if (refusal != null && sent.isEmpty() && waiting.isEmpty()) {
      return;
    }
    Instant due = scheduler.now().minus(timeout);
    boolean isSilent = sent.stream().limit(1).anyMatch(asked -> !asked.sentAt.isAfter(due));
    expire(due);
    if (isSilent && via != null) {
      line.drop(via);
    }
    sendOn();
    watch();
  }

  private void expire(Instant due) {
    List<Asked<?>> late = new ArrayList<>();
    all().filter(asked -> asked.expires() && !asked.askedAt.isAfter(due)).forEach(late::add);
    for (Asked<?> asked : late) {
      sent.remove(asked);
      waiting.remove(asked);
      finish(asked, null, new ChatException(Code.TIMED_OUT, "no answer came in " + timeout));
    }
  }

  /** One command and who waits for its answer. */
  private static final class Asked<R> {
    final Command<R> command;
    final Instant askedAt;
    final CompletableFuture<R> answer = new CompletableFuture<>();

    /** What an earlier client was asked for; null when this one was. */
    final Outbox.@Nullable Kept kept;

    private final boolean isKept;
    Instant sentAt = Instant.MIN;
    @Nullable Attempt via;

    /** Over that; never completed before it is sent. */
    CompletableFuture<R> reply = new CompletableFuture<>();

    /** In the outbox; 0 when it isn't in one. */
    long number;

    Asked(Command<R> command, Instant askedAt, boolean isKept) {
      this(command, askedAt, isKept, null);
    }

    private Asked(Command<R> command, Instant askedAt, boolean isKept, Outbox.@Nullable Kept kept) {
      this.command = command;
      this.askedAt = askedAt;
      this.isKept = isKept;
      this.kept = kept;
    }

    static Asked<?> again(Outbox.Kept kept, Instant now) {
      Asked<?> asked = new Asked<>(kept.command(), now, true, kept);
      asked.number = kept.number();
      return asked;
    }

    /** What is kept waits for as long as it takes. */
    boolean expires() {
      return !isKept;
    }

    /** What goes on just now is no news after a break. */
    boolean passes() {
      return command instanceof Command.Type;
    }
  }
}
