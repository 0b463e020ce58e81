package chat.talk.http.internal.client;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.MessageKey;
import chat.talk.Notice;
import chat.talk.UserName;
import chat.talk.http.HttpSettings;
import chat.talk.http.internal.json.ClientFrame;
import chat.talk.http.internal.json.HubFrame;
import chat.talk.room.Chunk;
import chat.talk.room.Command;
import chat.talk.room.Feed;
import chat.talk.room.FileDownload;
import chat.talk.room.FileUpload;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import okio.Utf8;
import org.jetbrains.annotations.Nullable;

/**
 * The client's end of a session with a hub, in frames, whatever carries them. The hub sends as many
 * entries as the client has said it takes, which is what it has polled: so a client that polls
 * nothing has nothing piled up on either side, and still gets its answers.
 */
final class RemoteSession implements Session {
  /** How many entries may be on their way or wait to be polled. */
  private static final int WINDOW = 512;

  /** How many notices may wait to be polled. */
  private static final int MAX_NOTICES = 1_024;

  private final Listener listener;
  private final Files files;
  private final Wire wire;
  private volatile @Nullable Token token;
  private final CompletableFuture<Session> opened = new CompletableFuture<>();

  private volatile boolean wasAnswered;

  /** Guarded by this, as all that follows. */
  private final Map<Long, Asked<?>> pending = new LinkedHashMap<>();

  private final Deque<HubFrame> received = new ArrayDeque<>();
  private final List<WeakReference<Transfer>> transfers = new ArrayList<>(0);
  private int notices;
  private long lastRequest;
  private boolean isArmed = true;
  private boolean isEnded;

  /** How many more entries the client takes than it has told the hub. */
  private int untold = WINDOW;

  private HubFrame.@Nullable Connected identity;

  /** What carries frames to the hub, and is told no more once it is closed. */
  interface Wire {
    /** Sends a frame, in the order of the calls. Returns at once. */
    void send(String frame);

    void close();
  }

  private static final class Asked<R> {
    final Command<R> command;
    final CompletableFuture<R> answer = new CompletableFuture<>();

    Asked(Command<R> command) {
      this.command = command;
    }

    /** The codec has made the value what the command's answer is. */
    @SuppressWarnings("unchecked")
    void complete(@Nullable Object value) {
      answer.complete((R) value);
    }
  }

  RemoteSession(Listener listener, Files files, Wire wire) {
    this.listener = listener;
    this.files = files;
    this.wire = wire;
  }

  /** The first frame, by which a client asks to be let in. */
  String connect(Login login, Map<ChatId, Cursor> resume) {
    token = login.token();
    return ClientFrame.write(new ClientFrame.Connect(login, resume, 0));
  }

  /** Completes when the hub has let the client in. */
  CompletableFuture<Session> opened() {
    return opened;
  }

  /** Whether the hub has said anything at all. */
  boolean wasAnswered() {
    return wasAnswered;
  }

  @Override
  public UserName user() {
    return identity().user();
  }

  @Override
  public String device() {
    return identity().device();
  }

  private synchronized HubFrame.Connected identity() {
    return Objects.requireNonNull(identity);
  }

  @Override
  public <R> CompletableFuture<R> call(Command<R> command) {
    Asked<R> asked = new Asked<>(Objects.requireNonNull(command, "command"));
    try {
      send(asked);
    } catch (ChatException e) {
      asked.answer.completeExceptionally(e);
    }
    return asked.answer;
  }

  private synchronized void send(Asked<?> asked) {
    if (isEnded) {
      throw unreachable();
    }
    String frame = ClientFrame.write(new ClientFrame.Ask(++lastRequest, asked.command));
    requireSmall(frame);
    pending.put(lastRequest, asked);
    wire.send(frame);
  }

  @Override
  public FileUpload upload(FileUpload.Kind kind) {
    RemoteUpload upload = files.upload(Objects.requireNonNull(token), kind);
    keep(upload);
    return upload;
  }

  @Override
  public CompletableFuture<FileDownload> download(MessageKey message, long offset) {
    return files
        .download(Objects.requireNonNull(token), message, offset)
        .thenApply(
            download -> {
              if (!keep(download)) {
                throw unreachable();
              }
              return download;
            });
  }

  /** Transfers end with their session. */
  private boolean keep(Transfer transfer) {
    boolean isLate;
    synchronized (this) {
      transfers.removeIf(one -> one.get() == null);
      transfers.add(new WeakReference<>(transfer));
      isLate = isEnded;
    }
    if (isLate) {
      transfer.end(unreachable());
    }
    return !isLate;
  }

  private static ChatException unreachable() {
    return new ChatException(Code.UNREACHABLE, "the session has ended");
  }

  /** A hub takes no more at once; it would end the session, and be asked the same over the next. */
  static void requireSmall(String frame) {
    long bytes = Utf8.size(frame);
    if (bytes > HttpSettings.DEFAULT_MAX_MESSAGE) {
      throw new ChatException(
          Code.TOO_LARGE,
          "%d bytes of JSON are more than the %d that go at once"
              .formatted(bytes, HttpSettings.DEFAULT_MAX_MESSAGE));
    }
  }

  @Override
  public Feed poll(int maxEntries) {
    if (maxEntries < 1) {
      throw new ChatException(Code.INVALID, "a poll takes at least 1, but was " + maxEntries);
    }
    Feed feed;
    int more;
    synchronized (this) {
      feed = take(maxEntries);
      isArmed = !feed.hasMore();
      feed.chunks().forEach(chunk -> untold += weight(chunk));
      more = untold >= WINDOW / 2 && !isEnded ? untold : 0;
      untold -= more;
    }
    if (more > 0) {
      wire.send(ClientFrame.write(new ClientFrame.More(more)));
    }
    return feed;
  }

  /** The hub counts in the same way. */
  private static int weight(Chunk chunk) {
    return Math.max(1, chunk.entries().size());
  }

  /** Notices that came behind a chunk come with the next poll. Must be called with the lock. */
  private Feed take(int maxEntries) {
    List<Notice> told = new ArrayList<>();
    while (received.peek() instanceof HubFrame.Noticed noticed) {
      told.add(noticed.notice());
      received.remove();
      notices--;
    }
    List<Chunk> chunks = new ArrayList<>();
    int taken = 0;
    while (taken < maxEntries && received.peek() instanceof HubFrame.Entries entries) {
      chunks.add(entries.chunk());
      taken += weight(entries.chunk());
      received.remove();
    }
    boolean isEmpty = chunks.isEmpty() && told.isEmpty();
    return isEmpty ? Feed.EMPTY : new Feed(chunks, told, !received.isEmpty());
  }

  @Override
  public void close() {
    if (finish(null)) {
      wire.close();
    }
  }

  /**
   * Takes in what the hub has sent. By one thread at a time.
   *
   * @throws ChatException with INVALID when it is no frame
   */
  void take(String text) {
    HubFrame frame = HubFrame.read(text, this::asked);
    wasAnswered = true;
    if (frame instanceof HubFrame.Connected connected) {
      begin(connected);
    } else if (frame instanceof HubFrame.Answer answer) {
      Asked<?> asked = remove(answer.request());
      if (asked != null) {
        asked.complete(answer.value());
      }
    } else if (frame instanceof HubFrame.Failed failed) {
      fail(failed);
    } else if (frame instanceof HubFrame.End end) {
      end(end.why());
      wire.close();
    } else if (!(frame instanceof HubFrame.Unknown)) {
      receive(frame);
    }
  }

  private synchronized @Nullable Command<?> asked(long request) {
    Asked<?> asked = pending.get(request);
    return asked == null ? null : asked.command;
  }

  private synchronized @Nullable Asked<?> remove(long request) {
    return pending.remove(request);
  }

  private void fail(HubFrame.Failed failed) {
    Asked<?> asked = failed.request() == null ? null : remove(failed.request());
    if (asked != null) {
      asked.answer.completeExceptionally(failed.why());
    }
  }

  private void begin(HubFrame.Connected connected) {
    synchronized (this) {
      identity = connected;
    }
    if (opened.complete(this)) {
      listener.onReady();
    }
  }

  private void receive(HubFrame frame) {
    boolean wasArmed;
    synchronized (this) {
      if (isEnded) {
        return;
      }
      received.add(frame);
      if (frame instanceof HubFrame.Noticed && ++notices > MAX_NOTICES) {
        dropOldestNotice();
      }
      wasArmed = isArmed;
      isArmed = false;
    }
    if (wasArmed) {
      listener.onReady();
    }
  }

  /** Notices may be missed: whoever cares asks. Must be called with the lock. */
  private void dropOldestNotice() {
    for (Iterator<HubFrame> frames = received.iterator(); frames.hasNext(); ) {
      if (frames.next() instanceof HubFrame.Noticed) {
        frames.remove();
        notices--;
        return;
      }
    }
  }

  /** The hub has ended the session, or the wire is broken. */
  void end(ChatException why) {
    finish(why);
  }

  private static void end(WeakReference<Transfer> transfer) {
    Transfer open = transfer.get();
    if (open != null) {
      open.end(unreachable());
    }
  }

  /** Says whether this was the end; the listener hears of it before those who wait. */
  private boolean finish(@Nullable ChatException why) {
    List<Asked<?>> unanswered;
    List<WeakReference<Transfer>> unfinished;
    synchronized (this) {
      if (isEnded) {
        return false;
      }
      isEnded = true;
      unanswered = List.copyOf(pending.values());
      pending.clear();
      unfinished = List.copyOf(transfers);
    }
    unfinished.forEach(RemoteSession::end);
    boolean neverBegan = opened.completeExceptionally(why == null ? unreachable() : why);
    if (why != null && !neverBegan) {
      listener.onEnd(why);
    }
    unanswered.forEach(asked -> asked.answer.completeExceptionally(unreachable()));
    return true;
  }
}
