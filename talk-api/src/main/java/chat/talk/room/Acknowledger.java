package chat.talk.room;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Scheduler;
import chat.talk.Scheduler.Cancellable;
import chat.talk.internal.Futures;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbrains.annotations.Nullable;

/**
 * Tells the hub how far the listener has come: at once after a pause, else at intervals, and one
 * time after the other. What a hub did not take is told with the next news.
 */
final class Acknowledger {
  /** Seldom enough that a thousand busy clients are a small part of a hub's work. */
  static final Duration INTERVAL = Duration.ofMillis(200);

  private final Scheduler scheduler;
  private final Duration timeout;
  private final SerialTasks tasks;
  private final Line line;
  private final boolean read;

  /** Whether a task, a timer or an answer will look for news. */
  private final AtomicBoolean isScheduled = new AtomicBoolean();

  /** Heard but not told. Guarded by this. */
  private Map<ChatId, Cursor> news = new LinkedHashMap<>();

  /** Told but not answered. Only used by the client's tasks, as what follows. */
  private Map<ChatId, Cursor> told = Map.of();

  private @Nullable Attempt via;
  private Instant last = Instant.MIN;
  private @Nullable Cancellable timer;
  private @Nullable Cancellable watch;
  private @Nullable CompletableFuture<Void> flushed;

  Acknowledger(HubClientBuilder setup, SerialTasks tasks, Line line) {
    this.line = line;
    scheduler = setup.scheduler;
    timeout = setup.timeout;
    read = setup.readsWhatItHears;
    this.tasks = tasks;
  }

  /** The listener was given everything up to there. May be called by any thread, as the next. */
  synchronized void heard(ChatId chat, Cursor place) {
    news.put(chat, place);
  }

  /** Has the news told soon. */
  void signal() {
    if (hasNews() && isScheduled.compareAndSet(false, true)) {
      tasks.execute(this::schedule);
    }
  }

  private synchronized boolean hasNews() {
    return !news.isEmpty();
  }

  /** To be called by the client's tasks, as what follows. */
  void connected(Attempt attempt) {
    via = attempt;
    signal();
  }

  void disconnected() {
    via = null;
    if (!told.isEmpty()) {
      takeBack();
      isScheduled.set(false);
    }
    tellFlushed();
  }

  /** Tells what there is at once; completes when it is answered, or when there is no way. */
  CompletableFuture<Void> flush() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    flushed = done;
    cancelTimer();
    if (told.isEmpty()) {
      tell();
    }
    return done;
  }

  void close() {
    via = null;
    cancelTimer();
    if (watch != null) {
      watch.cancel();
      watch = null;
    }
    tellFlushed();
  }

  private void schedule() {
    Duration wait = Duration.between(scheduler.now(), last.plus(INTERVAL));
    if (via == null || wait.isZero() || wait.isNegative()) {
      tell();
    } else {
      timer = scheduler.after(wait, () -> tasks.execute(this::tell));
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void tell() {
    Attempt over = via;
    if (over == null || over.session() == null || !hasNews() || !told.isEmpty()) {
      isScheduled.set(!told.isEmpty());
      tellFlushed();
    } else {
      last = scheduler.now();
      told = takeNews();
      watch();
      Command<Void> command = new Command.Acknowledge(told, read);
      Session session = over.session();
      Futures.attempt(() -> session.call(command))
          .whenComplete((done, failure) -> tasks.execute(() -> answered(over, failure)));
    }
  }

  /** One timer for many acknowledgements: it looks whether the last one waits too long. */
  private void watch() {
    if (watch == null) {
      Duration left = Duration.between(scheduler.now(), last.plus(timeout));
      watch = scheduler.after(left, () -> tasks.execute(this::look));
    }
  }

  private void look() {
    watch = null;
    Attempt over = via;
    if (over == null || told.isEmpty()) {
      return;
    }
    if (scheduler.now().isBefore(last.plus(timeout))) {
      watch();
    } else {
      line.drop(over);
    }
  }

  private synchronized Map<ChatId, Cursor> takeNews() {
    Map<ChatId, Cursor> taken = news;
    news = new LinkedHashMap<>();
    return taken;
  }

  private void answered(Attempt over, @Nullable Throwable failure) {
    if (over != via) {
      return;
    }
    isScheduled.set(false);
    if (failure != null) {
      takeBack();
      tellFlushed();
      return;
    }
    line.works();
    told = Map.of();
    if (flushed == null) {
      signal();
    } else {
      tell();
    }
  }

  /** What has become news since lies further on. */
  private synchronized void takeBack() {
    told.forEach(news::putIfAbsent);
    told = Map.of();
  }

  private void tellFlushed() {
    if (flushed != null && told.isEmpty()) {
      flushed.complete(null);
    }
  }
}
