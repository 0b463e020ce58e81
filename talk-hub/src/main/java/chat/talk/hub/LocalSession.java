package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Notice;
import chat.talk.UserName;
import chat.talk.room.Chunk;
import chat.talk.room.Command;
import chat.talk.room.Connection;
import chat.talk.room.Feed;
import chat.talk.room.Session;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.annotations.Nullable;

/**
 * A session in this JVM: the places of one device in all its chats, and which of them have
 * something to take. However far behind it is, it holds no more than that and a few fetched pages.
 */
final class LocalSession implements Session {
  /** How many pages are fetched for one session at a time. */
  private static final int MAX_FETCHES = 2;

  /** The most commands of one session that may await their answer. */
  private static final int MAX_PENDING = 4_096;

  final long id;
  final Machine machine;

  /** Only the loop's. */
  final Map<ChatId, Reader> readers = new HashMap<>();

  private final Desk desk;
  private final Fetcher fetcher;
  private final Listener listener;
  private final Instant since;
  private final Mailbox mailbox = new Mailbox();
  private final AtomicInteger pending = new AtomicInteger();

  /** Whether the listener is to be told when there is something: the last poll found nothing. */
  private final AtomicBoolean armed = new AtomicBoolean(true);

  private final AtomicBoolean open = new AtomicBoolean(true);

  /** Those that may have something to take. Guarded by this, as all that follows. */
  private final Deque<Reader> ready = new ArrayDeque<>(0);

  /** Those that need a page while enough are being fetched. */
  private final Deque<Reader> parked = new ArrayDeque<>(0);

  private int fetches;
  private List<CompletableFuture<Boolean>> probes = List.of();
  private volatile Instant lastPoll;
  private volatile @Nullable Runnable onHeard;

  LocalSession(long id, Machine machine, Desk desk, Fetcher fetcher, Listener listener) {
    this.id = id;
    this.machine = machine;
    this.desk = desk;
    this.fetcher = fetcher;
    this.listener = listener;
    this.since = desk.now();
    this.lastPoll = since;
  }

  @Override
  public UserName user() {
    return machine.account.name();
  }

  @Override
  public String device() {
    return machine.id();
  }

  Account account() {
    return machine.account;
  }

  boolean isOpen() {
    return open.get();
  }

  @Override
  public <R> CompletableFuture<R> call(Command<R> command) {
    Objects.requireNonNull(command, "command");
    if (pending.incrementAndGet() > MAX_PENDING) {
      pending.decrementAndGet();
      return CompletableFuture.failedFuture(
          new ChatException(Code.OVERLOADED, "too many commands await their answer"));
    }
    CompletableFuture<R> answer = new CompletableFuture<>();
    answer.whenComplete((value, failure) -> pending.decrementAndGet());
    desk.ask(this, command, answer);
    return answer;
  }

  @Override
  public Feed poll(int maxEntries) {
    if (maxEntries < 1) {
      throw new ChatException(Code.INVALID, "a poll takes at least 1, but was " + maxEntries);
    }
    lastPoll = desk.now();
    answerProbes();
    Feed feed = take(maxEntries);
    while (feed.isEmpty() && isOpen()) {
      armed.set(true);
      if (!hasSomething() || !armed.compareAndSet(true, false)) {
        break;
      }
      feed = take(maxEntries);
    }
    noteHeard();
    return feed;
  }

  private Feed take(int maxEntries) {
    if (!isOpen()) {
      return Feed.EMPTY;
    }
    List<Notice> notices = mailbox.take();
    List<Chunk> chunks = new ArrayList<>(1);
    int taken = 0;
    for (Reader reader = nextReady(); reader != null; reader = nextReady()) {
      Chunk chunk = reader.next(notices);
      if (chunk == null) {
        fetchFor(reader);
      } else {
        chunks.add(chunk);
        taken += Math.max(1, chunk.entries().size());
        if (reader.hasMore()) {
          enqueue(reader);
        }
        if (taken >= maxEntries) {
          break;
        }
      }
    }
    return chunks.isEmpty() && notices.isEmpty() ? Feed.EMPTY : new Feed(chunks, notices);
  }

  private synchronized @Nullable Reader nextReady() {
    Reader reader = ready.poll();
    if (reader != null) {
      reader.queued = false;
    }
    return reader;
  }

  private synchronized boolean hasSomething() {
    return !ready.isEmpty() || !mailbox.isEmpty();
  }

  /** The reader may have something to take. */
  void wake(Reader reader) {
    if (enqueue(reader)) {
      signal();
    }
  }

  private synchronized boolean enqueue(Reader reader) {
    if (reader.queued || reader.fetching) {
      return false;
    }
    reader.queued = true;
    ready.add(reader);
    return true;
  }

  private void signal() {
    if (armed.get() && armed.compareAndSet(true, false) && isOpen()) {
      listener.onReady();
    }
  }

  private void fetchFor(Reader reader) {
    if (reader.wanted() == null) {
      return;
    }
    synchronized (this) {
      reader.fetching = true;
      if (fetches == MAX_FETCHES) {
        parked.add(reader);
        return;
      }
      fetches++;
    }
    fetcher.fetch(reader);
  }

  /** A page has come for this reader, or could not be had just now: it looks again either way. */
  void fetched(Reader reader) {
    Reader next;
    synchronized (this) {
      reader.fetching = false;
      next = parked.poll();
      if (next == null) {
        fetches--;
      }
    }
    wake(reader);
    if (next != null) {
      fetcher.fetch(next);
    }
  }

  void tell(Notice notice) {
    mailbox.add(notice);
    signal();
  }

  /** Completes with true when the client polls. */
  CompletableFuture<Boolean> probe() {
    CompletableFuture<Boolean> polled = new CompletableFuture<>();
    synchronized (this) {
      List<CompletableFuture<Boolean>> more = new ArrayList<>(probes);
      more.add(polled);
      probes = more;
    }
    signal();
    return polled;
  }

  private void answerProbes() {
    List<CompletableFuture<Boolean>> asked;
    synchronized (this) {
      asked = probes;
      probes = List.of();
    }
    asked.forEach(probe -> probe.complete(true));
  }

  /** Whether every notice has been taken. */
  boolean hasHeardAll() {
    return mailbox.isEmpty();
  }

  /** What to do once every notice has been taken; instead of what was to be done before. */
  void onHeard(Runnable then) {
    onHeard = then;
  }

  private void noteHeard() {
    Runnable then = onHeard;
    if (then != null && mailbox.isEmpty()) {
      onHeard = null;
      then.run();
    }
  }

  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      desk.left(this);
    }
  }

  /** Ends it from the hub's side. */
  void end(ChatException why) {
    if (open.compareAndSet(true, false)) {
      desk.left(this);
      Loop.guarded(() -> listener.onEnd(why));
    }
  }

  Connection view() {
    int behind;
    synchronized (this) {
      behind = ready.size() + parked.size() + fetches;
    }
    return new Connection(id, user(), device(), since, lastPoll, behind);
  }
}
