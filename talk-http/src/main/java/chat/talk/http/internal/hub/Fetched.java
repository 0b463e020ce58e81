package chat.talk.http.internal.hub;

import chat.talk.ChatException;
import chat.talk.Scheduler;
import chat.talk.http.WebSocketText;
import chat.talk.http.internal.json.ClientFrame;
import chat.talk.http.internal.json.HubFrame;
import chat.talk.room.Chunk;
import chat.talk.room.Hub;
import chat.talk.room.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A conversation whose frames are fetched by requests of HTTP: some at a time, or as they come. Who
 * fetches takes the place of who did before.
 */
final class Fetched implements Conversation.Carrier {
  private static final Logger LOG = LoggerFactory.getLogger(Fetched.class);

  /** How much is fetched at a time, about. */
  private static final int ENOUGH = 64 * 1024;

  /** How long nobody may fetch anything. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Conversation conversation;

  /** The digest of the token that opens it. */
  private final String owner;

  /** How far those who fetch have come; null when they know that themselves. */
  private final @Nullable Trail trail;

  private final Runnable onClose;

  /** Calls of {@link #ready} that have not been heeded. */
  private final AtomicInteger wakes = new AtomicInteger();

  /** Guarded by this, as what follows. */
  private @Nullable CompletableFuture<Batch> waiting;

  private Scheduler.@Nullable Cancellable timer;

  /** Who fetches as long as he has a connection; null when somebody asks each time. */
  private @Nullable Object stream;

  private boolean isOver;

  /** Completes when nothing is left to fetch; null while nobody asks. */
  private @Nullable CompletableFuture<Void> said;

  /**
   * What was fetched.
   *
   * @param isLast whether nothing follows
   * @param end why, when the hub has ended the session, or refused it
   */
  record Batch(List<Item> items, boolean isLast, @Nullable ChatException end) {
    static final Batch NOTHING = new Batch(List.of(), false, null);
    static final Batch OVER = new Batch(List.of(), true, null);
  }

  /**
   * One frame.
   *
   * @param place where the client has come to with it; null when it doesn't move, or knows itself
   */
  record Item(WebSocketText frame, @Nullable String place) {}

  /**
   * A conversation that has not begun.
   *
   * @param owner the token of whoever may fetch
   * @param trail where to note how far he has come, null not to
   * @param onClose called once, when it is over
   */
  Fetched(Hub hub, Common common, Token owner, @Nullable Trail trail, Runnable onClose) {
    this.conversation = new Conversation(hub, common, this);
    this.owner = owner.digest();
    this.trail = trail;
    this.onClose = onClose;
    waitForSomebody();
  }

  /** Whether this token opens it. */
  boolean isOf(Token token) {
    return owner.equals(token.digest());
  }

  /** Takes in a frame of so many bytes, in its turn; completes when it is dealt with. */
  CompletableFuture<Void> take(ClientFrame frame, long size) {
    return conversation.take(frame, size);
  }

  /** How many frames await an answer, or their answers to be fetched. */
  int open() {
    return conversation.open();
  }

  /** Why the session could not begin; null when it has. */
  @Nullable
  ChatException refusal() {
    return conversation.ended();
  }

  /** Bytes of these frames and answers. */
  long openBytes() {
    return conversation.openBytes();
  }

  /**
   * Fetches, in the place of whoever did before, what there is, or the next that comes; nothing
   * when nothing comes for so long.
   */
  CompletableFuture<Batch> next(Duration wait) {
    return fetch(null, wait);
  }

  /** The same for who is {@linkplain #attach attached}; over when he has been replaced. */
  CompletableFuture<Batch> next(Object attached, Duration wait) {
    return fetch(attached, wait);
  }

  /** By nobody who is attached, it takes the place of who is. */
  private CompletableFuture<Batch> fetch(@Nullable Object by, Duration wait) {
    CompletableFuture<Batch> mine = new CompletableFuture<>();
    CompletableFuture<Batch> replaced;
    synchronized (this) {
      stream = by == null ? null : stream;
      if (isOver || stream != by) {
        return CompletableFuture.completedFuture(Batch.OVER);
      }
      cancelTimer();
      replaced = waiting;
      waiting = mine;
      timer = Scheduler.system().after(wait, () -> giveUp(mine));
    }
    if (replaced != null) {
      replaced.complete(Batch.OVER);
    }
    ready();
    return mine;
  }

  private void giveUp(CompletableFuture<Batch> one) {
    synchronized (this) {
      if (waiting != one) {
        return;
      }
      waiting = null;
      waitForSomebody();
    }
    one.complete(Batch.NOTHING);
  }

  /** Must be called with the lock, or before anybody else knows this. */
  private void waitForSomebody() {
    cancelTimer();
    if (!isOver && stream == null) {
      timer = Scheduler.system().after(PATIENCE, this::close);
    }
  }

  /** Somebody fetches as long as he has a connection, however slow that is. */
  synchronized void attach(Object newStream) {
    stream = newStream;
    cancelTimer();
  }

  /**
   * His connection is gone. Ends it, as what was on its way may be lost, unless he was replaced.
   */
  void detach(Object oldStream) {
    synchronized (this) {
      if (stream != oldStream) {
        return;
      }
    }
    close();
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  @Override
  public void ready() {
    if (wakes.getAndIncrement() == 0) {
      int heeded = 0;
      do {
        heeded = wakes.get();
        handOrEnd();
      } while (wakes.addAndGet(-heeded) != 0);
    }
  }

  private void handOrEnd() {
    try {
      hand();
    } catch (RuntimeException | Error e) {
      LOG.error("A session could not be read; it is ended", e);
      close();
    }
  }

  private void hand() {
    CompletableFuture<Batch> taker;
    Batch batch;
    synchronized (this) {
      batch = waiting == null ? Batch.NOTHING : fill();
      if (batch.items.isEmpty()) {
        return;
      }
      taker = waiting;
      waiting = null;
      waitForSomebody();
    }
    if (batch.isLast) {
      finish();
    }
    taker.complete(batch);
    tellIfSaid();
  }

  private Batch fill() {
    Basket basket = new Basket();
    conversation.fill(basket);
    ChatException end = conversation.ended();
    if (end != null) {
      basket.put(HubFrame.end(end));
    }
    return new Batch(basket.items, end != null, end);
  }

  /** Collects a batch. */
  private final class Basket implements Conversation.Sink {
    private final List<Item> items = new ArrayList<>();
    private int size;

    @Override
    public boolean isWritable() {
      return size < ENOUGH;
    }

    @Override
    public void put(WebSocketText frame) {
      add(frame, null);
    }

    @Override
    public void put(WebSocketText frame, Chunk chunk) {
      add(frame, trail == null ? null : trail.step(chunk.chat(), chunk.next()));
    }

    private void add(WebSocketText frame, @Nullable String where) {
      items.add(new Item(frame, where));
      size += frame.frame().length + (where == null ? 0 : where.length());
    }
  }

  /** Completes when the answers that there are have been fetched, and why it has ended, if so. */
  CompletableFuture<Void> lastWords() {
    CompletableFuture<Void> mine;
    synchronized (this) {
      said = said == null ? new CompletableFuture<>() : said;
      mine = said;
    }
    tellIfSaid();
    return mine;
  }

  private void tellIfSaid() {
    CompletableFuture<Void> asked;
    synchronized (this) {
      asked = said;
      if (asked == null || !(isOver || isSilent())) {
        return;
      }
    }
    asked.complete(null);
  }

  private boolean isSilent() {
    // The end first, as it comes behind the last answer, which may be on its way yet.
    return !conversation.isEnding() && conversation.waiting() == 0;
  }

  /** Ends it. Twice does nothing. */
  void close() {
    finish();
    tellIfSaid();
  }

  private void finish() {
    CompletableFuture<Batch> left;
    synchronized (this) {
      if (isOver) {
        return;
      }
      isOver = true;
      cancelTimer();
      left = waiting;
      waiting = null;
    }
    conversation.close();
    onClose.run();
    if (left != null) {
      left.complete(Batch.OVER);
    }
  }
}
