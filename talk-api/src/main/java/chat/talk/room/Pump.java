package chat.talk.room;

import chat.talk.ChatMessageListener;
import chat.talk.Entry;
import chat.talk.Notice;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.annotations.Nullable;

/**
 * The only way from a hub to a listener: fetches what a session has, as fast as the listener takes
 * it, and hands it over in turns on the listener's executor.
 */
final class Pump {
  private static final System.Logger LOG = System.getLogger(Pump.class.getName());

  /** The most entries fetched at once: few enough to keep waiting in memory for a slow listener. */
  private static final int POLL = 256;

  /** How many entries one client may hand over before the next has its turn. */
  private static final int TURN = 1024;

  private final HubClient client;
  private final ChatMessageListener listener;
  private final Line line;
  private final Places places;
  private final Acknowledger acknowledger;
  private final TurnTask task;

  /** Whose session is polled: the latest, also when it has ended, until there is another. */
  private final AtomicReference<@Nullable Attempt> source = new AtomicReference<>();

  /** Guarded by itself. */
  private final Deque<Notice.StateChanged> states = new ArrayDeque<>();

  /** What the client has to tell by itself. Guarded by the states. */
  private final Deque<Notice> own = new ArrayDeque<>();

  /** Guarded by this, as what follows: who is at it, while he is. */
  private @Nullable Thread thread;

  private boolean isInterrupted;

  private volatile boolean isFinishing;
  private volatile boolean isMuted;
  private volatile Notice.@Nullable StateChanged last;
  private volatile boolean isAbandoned;
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  Pump(
      HubClient client,
      HubClientBuilder setup,
      Executor executor,
      Line line,
      Places places,
      Acknowledger acknowledger) {
    this.client = client;
    this.listener = setup.listener;
    this.line = line;
    this.places = places;
    this.acknowledger = acknowledger;
    this.task = new TurnTask(executor, this::turn);
  }

  /** All methods return at once and may be called by any thread. */
  void connected(Attempt attempt) {
    source.set(attempt);
    task.wake();
  }

  void ready(Attempt attempt) {
    if (source.get() == attempt) {
      task.wake();
    }
  }

  /** A change and the way back, not yet told, are no news any more: a stuck listener has few. */
  void changed(Notice.StateChanged state) {
    synchronized (states) {
      states.add(state);
      if (states.size() > 2) {
        states.poll();
        states.poll();
      }
    }
    task.wake();
  }

  void tellLater(Notice notice) {
    synchronized (states) {
      own.add(notice);
    }
    task.wake();
  }

  /** Fetches no more than one last turn; completes after it. */
  CompletableFuture<Void> finish() {
    isFinishing = true;
    task.wake();
    return finished;
  }

  /** Hands over no entry any more, and tells nothing but the end. */
  void mute() {
    isMuted = true;
  }

  /** Tells the listener that the client is closed, and nothing after that; completes then. */
  CompletableFuture<Void> end(Notice.StateChanged closed) {
    last = closed;
    task.wake();
    return ended;
  }

  /** Calls the listener no more at all. */
  void abandon() {
    isMuted = true;
    isAbandoned = true;
  }

  synchronized void interrupt() {
    if (thread != null) {
      isInterrupted = true;
      thread.interrupt();
    }
  }

  synchronized boolean isListenerThread() {
    return thread == Thread.currentThread();
  }

  private boolean turn() {
    enter();
    try {
      boolean isLast = isFinishing;
      boolean more = fetch();
      tellStates();
      acknowledger.signal();
      return end(isLast) && more;
    } finally {
      leave();
    }
  }

  private synchronized void enter() {
    thread = Thread.currentThread();
  }

  private synchronized void leave() {
    thread = null;
    forgetInterrupt();
  }

  /** The interrupt was meant for one call of the listener. */
  private synchronized void forgetInterrupt() {
    if (isInterrupted) {
      isInterrupted = false;
      Thread.interrupted();
    }
  }

  /** Says whether this was not the end. */
  private boolean end(boolean isLast) {
    if (isLast && !finished.isDone()) {
      isMuted = true;
      finished.complete(null);
    }
    Notice closed = last;
    if (closed != null && !ended.isDone()) {
      guarded(() -> listener.onNotice(client, closed));
      isAbandoned = true;
      ended.complete(null);
    }
    return !isMuted;
  }

  /** Hands over until there is nothing more, or for one turn. Says whether there may be more. */
  private boolean fetch() {
    int left = TURN;
    while (left > 0) {
      Attempt from = source.get();
      tellStates();
      Feed feed = from == null || isMuted || last != null ? Feed.EMPTY : poll(from);
      left -= handOver(from, feed);
      if (!feed.hasMore()) {
        return false;
      }
    }
    return true;
  }

  private Feed poll(Attempt from) {
    try {
      return Objects.requireNonNull(from.session()).poll(POLL);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "A session of " + client + " failed; it is given up", e);
      leave(from);
      return Feed.EMPTY;
    }
  }

  private void leave(Attempt from) {
    source.compareAndSet(from, null);
    line.dropLater(from);
  }

  /** Says how much it was. */
  private int handOver(Attempt from, Feed feed) {
    int count = 1;
    for (Notice notice : feed.notices()) {
      heed(from, notice);
      tell(notice);
    }
    for (Chunk chunk : feed.chunks()) {
      List<Entry> entries = isMuted ? List.of() : places.take(from, chunk);
      if (entries == null) {
        LOG.log(Level.DEBUG, client + " has missed something before " + chunk);
        leave(from);
        break;
      }
      handOver(chunk, entries);
      count += entries.size();
    }
    return count;
  }

  private void heed(Attempt from, Notice notice) {
    if (notice instanceof Notice.Lost lost) {
      places.allowJump(from, lost.chat());
    } else if (notice instanceof Notice.GoingAway away) {
      line.goingAway(from, away.reconnectAfter());
    }
  }

  private void handOver(Chunk chunk, List<Entry> entries) {
    for (Entry entry : entries) {
      if (isMuted) {
        return;
      }
      try {
        listener.onEntry(client, entry);
      } catch (RuntimeException | Error e) {
        logFailure(e);
      }
      if (isMuted) {
        acknowledger.heard(chunk.chat(), entry.cursor());
      }
    }
    if (!isMuted) {
      acknowledger.heard(chunk.chat(), chunk.next());
    }
  }

  private void tellStates() {
    for (Notice state = nextState(); state != null; state = nextState()) {
      tell(state);
    }
    for (Notice notice = nextOwn(); notice != null; notice = nextOwn()) {
      tell(notice);
    }
  }

  private void tell(Notice notice) {
    if (!isMuted) {
      guarded(() -> listener.onNotice(client, notice));
    }
  }

  private @Nullable Notice nextState() {
    synchronized (states) {
      return states.poll();
    }
  }

  private @Nullable Notice nextOwn() {
    synchronized (states) {
      return own.poll();
    }
  }

  private void guarded(Runnable call) {
    if (isAbandoned) {
      return;
    }
    try {
      forgetInterrupt();
      call.run();
    } catch (RuntimeException | Error e) {
      logFailure(e);
    }
  }

  private void logFailure(Throwable failure) {
    LOG.log(Level.ERROR, "The listener of " + client + " failed; it goes on", failure);
  }
}
