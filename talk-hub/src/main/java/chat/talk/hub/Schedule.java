package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Draft;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Notice;
import chat.talk.Scheduler;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/**
 * Messages that are sent later. Firing and cancelling both are decisions of the loop: never both.
 */
final class Schedule {
  /** How long it is remembered what became of a message. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  /** How long a storage that failed is left alone. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** The most messages that are sent in one go. */
  private static final int MAX_DUE = 256;

  private final State state;
  private final Messages messages;
  private final Scheduler scheduler;
  private final Loop loop;
  private final int maxWaiting;

  /** All that wait, the next one first. */
  private final TreeSet<Scheduled> waiting =
      new TreeSet<>(
          Comparator.comparing(Scheduled::at)
              .thenComparing(Scheduled::author)
              .thenComparing(one -> one.draft().id()));

  private @Nullable Instant timer;

  Schedule(State state, Messages messages, HubBuilder setup, Loop loop) {
    this.state = state;
    this.messages = messages;
    this.scheduler = setup.scheduler;
    this.maxWaiting = setup.maxScheduled;
    this.loop = loop;
  }

  void join(Desk desk) {
    desk.on(
        Command.Schedule.class,
        (command, me) -> Stream.of(new MessageKey(me, command.draft().id())),
        this::schedule);
    desk.on(Command.Schedules.class, this::list);
    desk.on(Command.Reschedule.class, this::reschedule);
    desk.on(Command.Cancel.class, this::cancel);
  }

  /** Takes up what the storage says. */
  void start() {
    for (Map<MessageId, Scheduled> all : state.scheduled.values()) {
      all.values().stream().filter(Schedule::waits).forEach(waiting::add);
    }
    arm();
  }

  private static boolean waits(Scheduled one) {
    return one.state() == Scheduled.State.WAITING;
  }

  private Reply<Scheduled> schedule(Command.Schedule command, Turn turn) {
    Draft draft = command.draft();
    Map<MessageId, Scheduled> mine = state.scheduledBy(turn.name());
    Scheduled known = mine.get(draft.id());
    if (known != null) {
      return Reply.of(() -> known);
    }
    MessageKey key = new MessageKey(turn.name(), draft.id());
    if (turn.batch().appends(key)) {
      return Reply.later();
    }
    if (turn.batch().found(key) != null) {
      throw new ChatException(Code.CONFLICT, "another message has this id");
    }
    messages.requireSize(draft.text());
    messages.requireTarget(draft, turn.me());
    if (mine.values().stream().filter(Schedule::waits).count() >= maxWaiting) {
      throw new ChatException(
          Code.LIMITED, "up to " + maxWaiting + " messages may wait", firstOf(mine));
    }
    prune(mine, turn.batch());
    Scheduled made = new Scheduled(turn.name(), draft, command.at(), Scheduled.State.WAITING, null);
    replace(turn.batch(), null, made);
    return Reply.of(() -> made);
  }

  private static Instant firstOf(Map<MessageId, Scheduled> mine) {
    return mine.values().stream()
        .filter(Schedule::waits)
        .map(Scheduled::at)
        .min(Instant::compareTo)
        .orElseThrow();
  }

  private static void prune(Map<MessageId, Scheduled> mine, Batch batch) {
    Instant old = batch.now().minus(REMEMBERED);
    List<Scheduled> gone =
        mine.values().stream().filter(one -> !waits(one) && one.at().isBefore(old)).toList();
    for (Scheduled one : gone) {
      mine.remove(one.draft().id());
      batch.undo(() -> mine.put(one.draft().id(), one));
      batch.drop(one);
    }
  }

  private void replace(Batch batch, @Nullable Scheduled before, Scheduled next) {
    show(before, next);
    batch.undo(() -> show(next, before));
    batch.put(next);
    batch.then(this::arm);
  }

  private void show(@Nullable Scheduled before, @Nullable Scheduled next) {
    if (before != null) {
      waiting.remove(before);
      state.scheduledBy(before.author()).remove(before.draft().id());
    }
    if (next != null) {
      state.scheduledBy(next.author()).put(next.draft().id(), next);
      if (waits(next)) {
        waiting.add(next);
      }
    }
  }

  private Reply<List<Scheduled>> list(Command.Schedules command, Turn turn) {
    return Reply.of(
        () ->
            state.scheduledBy(turn.name()).values().stream()
                .filter(Schedule::waits)
                .sorted(Comparator.comparing(Scheduled::at))
                .toList());
  }

  private Scheduled known(MessageId id, UserName author) {
    Scheduled known = state.scheduledBy(author).get(id);
    if (known == null) {
      throw new ChatException(Code.NOT_FOUND, "there is no such scheduled message");
    }
    return known;
  }

  private Reply<Scheduled> reschedule(Command.Reschedule command, Turn turn) {
    Scheduled known = known(command.message(), turn.name());
    if (!waits(known)) {
      throw new ChatException(Code.GONE, "the scheduled message is " + known.state());
    }
    messages.requireSize(command.text());
    Draft draft = known.draft();
    Draft changed = new Draft(draft.id(), draft.to(), command.text(), draft.about());
    Scheduled next =
        new Scheduled(known.author(), changed, command.at(), Scheduled.State.WAITING, null);
    if (!next.equals(known)) {
      replace(turn.batch(), known, next);
    }
    return Reply.of(() -> next);
  }

  private Reply<Scheduled> cancel(Command.Cancel command, Turn turn) {
    Scheduled known = known(command.message(), turn.name());
    if (!waits(known)) {
      return Reply.of(() -> known);
    }
    Scheduled next = ended(known, Scheduled.State.CANCELLED, null);
    replace(turn.batch(), known, next);
    return Reply.of(() -> next);
  }

  private static Scheduled ended(Scheduled one, Scheduled.State how, @Nullable Code why) {
    return new Scheduled(one.author(), one.draft(), one.at(), how, why);
  }

  private void arm() {
    if (waiting.isEmpty()) {
      return;
    }
    Instant next = waiting.first().at();
    if (timer == null || next.isBefore(timer)) {
      timer = next;
      Instant now = scheduler.now();
      Duration delay = next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
      scheduler.after(limited(delay), () -> loop.submit(new Due()));
    }
  }

  /** A clock may not reach further; whoever wakes too early waits again. */
  private static Duration limited(Duration delay) {
    return delay.compareTo(REMEMBERED) < 0 ? delay : REMEMBERED;
  }

  /** Sends what has fallen due. */
  private final class Due implements Loop.Task {
    @Override
    public Stream<MessageKey> keys() {
      return due(scheduler.now()).stream()
          .flatMap(
              one ->
                  Stream.concat(
                      Stream.of(new MessageKey(one.author(), one.draft().id())),
                      messages.keys(one.draft(), one.author())));
    }

    @Override
    public boolean decide(Batch batch) {
      timer = null;
      for (Scheduled one : due(batch.now())) {
        if (!fire(one, batch)) {
          break;
        }
      }
      batch.then(Schedule.this::arm);
      return true;
    }

    @Override
    public void fail(ChatException why) {
      timer = scheduler.now();
      scheduler.after(PAUSE, () -> loop.submit(new Due()));
    }
  }

  private List<Scheduled> due(Instant now) {
    return waiting.stream().takeWhile(one -> !one.at().isAfter(now)).limit(MAX_DUE).toList();
  }

  /** Returns false when it has to wait for the batch. */
  private boolean fire(Scheduled one, Batch batch) {
    Batch.Mark mark = batch.mark();
    Account author = state.account(one.author());
    try {
      if (!messages.send(one.draft(), author, batch, appended -> {})) {
        return false;
      }
      replace(batch, one, ended(one, Scheduled.State.SENT, null));
    } catch (ChatException refusal) {
      batch.rollBackTo(mark);
      replace(batch, one, ended(one, Scheduled.State.REFUSED, refusal.code()));
      batch.then(() -> author.tell(new Notice.NotSent(one.draft().id(), refusal.code())));
    }
    return true;
  }
}
