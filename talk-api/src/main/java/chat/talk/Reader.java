package chat.talk;

import chat.talk.internal.Text;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jetbrains.annotations.Nullable;

/**
 * Reads a user's chats on behalf of his listener: a cursor per chat, woken when a head moves. The
 * only way from the log to the listener.
 */
final class Reader {
  private static final System.Logger LOG = System.getLogger(Reader.class.getName());

  /** How many entries one chat may hand over before the next chat has its turn. */
  private static final int PAGE = 128;

  /** Of how many chats it is known how far the backlog counts. */
  private static final int HEADS = 4096;

  /** How long a storage that failed is left alone. */
  private static final Duration STORAGE_PAUSE = Duration.ofSeconds(1);

  private final ChatClient client;
  private final ChatMessageListener listener;
  private final Storage storage;
  private final Executor executor;
  private final Scheduler scheduler;

  /** What is handed over but not yet saved. Only used by the executor's thread. */
  private final Map<ChatId, Cursor> unsaved = new HashMap<>();

  /** Guarded by this, as all that follows. */
  private final Set<ChatId> awake = new LinkedHashSet<>();

  /** Tells repeats from what is new: only to count, so forgetting some does no harm. */
  private final Map<ChatId, Cursor> heads =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ChatId, Cursor> eldest) {
          return size() > HEADS;
        }
      };

  private final Deque<Notice> notices = new ArrayDeque<>();
  private long backlog;
  private boolean running;
  private boolean stopped;
  private boolean abandoned;
  private CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);
  private volatile @Nullable Thread thread;

  /**
   * Reads the storage and calls the listener on the executor, which runs one task at a time.
   *
   * @param client whom the listener is told that it listens for
   */
  Reader(ChatClient client, PeerBuilder setup, Storage storage, Executor executor) {
    this.client = client;
    this.listener = setup.listener;
    this.storage = storage;
    this.executor = executor;
    this.scheduler = setup.scheduler;
  }

  /** The entries are stored, and may be new. */
  synchronized void wake(List<Entry> entries) {
    if (stopped) {
      return;
    }
    for (Entry entry : entries) {
      ChatId chat = entry.event().chat();
      if (isBehind(heads.get(chat), entry.cursor())) {
        heads.put(chat, entry.cursor());
        backlog += Text.weight(entry.event());
        awake.add(chat);
      }
    }
    run();
  }

  private static boolean isBehind(@Nullable Cursor head, Cursor place) {
    return head == null || head.epoch() != place.epoch() || head.sequence() < place.sequence();
  }

  /** The chats may hold what has not been read yet. */
  synchronized void resume(Set<ChatId> chats) {
    if (stopped) {
      return;
    }
    awake.addAll(chats);
    run();
  }

  /** Tells the listener something that stands in no log. */
  synchronized void tell(Notice notice) {
    notices.add(notice);
    run();
  }

  /** How much is stored and not yet taken by the listener, in characters. */
  synchronized long backlog() {
    return backlog;
  }

  /** Completes when the listener has been given everything there was. */
  synchronized CompletableFuture<Void> caughtUp() {
    return idle;
  }

  /** No call of the listener begins after this, but for one last notice. */
  synchronized void stop(Notice last) {
    awake.clear();
    notices.add(last);
    run();
    stopped = true;
  }

  /** Nothing of the listener's or the storage's is called any more, not even the last notice. */
  synchronized void abandon() {
    abandoned = true;
    notices.clear();
  }

  private synchronized boolean isAbandoned() {
    return abandoned;
  }

  boolean isListenerThread() {
    return Thread.currentThread() == thread;
  }

  /** Must be called with the lock. */
  private void run() {
    if (!running && !stopped && !(awake.isEmpty() && notices.isEmpty())) {
      running = true;
      idle = new CompletableFuture<>();
      executor.execute(this::handOver);
    }
  }

  private void handOver() {
    thread = Thread.currentThread();
    try {
      while (true) {
        Notice notice;
        ChatId chat;
        synchronized (this) {
          notice = notices.poll();
          chat = notice == null ? takeAwake() : null;
          if (notice == null && chat == null) {
            rest();
            return;
          }
        }
        if (notice != null) {
          guarded(() -> listener.onNotice(client, notice));
        } else {
          handOver(chat);
        }
      }
    } finally {
      thread = null;
    }
  }

  private @Nullable ChatId takeAwake() {
    ChatId chat = awake.isEmpty() ? null : awake.iterator().next();
    awake.remove(chat);
    return chat;
  }

  /** Everything is handed over, so nothing is behind. Must be called with the lock. */
  private void rest() {
    running = false;
    backlog = 0;
    idle.complete(null);
  }

  private void handOver(ChatId chat) {
    try {
      boolean atEnd = handOverPage(chat);
      if (!atEnd) {
        resume(Set.of(chat));
      }
    } catch (RuntimeException | Error e) {
      if (isStopped()) {
        return;
      }
      LOG.log(Level.ERROR, "The storage of " + client.name() + " failed; reading again soon", e);
      scheduler.after(STORAGE_PAUSE, () -> resume(Set.of(chat)));
    }
  }

  private boolean handOverPage(ChatId chat) {
    Cursor position = unsaved.get(chat);
    if (position == null) {
      position = storage.position(client.name(), chat);
    }
    Page page = storage.readAfter(chat, position, PAGE);
    if (page.lost()) {
      Notice lost = new Notice.Lost(chat, position);
      guarded(() -> listener.onNotice(client, lost));
    }
    Cursor reached = page.entries().isEmpty() ? page.next() : handOver(page, position);
    if (!isAbandoned()) {
      unsaved.put(chat, reached);
      storage.savePosition(client.name(), chat, reached);
      unsaved.remove(chat);
    }
    return page.atEnd();
  }

  /** Returns the place behind the last entry that the listener was given. */
  private Cursor handOver(Page page, Cursor position) {
    Cursor reached = position;
    for (Entry entry : page.entries()) {
      if (isStopped()) {
        break;
      }
      guarded(() -> listener.onEntry(client, entry));
      reached = entry.cursor();
      taken(entry);
    }
    return reached;
  }

  private synchronized void taken(Entry entry) {
    backlog = Math.max(0, backlog - Text.weight(entry.event()));
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private void guarded(Runnable call) {
    if (isAbandoned()) {
      return;
    }
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "The listener of " + client.name() + " failed; it goes on", e);
    }
  }
}
