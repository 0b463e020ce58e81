package chat.talk.http.internal.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Notice;
import chat.talk.http.WebSocketText;
import chat.talk.http.internal.json.ClientFrame;
import chat.talk.http.internal.json.EntryCache;
import chat.talk.http.internal.json.HubFrame;
import chat.talk.room.Chunk;
import chat.talk.room.Command;
import chat.talk.room.Feed;
import chat.talk.room.Hub;
import chat.talk.room.Session;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's session in frames, whatever carries them: takes in what the client sends, and gives
 * out, when the carrier has room, answers and what the session is polled for. Nothing is kept for a
 * client that takes nothing but its answers: the carrier bounds their number, and the backlog their
 * bytes.
 */
final class Conversation implements Session.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  /** More chats than anybody is in. */
  static final int MAX_PLACES = 10_000;

  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final Hub hub;
  private final Carrier carrier;
  private final EntryCache entries;
  private final Backlog.Share backlog;

  /** Frames that are to go out before anything is polled; they are encoded when they go. */
  private final Queue<Outgoing> outgoing = new ConcurrentLinkedQueue<>();

  /** How many frames of the client's are not dealt with, or are answered in {@link #outgoing}. */
  private final AtomicInteger open = new AtomicInteger();

  /** How many entries the client takes. */
  private final AtomicLong window = new AtomicLong(Long.MAX_VALUE);

  private volatile @Nullable Session session;

  /** Whether the session may have something: it was not polled for all since it said so. */
  private volatile boolean isReady = true;

  /** Calls that may be answered already, and whose answers nobody has begun to wait for. */
  private final AtomicInteger calling = new AtomicInteger();

  /** Why the session has ended, or could not begin. */
  private volatile @Nullable ChatException end;

  /** Guarded by this, as what follows. */
  private boolean hasBegun;

  private volatile boolean isClosed;

  /** A frame that is to go out, and who waits for that. */
  private record Outgoing(Supplier<WebSocketText> frame, long held, CompletableFuture<Void> sent) {}

  /** What brings the frames to the client. All calls return at once. */
  interface Carrier {
    /** There may be something to {@link #fill}. By any thread. */
    void ready();
  }

  /** Where frames go out. */
  interface Sink {
    boolean isWritable();

    void put(WebSocketText frame);

    /** Puts what was added to a chat. */
    default void put(WebSocketText frame, Chunk chunk) {
      put(frame);
    }
  }

  Conversation(Hub hub, Common common, Carrier carrier) {
    this.hub = hub;
    this.entries = common.entries();
    this.backlog = common.backlog().new Share();
    this.carrier = carrier;
  }

  /** Takes in a frame, in its turn; completes when it is dealt with. */
  CompletableFuture<Void> take(String text) {
    ClientFrame frame;
    try {
      frame = ClientFrame.read(text);
    } catch (ChatException e) {
      return refuse(ClientFrame.requestOf(text), e);
    }
    return take(frame, text.length());
  }

  /** How many frames await an answer, or their answers to be taken. */
  int open() {
    return open.get();
  }

  /** How many answers wait to be taken. */
  int waiting() {
    return outgoing.size();
  }

  /** Bytes of these frames and answers. */
  long openBytes() {
    return backlog.bytes();
  }

  /** Whether the client has a session. */
  boolean hasSession() {
    return session != null;
  }

  /** Takes in a frame of so many bytes, in its turn; completes when it is dealt with. */
  CompletableFuture<Void> take(ClientFrame frame, long size) {
    if (frame instanceof ClientFrame.Connect connect) {
      return connect(connect);
    }
    Session current = session;
    if (current == null) {
      Long request = frame instanceof ClientFrame.Ask ask ? ask.request() : null;
      return refuse(request, invalid("there is no session yet: connect, and await the answer"));
    }
    return frame instanceof ClientFrame.Ask ask
        ? ask(current, ask.request(), ask.command(), size)
        : more((ClientFrame.More) frame);
  }

  private static ChatException invalid(String message) {
    return new ChatException(Code.INVALID, message);
  }

  private CompletableFuture<Void> refuse(@Nullable Long request, ChatException why) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    tell(() -> HubFrame.failed(request, why), 0, sent);
    return sent;
  }

  /** Completes when the frame has gone to a sink: so a carrier that waits for it bounds them. */
  private void tell(Supplier<WebSocketText> frame, long held, CompletableFuture<Void> sent) {
    open.incrementAndGet();
    outgoing.add(new Outgoing(frame, held, sent));
    if (isClosed) {
      dropAnswers();
    } else {
      carrier.ready();
    }
  }

  private void dropAnswers() {
    Outgoing dropped = outgoing.poll();
    while (dropped != null) {
      done(dropped);
      dropped = outgoing.poll();
    }
  }

  private void done(Outgoing frame) {
    open.decrementAndGet();
    backlog.give(frame.held);
    frame.sent.complete(null);
  }

  private CompletableFuture<Void> connect(ClientFrame.Connect frame) {
    if (!begin()) {
      return refuse(null, invalid("connected already"));
    }
    if (frame.resume().size() > MAX_PLACES) {
      onEnd(invalid("up to %d places can be resumed from".formatted(MAX_PLACES)));
      return DONE;
    }
    if (frame.window() != null) {
      window.set(Math.max(0, frame.window()));
    }
    return hub.connect(frame.login(), frame.resume(), this)
        .handle(
            (opened, failure) -> {
              if (opened == null) {
                onEnd(ChatException.of(failure));
              } else {
                begun(opened);
              }
              return null;
            });
  }

  private synchronized boolean begin() {
    boolean isFirst = !hasBegun;
    hasBegun = true;
    return isFirst;
  }

  private void begun(Session opened) {
    boolean isTooLate;
    synchronized (this) {
      isTooLate = isClosed;
      if (!isTooLate) {
        open.incrementAndGet();
        outgoing.add(connected(opened));
        session = opened;
      }
    }
    if (isTooLate) {
      opened.close();
    } else {
      carrier.ready();
    }
  }

  private static Outgoing connected(Session opened) {
    return new Outgoing(
        () -> HubFrame.connected(opened.user(), opened.device()), 0, new CompletableFuture<>());
  }

  private CompletableFuture<Void> more(ClientFrame.More frame) {
    if (frame.entries() < 1) {
      return refuse(null, invalid("more entries are at least 1, but were " + frame.entries()));
    }
    window.getAndUpdate(now -> Math.addExact(Math.min(now, Long.MAX_VALUE / 2), frame.entries()));
    carrier.ready();
    return DONE;
  }

  private <R> CompletableFuture<Void> ask(
      Session current, long request, Command<R> command, long size) {
    if (!backlog.take(size)) {
      return refuse(request, overloaded());
    }
    open.incrementAndGet();
    CompletableFuture<Void> sent = new CompletableFuture<>();
    calling.incrementAndGet();
    called(current, command)
        .whenComplete(
            (value, failure) -> {
              open.decrementAndGet();
              backlog.give(size);
              try {
                tell(request, command, value, failure, sent);
              } catch (RuntimeException | Error flaw) {
                sent.completeExceptionally(flaw);
              }
            });
    if (calling.decrementAndGet() == 0 && end != null) {
      carrier.ready();
    }
    return sent;
  }

  /** A hub of somebody else's may throw where it should return a failed future. */
  private static <R> CompletableFuture<R> called(Session session, Command<R> command) {
    try {
      return session.call(command);
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private <R> void tell(
      long request,
      Command<R> command,
      @Nullable R value,
      @Nullable Throwable failure,
      CompletableFuture<Void> sent) {
    if (failure == null) {
      answer(request, command, value, sent);
    } else {
      failed(request, ChatException.of(failure), sent);
    }
  }

  /** The command is done: where there is no room for the answer, it can be asked again. */
  private <R> void answer(long request, Command<R> command, R value, CompletableFuture<Void> sent) {
    long size = Sizes.of(value);
    if (backlog.take(size)) {
      tell(() -> HubFrame.answer(request, command, value, entries), size, sent);
    } else {
      failed(request, unanswered(), sent);
    }
  }

  private static ChatException overloaded() {
    return new ChatException(Code.OVERLOADED, "too much awaits its answer, or to be taken");
  }

  private static ChatException unanswered() {
    return new ChatException(
        Code.TIMED_OUT, "too much is left untaken to give the answer; it may have taken effect");
  }

  private void failed(long request, ChatException why, CompletableFuture<Void> sent) {
    if (why.code() == Code.INTERNAL) {
      LOG.error("A command could not be answered", why);
    }
    if (end == null) {
      tell(() -> HubFrame.failed(request, why), 0, sent);
    } else {
      sent.complete(null);
    }
  }

  /** Puts what there is into a sink, as long as it takes it. By one thread at a time. */
  void fill(Sink sink) {
    fillWithAnswers(sink);
    Session current = session;
    if (current == null || !outgoing.isEmpty()) {
      return;
    }
    while (isReady && sink.isWritable() && window.get() > 0) {
      isReady = false;
      Feed feed = current.poll(1);
      if (feed.hasMore()) {
        isReady = true;
      }
      put(feed, sink);
    }
    if (isReady && window.get() > 0) {
      carrier.ready();
    }
  }

  private void fillWithAnswers(Sink sink) {
    Outgoing next = sink.isWritable() ? outgoing.poll() : null;
    while (next != null) {
      try {
        sink.put(next.frame.get());
      } finally {
        done(next);
      }
      next = sink.isWritable() ? outgoing.poll() : null;
    }
    if (!outgoing.isEmpty()) {
      carrier.ready();
    }
  }

  /** Without iterators: this is done for each delivery. */
  private void put(Feed feed, Sink sink) {
    List<Notice> notices = feed.notices();
    for (int i = 0; i < notices.size(); i++) {
      sink.put(HubFrame.notice(notices.get(i)));
    }
    List<Chunk> chunks = feed.chunks();
    for (int i = 0; i < chunks.size(); i++) {
      put(chunks.get(i), sink);
    }
  }

  private void put(Chunk chunk, Sink sink) {
    sink.put(chunk.encoded(entries.encoder()), chunk);
    if (window.get() != Long.MAX_VALUE) {
      window.addAndGet(-Math.max(1, chunk.entries().size()));
    }
  }

  /** Whether it has ended, though some may still have to go out before that is told. */
  boolean isEnding() {
    return end != null;
  }

  /** Why it has ended, once all else has gone out; null before. */
  @Nullable
  ChatException ended() {
    // The end first: what was to go out before it is there when the others are looked at.
    ChatException why = end;
    return calling.get() == 0 && outgoing.isEmpty() ? why : null;
  }

  @Override
  public void onReady() {
    isReady = true;
    carrier.ready();
  }

  @Override
  public void onEnd(ChatException why) {
    end = why;
    carrier.ready();
  }

  /** The carrier is gone. */
  void close() {
    Session current;
    synchronized (this) {
      hasBegun = true;
      isClosed = true;
      current = session;
    }
    if (current != null) {
      current.close();
    }
    dropAnswers();
  }
}
