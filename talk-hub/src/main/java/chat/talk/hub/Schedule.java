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
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that are sent later. Firing and cancelling both are decisions of the loop: never both.
 */
final class Schedule {
  private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);

  /** How long it is remembered what became of a message. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  /** The most messages that are sent in one go. */
  private static final int MAX_DUE = 256;

  private final State state;
  private final Messages messages;
  private final Attachments attachments;
  private final Scheduler scheduler;
  private final Alarm alarm;
  private final int maxWaiting;

  /** All that wait, the next one first. */
  private final TreeSet<Scheduled> waiting = new TreeSet<>(Plans.BY_TIME);

  Schedule(State state, Messages messages, Attachments attachments, HubBuilder setup, Loop loop) {
    this.state = state;
    this.messages = messages;
    this.attachments = attachments;
    this.scheduler = setup.scheduler;
    this.maxWaiting = setup.maxScheduled;
    this.alarm = new Alarm(scheduler, () -> loop.submit(new Due()));
  }

  void join(Desk desk) {
    desk.on(
        Command.Schedule.class,
        (command, me) -> List.of(new MessageKey(me, command.draft().id())),
        this::schedule);
    desk.on(Command.Schedules.class, this::list);
    desk.on(Command.Reschedule.class, this::reschedule);
    desk.on(Command.Cancel.class, this::cancel);
  }

  /** Takes up what the storage says. */
  void start() {
    state.plans.values().forEach(plans -> waiting.addAll(plans.waiting()));
    arm();
  }

  /** Sends nothing more. */
  void stop() {
    alarm.stop();
  }

  private Reply<Scheduled> schedule(Command.Schedule command, Turn turn) {
    Draft draft = command.draft();
    Scheduled known = state.scheduled(turn.name(), draft.id());
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
    Draft checked = attachments.checked(draft, turn.name());
    requireRoom(turn.name());
    Scheduled made = new Scheduled(turn.name(), checked, Checks.dueTime(command.at()));
    replace(turn.batch(), null, made);
    attachments.keep(draft, Messages.chat(draft, turn.name()), turn.name(), turn.batch());
    return Reply.of(() -> made);
  }

  private void requireRoom(UserName author) {
    Plans plans = state.plans.get(author);
    if (plans != null && plans.countWaiting() >= maxWaiting) {
      throw new ChatException(
          Code.LIMITED, "up to " + maxWaiting + " messages may wait", plans.next().at());
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
      state.forget(before);
    }
    if (next != null) {
      state.add(next);
      if (next.waits()) {
        waiting.add(next);
      }
    }
  }

  private void end(Batch batch, Scheduled waited, Scheduled next) {
    replace(batch, waited, next);
    Plans plans = state.plans.get(next.author());
    Instant old = batch.now().minus(REMEMBERED);
    while (plans.countEnded() > maxWaiting || plans.oldestEnded(next).ended().isBefore(old)) {
      Scheduled dropped = plans.oldestEnded(next);
      plans.remove(dropped);
      batch.undo(() -> state.add(dropped));
      batch.drop(dropped);
    }
  }

  private Reply<List<Scheduled>> list(Command.Schedules command, Turn turn) {
    return Reply.of(
        () -> {
          Plans plans = state.plans.get(turn.name());
          return plans == null ? List.of() : plans.waiting();
        });
  }

  private Scheduled known(MessageId id, UserName author) {
    Scheduled known = state.scheduled(author, id);
    if (known == null) {
      throw new ChatException(Code.NOT_FOUND, "there is no such scheduled message");
    }
    return known;
  }

  private Reply<Scheduled> reschedule(Command.Reschedule command, Turn turn) {
    Scheduled known = known(command.message(), turn.name());
    if (!known.waits()) {
      throw new ChatException(Code.GONE, "the scheduled message is " + known.state());
    }
    messages.requireSize(command.text());
    Draft draft = known.draft();
    Draft changed = draft.withText(command.text());
    Scheduled next = new Scheduled(known.author(), changed, Checks.dueTime(command.at()));
    if (!next.equals(known)) {
      replace(turn.batch(), known, next);
      if (changed.attachment() == null) {
        forgetFile(known, turn.batch());
      }
    }
    return Reply.of(() -> next);
  }

  private Reply<Scheduled> cancel(Command.Cancel command, Turn turn) {
    Scheduled known = known(command.message(), turn.name());
    if (!known.waits()) {
      return Reply.of(() -> known);
    }
    Scheduled next = known.became(Scheduled.State.CANCELLED, turn.now());
    end(turn.batch(), known, next);
    forgetFile(known, turn.batch());
    return Reply.of(() -> next);
  }

  private void forgetFile(Scheduled one, Batch batch) {
    attachments.drop(one.draft(), Messages.chat(one.draft(), one.author()), one.author(), batch);
  }

  private void arm() {
    if (!waiting.isEmpty()) {
      alarm.set(waiting.first().at());
    }
  }

  /** Sends what has fallen due. */
  private final class Due implements Loop.Task {
    /** What was due when the group's messages were looked up: of others it isn't known enough. */
    private List<Scheduled> due = List.of();

    @Override
    public List<MessageKey> keys() {
      Instant now = scheduler.now();
      due = waiting.stream().takeWhile(one -> !one.at().isAfter(now)).limit(MAX_DUE).toList();
      return due.stream()
          .flatMap(
              one ->
                  Stream.concat(
                      Stream.of(new MessageKey(one.author(), one.draft().id())),
                      messages.keys(one.draft(), one.author()).stream()))
          .toList();
    }

    @Override
    public boolean decide(Batch batch) {
      for (Scheduled one : due) {
        if (isAsItWas(one) && !fire(one, batch)) {
          break;
        }
      }
      batch.then(() -> alarm.rearm(waiting.isEmpty() ? null : waiting.first().at()));
      return true;
    }

    private boolean isAsItWas(Scheduled one) {
      return one.equals(state.scheduled(one.author(), one.draft().id()));
    }

    @Override
    public void fail(ChatException why) {
      alarm.rearm(scheduler.now().plus(Loop.PAUSE));
    }
  }

  /** Returns false when it has to wait for the batch. */
  private boolean fire(Scheduled one, Batch batch) {
    Batch.Mark mark = batch.mark();
    Account author = state.account(one.author());
    try {
      if (!messages.send(one.draft(), author, batch, appended -> {})) {
        return false;
      }
      end(batch, one, one.became(Scheduled.State.SENT, batch.now()));
    } catch (RuntimeException e) {
      batch.rollBackTo(mark);
      refuse(one, author, ChatException.of(e), batch);
    }
    return true;
  }

  private void refuse(Scheduled one, Account author, ChatException why, Batch batch) {
    if (why.code() == Code.INTERNAL) {
      LOG.error("A scheduled message could not be decided", why);
    }
    end(batch, one, one.refused(why.code(), batch.now()));
    forgetFile(one, batch);
    batch.then(() -> author.tell(new Notice.NotSent(one.draft().id(), why.code())));
  }
}
