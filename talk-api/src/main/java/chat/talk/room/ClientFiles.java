package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.MessageKey;
import chat.talk.Scheduler;
import chat.talk.Scheduler.Cancellable;
import chat.talk.internal.Failures;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jetbrains.annotations.Nullable;

/**
 * A client's uploads and downloads, which go on over one session after the other. Files are read
 * and written on the client's executor; no thread waits for the hub. May be used by any threads.
 */
final class ClientFiles {
  private static final System.Logger LOG = System.getLogger(ClientFiles.class.getName());

  /** What tells that the session has ended, and not that the hub says no. */
  private static final Set<Code> BREAKS = EnumSet.of(Code.UNREACHABLE, Code.TIMED_OUT, Code.CLOSED);

  /** How long a session over which something broke, and that is still there, is left alone. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** How much longer than a command a step of an upload may take. */
  private static final int SLOW = 20;

  final Executor executor;

  /** To be called when bytes have come over a session, which is of use then. */
  final Runnable onReceived;

  private final Scheduler scheduler;
  private final Duration timeout;
  private final Answers answers;
  private final Map<Object, CompletableFuture<?>> active = new ConcurrentHashMap<>();

  /** The present session once there is one. Guarded by this, as what follows. */
  private CompletableFuture<Session> session = new CompletableFuture<>();

  /** Counts the sessions that have ended. */
  private int breaks;

  private @Nullable ChatException end;

  ClientFiles(HubClientBuilder setup, Executor executor, Answers answers, Runnable onReceived) {
    this.scheduler = setup.scheduler;
    this.timeout = setup.timeout;
    this.executor = task -> execute(executor, task);
    this.answers = answers;
    this.onReceived = onReceived;
  }

  private static void execute(Executor executor, Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      task.run(); // Nobody shall wait for ever because an executor was shut down first.
    }
  }

  void connected(Session present) {
    session().complete(present);
  }

  synchronized void disconnected() {
    if (session.isDone()) {
      session = new CompletableFuture<>();
      breaks++;
    }
  }

  /** Fails what is under way, and what will be asked. */
  void close(ChatException why) {
    synchronized (this) {
      end = why;
    }
    active.values().forEach(answer -> answers.complete(answer, null, why));
  }

  private synchronized CompletableFuture<Session> session() {
    return session;
  }

  private synchronized int breaks() {
    return breaks;
  }

  private synchronized @Nullable ChatException end() {
    return end;
  }

  CompletableFuture<Blob> upload(FileUpload.Kind kind, ByteSource source, Progress progress) {
    return persist(
        (session, answer) ->
            new Uploading(this, source, guarded(progress), answer).over(session, kind));
  }

  CompletableFuture<Attachment> download(
      MessageKey message, WritableByteChannel sink, Progress progress) {
    Downloading downloading = new Downloading(this, message, sink, guarded(progress));
    return persist(downloading::over);
  }

  /** A download that is seen under its name when it is whole. */
  CompletableFuture<Attachment> download(MessageKey message, Path target, Progress progress) {
    return blocking(() -> PartialFile.beside(target))
        .thenCompose(
            file ->
                download(message, file.channel(), progress)
                    .handleAsync((whole, failure) -> file.end(whole, failure), executor));
  }

  /** Runs something that blocks, where that harms nobody. */
  <T> CompletableFuture<T> blocking(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    executor.execute(
        () -> {
          try {
            result.complete(work.call());
          } catch (Exception | Error e) {
            result.completeExceptionally(failure(e));
          }
        });
    return result;
  }

  /** What reading or writing a user's file has come to. */
  static ChatException failure(Throwable e) {
    return e instanceof IOException
        ? new ChatException(Code.STORAGE, "a file could not be read or written: " + e, e)
        : ChatException.of(e);
  }

  private static Progress guarded(Progress progress) {
    return (done, total) -> {
      try {
        progress.onProgress(done, total);
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, "A progress failed; the transfer goes on", e);
      }
    };
  }

  /** What a transfer does over one session; it ends early when its answer is there already. */
  interface Way<T> {
    CompletableFuture<T> over(Session session, CompletableFuture<T> answer);
  }

  /** Goes on until it is done, or refused. */
  private <T> CompletableFuture<T> persist(Way<T> way) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Object key = new Object();
    active.put(key, answer);
    answer.whenComplete((value, failure) -> active.remove(key));
    attempt(way, answer);
    return answer;
  }

  private <T> void attempt(Way<T> way, CompletableFuture<T> answer) {
    ChatException why = end();
    if (why != null) {
      answers.complete(answer, null, why);
      return;
    }
    int before = breaks();
    session()
        .thenComposeAsync(session -> way.over(session, answer), executor)
        .whenComplete((value, failure) -> attempted(way, answer, before, value, failure));
  }

  private <T> void attempted(
      Way<T> way,
      CompletableFuture<T> answer,
      int before,
      @Nullable T value,
      @Nullable Throwable failure) {
    ChatException why = failure == null ? null : ChatException.of(failure);
    if (why == null || !BREAKS.contains(why.code()) || answer.isDone()) {
      answers.complete(answer, value, why);
    } else if (before == breaks()) {
      scheduler.after(PAUSE, () -> attempt(way, answer));
    } else {
      attempt(way, answer);
    }
  }

  /** One step of a transfer, which fails when the hub doesn't answer in time. */
  <T> CompletableFuture<T> inTime(CompletableFuture<T> step) {
    return within(timeout, step);
  }

  /**
   * One step of an upload: over a slow line the bytes take their time. When the line is broken, the
   * session over it ends, and the upload with it.
   */
  <T> CompletableFuture<T> inLongTime(CompletableFuture<T> step) {
    return within(timeout.multipliedBy(SLOW), step);
  }

  private <T> CompletableFuture<T> within(Duration timeout, CompletableFuture<T> step) {
    CompletableFuture<T> limited = new CompletableFuture<>();
    Cancellable timer =
        scheduler.after(
            timeout,
            () ->
                limited.completeExceptionally(
                    new ChatException(Code.TIMED_OUT, "no answer came in " + timeout)));
    step.whenComplete(
        (value, failure) -> {
          timer.cancel();
          if (failure == null) {
            limited.complete(value);
          } else {
            limited.completeExceptionally(ChatException.of(failure));
          }
        });
    return limited;
  }

  /** Ends a transfer whose answer nobody waits for any more. */
  static void requireWanted(CompletableFuture<?> answer) {
    if (answer.isDone()) {
      throw Failures.closed("the transfer");
    }
  }
}
