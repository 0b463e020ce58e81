package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.room.Chunk;
import chat.talk.room.Command;
import chat.talk.room.Feed;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import chat.talk.room.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jetbrains.annotations.Nullable;

/** One chat for one user, who talks to himself over a connection that breaks when a test says. */
final class LittleHub implements Hub {
  private final ChatId chat;
  private final UserName user;
  private final ExecutorService answering = Executors.newFixedThreadPool(2);

  /** Guarded by this, as what follows. */
  private final List<Entry> log = new ArrayList<>();

  private final Map<MessageId, Entry> known = new HashMap<>();
  private @Nullable Line line;

  LittleHub(ChatId chat, UserName user) {
    this.chat = chat;
    this.user = user;
  }

  synchronized List<Entry> log() {
    return List.copyOf(log);
  }

  @Override
  public CompletableFuture<Session> connect(
      Login login, Map<ChatId, Cursor> resume, Session.Listener listener) {
    breakLine();
    Line next = new Line(listener, (int) resume.getOrDefault(chat, Cursor.START).sequence());
    synchronized (this) {
      line = next;
    }
    return CompletableFuture.supplyAsync(() -> next, answering);
  }

  /** What is unanswered is lost, whether it took effect or not. */
  void breakLine() {
    Line broken;
    synchronized (this) {
      broken = line;
      line = null;
    }
    if (broken != null) {
      broken.listener.onEnd(new ChatException(Code.UNREACHABLE, "broken by the test"));
    }
  }

  private synchronized @Nullable Entry append(Line from, Draft draft) {
    return from == line ? known.computeIfAbsent(draft.id(), id -> append(draft)) : null;
  }

  private Entry append(Draft draft) {
    ChatMessage message = new ChatMessage(chat, draft.id(), user, draft.text(), Instant.EPOCH);
    Entry entry = new Entry(new Cursor(1, log.size() + 1L), message);
    log.add(entry);
    return entry;
  }

  @Override
  public CompletableFuture<Void> shutDown(String reason) {
    close();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {
    answering.shutdown();
  }

  private final class Line implements Session {
    private final Listener listener;
    private int at;

    Line(Listener listener, int at) {
      this.listener = listener;
      this.at = at;
    }

    @Override
    public UserName user() {
      return user;
    }

    @Override
    public String device() {
      return "device";
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R> CompletableFuture<R> call(Command<R> command) {
      Object value = null;
      if (command instanceof Command.Send send) {
        value = append(this, send.draft());
        if (value == null) {
          return CompletableFuture.failedFuture(new ChatException(Code.UNREACHABLE, "broken"));
        }
        listener.onReady();
      }
      R answer = (R) value;
      return CompletableFuture.supplyAsync(() -> answer, answering);
    }

    @Override
    public Feed poll(int maxEntries) {
      synchronized (LittleHub.this) {
        int upTo = Math.min(log.size(), at + maxEntries);
        if (this != line || upTo == at) {
          return Feed.EMPTY;
        }
        Cursor after = new Cursor(1, at);
        Chunk chunk = new Chunk(chat, after, log.subList(at, upTo), new Cursor(1, upTo));
        at = upTo;
        return new Feed(List.of(chunk), List.of());
      }
    }

    @Override
    public void close() {
      synchronized (LittleHub.this) {
        if (line == this) {
          line = null;
        }
      }
    }
  }
}
