package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.MessageKey;
import chat.talk.internal.Futures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/** A download, which goes on where it was over the next session. One attempt at a time. */
final class Downloading {
  private final ClientFiles files;
  private final MessageKey message;
  private final WritableByteChannel sink;
  private final Progress progress;
  private final Digest.Sum sum = new Digest.Sum();

  /** What it was at first. Each step uses it after the one before, as what follows. */
  private @Nullable Attachment attachment;

  private long done;

  Downloading(ClientFiles files, MessageKey message, WritableByteChannel sink, Progress progress) {
    this.files = files;
    this.message = message;
    this.sink = sink;
    this.progress = progress;
  }

  CompletableFuture<Attachment> over(Session session, CompletableFuture<Attachment> answer) {
    CompletableFuture<FileDownload> asked = Futures.attempt(() -> session.download(message, done));
    CompletableFuture<FileDownload> inTime = files.inTime(asked);
    asked.thenAccept(download -> closeIfLate(inTime, download));
    return inTime.thenComposeAsync(download -> new Attempt(download, answer).run(), files.executor);
  }

  private static void closeIfLate(CompletableFuture<FileDownload> inTime, FileDownload download) {
    if (inTime.isCompletedExceptionally()) {
      download.close();
    }
  }

  private final class Attempt {
    private final FileDownload from;
    private final CompletableFuture<Attachment> answer;
    private final CompletableFuture<Attachment> result = new CompletableFuture<>();

    Attempt(FileDownload from, CompletableFuture<Attachment> answer) {
      this.from = from;
      this.answer = answer;
    }

    CompletableFuture<Attachment> run() {
      step(null);
      return result.whenComplete((value, failure) -> from.close());
    }

    /** On the client's executor. */
    private void step(@Nullable ByteBuffer piece) {
      try {
        ClientFiles.requireWanted(answer);
        Attachment whole = known(from.attachment());
        if (piece != null) {
          take(piece, whole);
        }
        progress.onProgress(done, whole.size());
        next(whole);
      } catch (IOException | RuntimeException | Error e) {
        result.completeExceptionally(ClientFiles.failure(e));
      }
    }

    private void next(Attachment whole) {
      files
          .inTime(Futures.attempt(from::read))
          .whenCompleteAsync(
              (piece, failure) -> {
                if (failure != null) {
                  result.completeExceptionally(failure);
                } else if (piece != null) {
                  step(piece);
                } else {
                  end(whole);
                }
              },
              files.executor);
    }

    private void end(Attachment whole) {
      if (done == whole.size() && sum.digest().equals(whole.blob().digest())) {
        result.complete(whole);
      } else {
        result.completeExceptionally(otherBytes());
      }
    }
  }

  private Attachment known(Attachment now) {
    if (attachment == null) {
      attachment = now;
    }
    if (!attachment.equals(now)) {
      throw new ChatException(Code.BAD_ANSWER, "the message carries something else now");
    }
    return now;
  }

  private void take(ByteBuffer piece, Attachment whole) throws IOException {
    boolean fits = piece.hasRemaining() && piece.remaining() <= whole.size() - done;
    if (!fits) {
      throw otherBytes();
    }
    files.onReceived.run();
    sum.add(piece);
    done += piece.remaining();
    while (piece.hasRemaining()) {
      sink.write(piece);
    }
  }

  private static ChatException otherBytes() {
    return new ChatException(Code.BAD_ANSWER, "the bytes are not those that were uploaded");
  }
}
