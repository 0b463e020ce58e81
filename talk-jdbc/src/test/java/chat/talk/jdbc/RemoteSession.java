package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.UserName;
import chat.talk.room.Command;
import chat.talk.room.Feed;
import chat.talk.room.Session;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.annotations.Nullable;

/** The client's end of a session with a hub in another process: it holds one feed at most. */
final class RemoteSession implements Session {
  private final Wire wire;
  private final Listener listener;
  private final CompletableFuture<Session> opening = new CompletableFuture<>();
  private final Map<Long, CompletableFuture<Object>> questions = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicReference<@Nullable Feed> held = new AtomicReference<>();
  private volatile Frame.@Nullable Welcome welcome;
  private volatile boolean isClosed;
  private volatile boolean isOver;
  private volatile ChatException end = new ChatException(Code.UNREACHABLE, "the hub is gone");

  RemoteSession(Socket socket, Listener listener) {
    this.wire = new Wire(socket, this::heard, this::over);
    this.listener = listener;
  }

  CompletableFuture<Session> open(Frame.Hello hello) {
    wire.tell(hello);
    wire.start();
    return opening;
  }

  private void heard(Object frame) {
    if (frame instanceof Frame.Welcome known) {
      welcome = known;
      opening.complete(this);
    } else if (frame instanceof Frame.Answer answer) {
      settle(questions.remove(answer.number()), answer);
    } else if (frame instanceof Frame.Fed fed) {
      held.set(fed.feed());
      listener.onReady();
    } else if (frame instanceof Frame.Ended ended) {
      end = ended.why();
      wire.close();
    }
  }

  private static void settle(CompletableFuture<Object> question, Frame.Answer answer) {
    if (answer.failure() == null) {
      question.complete(answer.value());
    } else {
      question.completeExceptionally(answer.failure());
    }
  }

  private void over() {
    isOver = true;
    boolean wasOpen = !opening.completeExceptionally(end);
    if (wasOpen && !isClosed) {
      listener.onEnd(end);
    }
    failQuestions();
  }

  private void failQuestions() {
    ChatException why = new ChatException(Code.UNREACHABLE, "the session has ended");
    questions.values().forEach(question -> question.completeExceptionally(why));
  }

  @Override
  public UserName user() {
    return welcome.user();
  }

  @Override
  public String device() {
    return welcome.device();
  }

  @Override
  @SuppressWarnings("unchecked")
  public <R> CompletableFuture<R> call(Command<R> command) {
    long number = numbers.incrementAndGet();
    CompletableFuture<Object> answer = new CompletableFuture<>();
    questions.put(number, answer);
    wire.tell(new Frame.Question(number, command));
    if (isOver) {
      failQuestions();
    }
    return (CompletableFuture<R>) answer;
  }

  @Override
  public Feed poll(int maxEntries) {
    Feed feed = held.getAndSet(null);
    if (feed == null) {
      return Feed.EMPTY;
    }
    wire.tell(new Frame.More());
    return feed;
  }

  @Override
  public void close() {
    isClosed = true;
    wire.close();
  }
}
