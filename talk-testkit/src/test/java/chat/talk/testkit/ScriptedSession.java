package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.MessageKey;
import chat.talk.Notice;
import chat.talk.UserName;
import chat.talk.room.Chunk;
import chat.talk.room.Command;
import chat.talk.room.Feed;
import chat.talk.room.FileDownload;
import chat.talk.room.FileUpload;
import chat.talk.room.Session;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A session that answers and feeds what a test says. */
final class ScriptedSession implements Session {
  final List<Call> calls = new CopyOnWriteArrayList<>();
  final ScriptedTransfers files = new ScriptedTransfers();
  final AtomicInteger polls = new AtomicInteger();

  /** Whether acknowledgements are answered at once, as it goes with most tests. */
  volatile boolean takesAcknowledgements = true;

  /** What happens before the client has what a call returns. */
  volatile Consumer<Call> whileAsked = call -> {};

  volatile boolean isClosed;
  volatile boolean throwsAtUser;
  volatile boolean throwsAtPoll;
  private final UserName user;
  private final Listener listener;
  private final Queue<Feed> feeds = new ConcurrentLinkedQueue<>();

  ScriptedSession(UserName user, Listener listener) {
    this.user = user;
    this.listener = listener;
  }

  @Override
  public UserName user() {
    if (throwsAtUser) {
      throw new IllegalStateException("as the test wants it");
    }
    return user;
  }

  @Override
  public String device() {
    return "device";
  }

  @Override
  public <R> CompletableFuture<R> call(Command<R> command) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    Call call = new Call(command, answer);
    calls.add(call);
    whileAsked.accept(call);
    if (takesAcknowledgements && command instanceof Command.Acknowledge) {
      answer.complete(null);
    }
    return answer;
  }

  @Override
  public FileUpload upload(FileUpload.Kind kind) {
    return files.upload();
  }

  @Override
  public CompletableFuture<FileDownload> download(MessageKey message, long offset) {
    return files.download(offset);
  }

  @Override
  public Feed poll(int maxEntries) {
    polls.incrementAndGet();
    if (throwsAtPoll) {
      throw new IllegalStateException("as the test wants it");
    }
    Feed next = feeds.poll();
    return next == null ? Feed.EMPTY : next;
  }

  @Override
  public void close() {
    isClosed = true;
  }

  void feed(Chunk... chunks) {
    feed(new Feed(List.of(chunks), List.of()));
  }

  void feed(Notice notice, Chunk... chunks) {
    feed(new Feed(List.of(chunks), List.of(notice)));
  }

  void feed(Feed feed) {
    feeds.add(feed);
    listener.onReady();
  }

  void ready() {
    listener.onReady();
  }

  void end(Code code) {
    listener.onEnd(new ChatException(code, "ended by the test"));
  }

  /** What was asked, without acknowledgements. */
  List<Call> asked() {
    return calls.stream().filter(call -> !(call.command instanceof Command.Acknowledge)).toList();
  }

  List<Command<?>> commands() {
    return asked().stream().<Command<?>>map(call -> call.command).toList();
  }

  List<Call> acknowledgements() {
    return calls.stream().filter(call -> call.command instanceof Command.Acknowledge).toList();
  }

  /** A command and who waits for its answer. */
  static final class Call {
    final Command<?> command;
    private final CompletableFuture<?> answer;

    private Call(Command<?> command, CompletableFuture<?> answer) {
      this.command = command;
      this.answer = answer;
    }

    @SuppressWarnings("unchecked")
    void answer(Object value) {
      ((CompletableFuture<Object>) answer).complete(value);
    }

    void fail(Code code) {
      answer.completeExceptionally(new ChatException(code, "refused by the test"));
    }
  }
}
