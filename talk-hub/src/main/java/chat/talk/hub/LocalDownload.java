package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.room.Attachment;
import chat.talk.room.BlobStore;
import chat.talk.room.FileDownload;
import chat.talk.room.FileUpload;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/** A download out of the blob store of this JVM's hub. */
final class LocalDownload implements FileDownload {
  final Steps steps;
  private final Transfers transfers;
  private final Attachment attachment;

  /** Null until it is open; used by one step after the other, as what follows. */
  private BlobStore.@Nullable Download download;

  private long left;

  LocalDownload(Transfers transfers, Attachment attachment) {
    this.transfers = transfers;
    this.attachment = attachment;
    this.steps = new Steps(transfers.work, this::release);
  }

  /** Completes with this once the bytes are there to be read. */
  CompletableFuture<FileDownload> open(long offset) {
    return steps.next(
        () -> {
          download = find(offset);
          left = attachment.size() - offset;
          return this;
        });
  }

  private BlobStore.Download find(long offset) {
    try {
      return transfers.blobs().download(attachment.blob(), offset);
    } catch (ChatException e) {
      throw e.code() == Code.NOT_FOUND
          ? new ChatException(Code.GONE, "the bytes of the file are lost", e)
          : e;
    }
  }

  @Override
  public Attachment attachment() {
    return attachment;
  }

  @Override
  public CompletableFuture<@Nullable ByteBuffer> read() {
    return steps.next(this::piece);
  }

  private @Nullable ByteBuffer piece() {
    BlobStore.Download from = download;
    if (from == null || left == 0) {
      return null;
    }
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(left, FileUpload.PIECE));
    while (piece.hasRemaining()) {
      if (from.read(piece) < 0) {
        throw new ChatException(Code.STORAGE, "the file has ended too early");
      }
    }
    left -= piece.position();
    return piece.flip();
  }

  private void release() {
    if (download != null) {
      download.close();
    }
  }

  @Override
  public void close() {
    steps.end(new ChatException(Code.CLOSED, "the download is closed"));
  }
}
