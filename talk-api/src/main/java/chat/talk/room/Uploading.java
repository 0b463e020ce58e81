package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.internal.Futures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.CompletableFuture;

/** One attempt to upload a source, piece by piece. */
final class Uploading {
  private final ClientFiles files;
  private final ByteSource source;
  private final Progress progress;
  private final CompletableFuture<Blob> answer;
  private final CompletableFuture<Blob> result = new CompletableFuture<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(FileUpload.PIECE);
  private final Digest.Sum sum = new Digest.Sum();

  /** Each step uses it after the one before, as what follows. */
  private long done;

  private long total;

  Uploading(
      ClientFiles files, ByteSource source, Progress progress, CompletableFuture<Blob> answer) {
    this.files = files;
    this.source = source;
    this.progress = progress;
    this.answer = answer;
  }

  CompletableFuture<Blob> over(Session session, FileUpload.Kind kind) {
    try {
      total = source.size();
      ReadableByteChannel from = source.open();
      FileUpload to = session.upload(kind);
      step(from, to);
      return result.whenComplete((blob, failure) -> close(from, to));
    } catch (IOException | RuntimeException | Error e) {
      return CompletableFuture.failedFuture(ClientFiles.failure(e));
    }
  }

  private static void close(ReadableByteChannel from, FileUpload to) {
    to.close();
    try {
      from.close();
    } catch (IOException e) {
      // It was only read.
    }
  }

  /** On the client's executor. */
  private void step(ReadableByteChannel from, FileUpload to) {
    try {
      ClientFiles.requireWanted(answer);
      progress.onProgress(done, total);
      if (fill(from)) {
        write(from, to);
      } else {
        end(to);
      }
    } catch (IOException | RuntimeException | Error e) {
      result.completeExceptionally(ClientFiles.failure(e));
    }
  }

  private boolean fill(ReadableByteChannel from) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining() && from.read(buffer) >= 0) {
      // Reads on.
    }
    return buffer.flip().hasRemaining();
  }

  private void write(ReadableByteChannel from, FileUpload to) {
    sum.add(buffer);
    done += buffer.remaining();
    files
        .inLongTime(Futures.attempt(() -> to.write(buffer)))
        .whenCompleteAsync(
            (written, failure) -> {
              if (failure == null) {
                step(from, to);
              } else {
                result.completeExceptionally(failure);
              }
            },
            files.executor);
  }

  private void end(FileUpload to) {
    Blob sent = new Blob(sum.digest(), done);
    files
        .inLongTime(Futures.attempt(to::finish))
        .whenComplete(
            (blob, failure) -> {
              if (failure != null) {
                result.completeExceptionally(failure);
              } else if (sent.equals(blob)) {
                result.complete(blob);
              } else {
                result.completeExceptionally(
                    new ChatException(Code.BAD_ANSWER, "the hub has got other bytes"));
              }
            });
  }
}
