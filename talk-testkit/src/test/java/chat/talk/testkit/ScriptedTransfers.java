package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.room.Attachment;
import chat.talk.room.Blob;
import chat.talk.room.Digest;
import chat.talk.room.FileDownload;
import chat.talk.room.FileUpload;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/** The last upload or download of a scripted session, which a test answers step by step. */
final class ScriptedTransfers {
  int uploads;
  long offset;
  private ByteArrayOutputStream received = new ByteArrayOutputStream();
  private CompletableFuture<Void> write = new CompletableFuture<>();
  private CompletableFuture<Blob> finish = new CompletableFuture<>();
  private CompletableFuture<FileDownload> download = new CompletableFuture<>();
  private CompletableFuture<@Nullable ByteBuffer> read = new CompletableFuture<>();
  private boolean closed;

  static Blob blob(byte[] bytes) {
    Digest.Sum sum = new Digest.Sum();
    sum.add(ByteBuffer.wrap(bytes));
    return new Blob(sum.digest(), bytes.length);
  }

  byte[] received() {
    return received.toByteArray();
  }

  boolean isClosed() {
    return closed;
  }

  void answerWrite() {
    write.complete(null);
  }

  void answerFinish() {
    answerFinish(blob(received()));
  }

  void answerFinish(Blob blob) {
    finish.complete(blob);
  }

  void open(Attachment attachment) {
    download.complete(new Scripted(attachment));
  }

  void give(byte @Nullable [] piece) {
    read.complete(piece == null ? null : ByteBuffer.wrap(piece));
  }

  /** What waits for an answer. */
  void fail(Code code) {
    ChatException why = new ChatException(code, "as the test wants it");
    write.completeExceptionally(why);
    finish.completeExceptionally(why);
    download.completeExceptionally(why);
    read.completeExceptionally(why);
  }

  FileUpload upload() {
    uploads++;
    closed = false;
    received = new ByteArrayOutputStream();
    return new Upload();
  }

  CompletableFuture<FileDownload> download(long from) {
    offset = from;
    closed = false;
    download = new CompletableFuture<>();
    return download;
  }

  private final class Upload implements FileUpload {
    @Override
    public CompletableFuture<Void> write(ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      received.writeBytes(copy);
      write = new CompletableFuture<>();
      return write;
    }

    @Override
    public CompletableFuture<Blob> finish() {
      finish = new CompletableFuture<>();
      return finish;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final class Scripted implements FileDownload {
    private final Attachment attachment;

    Scripted(Attachment attachment) {
      this.attachment = attachment;
    }

    @Override
    public Attachment attachment() {
      return attachment;
    }

    @Override
    public CompletableFuture<@Nullable ByteBuffer> read() {
      read = new CompletableFuture<>();
      return read;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
