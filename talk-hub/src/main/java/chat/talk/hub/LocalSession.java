package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.MessageKey;
import chat.talk.Notice;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.Connection;
import chat.talk.room.Feed;
import chat.talk.room.FileDownload;
import chat.talk.room.FileUpload;
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
 * something to take. However far behind it is, it holds no more than that and two fetched pages.
 */
final class LocalSession implements Session {
  /** How many pages of one session are being fetched, or wait to be taken. */
  private static final int MAX_PAGES = 2;

  /** The most commands of one session that may await their answer. */
  private static final int MAX_PENDING = 4_096;

  /** The id of those that no device has. */
  private static final long PASSING = 0;

  private static final Listener NOBODY =
      new Listener() {
        @Override
        public void onReady() {}

        @Override
        public void onEnd(ChatException why) {}
      };

  final long id;
  final Machine machine;

  /** Only the loop's. */
  final Map<ChatId, Reader> readers = new HashMap<>();

  private final Desk desk;
  private final Fetcher fetcher;
  private final Listener listener;
  private final Instant since;
  private final SessionFiles files;
  private final Mailbox mailbox = new Mailbox();
  private final AtomicInteger pending = new AtomicInteger();

  private final AtomicBoolean open = new AtomicBoolean(true);

  /** Those that may have something to take. Guarded by this, as all that follows. */
  private final Deque<Reader> ready = new ArrayDeque<>(0);

  /** Those that need a page while there are enough. */
  private final Deque<Reader> parked = new ArrayDeque<>(0);

  /** Those whose page was fetched and not yet taken. */
  private final List<Reader> holders = new ArrayList<>(0);

  private int fetches;

  /** Whether the listener is to be told when there is something: the last poll left nothing. */
  private boolean isArmed = true;

  private volatile List<CompletableFuture<Boolean>> probes = List.of();
  private volatile Instant lastPoll;
  private volatile @Nullable Runnable onHeard;

  LocalSession(long id, Machine machine, Desk desk, Fetcher fetcher, Listener listener) {
    this.id = id;
    this.machine = machine;
    this.desk = desk;
    this.fetcher = fetcher;
    this.listener = listener;
    this.files = desk.filesOf(this);
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

  /** What somebody asks over who has no session: nothing is fed to it, and nobody sees it. */
  static LocalSession passing(Machine machine, Desk desk, Fetcher fetcher) {
    return new LocalSession(PASSING, machine, desk, fetcher, NOBODY);
  }

  /** Refuses what is asked over a session that another one has replaced. */
  void requireCurrent() {
    if (id == PASSING) {
      machine.requireKnown();
    } else if (!isOpen() || machine.session() != this) {
      throw new ChatException(Code.UNREACHABLE, "the session has ended");
    }
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
    return answer.copy();
  }

  @Override
  public FileUpload upload(FileUpload.Kind kind) {
    return files.upload(kind);
  }

  @Override
  public CompletableFuture<FileDownload> download(MessageKey message, long offset) {
    return files.download(message, offset);
  }

  @Override
  public Feed poll(int maxEntries) {
    if (maxEntries < 1) {
      throw new ChatException(Code.INVALID, "a poll takes at least 1, but was " + maxEntries);
    }
    lastPoll = desk.now();
    answerProbes();
    Feed feed = take(maxEntries);
    while (feed.isEmpty() && isOpen() && !isArmed()) {
      answerProbes();
      feed = take(maxEntries);
    }
    noteHeard();
    return feed;
  }

  private Feed take(int maxEntries) {
    if (!isOpen()) {
      return Feed.EMPTY;
    }
    Found found = new Found(mailbox.take());
    Reader reader = nextReady();
    while (reader != null) {
      if (found.hasChunks() && reader.isAboutToTellOfALoss()) {
        putBack(reader);
        break;
      }
      int before = found.taken();
      Cursor wanted = reader.next(found);
      settle(reader, wanted, found.taken() > before && reader.hasMore());
      reader = found.taken() < maxEntries ? nextReady() : null;
    }
    boolean isAll = arm();
    return found.feed(!isAll);
  }

  /** From now on the listener is told when there is something, unless there is already. */
  private synchronized boolean arm() {
    isArmed = ready.isEmpty() && mailbox.isEmpty() && probes.isEmpty();
    return isArmed;
  }

  private synchronized boolean isArmed() {
    return isArmed;
  }

  /** Notices come before chunks, so what was lost behind a chunk is told with the next ones. */
  private synchronized void putBack(Reader reader) {
    reader.state = Reader.State.READY;
    ready.addFirst(reader);
  }

  private synchronized @Nullable Reader nextReady() {
    Reader reader = ready.poll();
    if (reader != null) {
      reader.state = Reader.State.POLLED;
      reader.wokenAgain = false;
    }
    return reader;
  }

  private void settle(Reader reader, @Nullable Cursor wanted, boolean hasMore) {
    if (putAway(reader, wanted, hasMore)) {
      fetchNext();
    }
  }

  /** Returns whether there may be a page to fetch now. */
  private synchronized boolean putAway(Reader reader, @Nullable Cursor wanted, boolean hasMore) {
    boolean hasTakenPage = holders.remove(reader);
    if (wanted != null) {
      reader.state = Reader.State.FETCHING;
      reader.wanted = wanted;
      parked.add(reader);
    } else if (hasMore || reader.wokenAgain) {
      makeReady(reader);
    } else {
      reader.state = Reader.State.IDLE;
    }
    return hasTakenPage || wanted != null;
  }

  private void fetchNext() {
    Reader next;
    Cursor wanted;
    synchronized (this) {
      next = fetches + holders.size() < MAX_PAGES ? parked.poll() : null;
      if (next == null) {
        return;
      }
      wanted = next.wanted;
      fetches++;
    }
    fetcher.fetch(next, wanted);
  }

  /** Must be called with the lock. */
  private void makeReady(Reader reader) {
    reader.state = Reader.State.READY;
    ready.add(reader);
  }

  /** The reader may have something to take. */
  void wake(Reader reader) {
    boolean isToBeTold;
    synchronized (this) {
      if (reader.state != Reader.State.IDLE) {
        reader.wokenAgain = true;
        return;
      }
      makeReady(reader);
      isToBeTold = disarm();
    }
    if (isToBeTold) {
      tellReady();
    }
  }

  private void signal() {
    if (disarm()) {
      tellReady();
    }
  }

  /** Returns whether the listener is to be told now. */
  private synchronized boolean disarm() {
    boolean isToBeTold = isArmed;
    isArmed = false;
    return isToBeTold;
  }

  private void tellReady() {
    if (isOpen()) {
      Decisions.guarded(listener::onReady);
    }
  }

  /** A page has come for this reader, or could not be had just now: it looks again either way. */
  void fetched(Reader reader) {
    synchronized (this) {
      fetches--;
      holders.add(reader);
      makeReady(reader);
    }
    signal();
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
    if (probes.isEmpty()) {
      return;
    }
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
      files.end(new ChatException(Code.UNREACHABLE, "the session has ended"));
      desk.left(this);
    }
  }

  /** Ends it from the hub's side. */
  void end(ChatException why) {
    if (open.compareAndSet(true, false)) {
      files.end(new ChatException(Code.UNREACHABLE, "the session has ended"));
      desk.left(this);
      Decisions.guarded(() -> listener.onEnd(why));
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
