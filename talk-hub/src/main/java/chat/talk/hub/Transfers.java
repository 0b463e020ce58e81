package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.room.BlobStore;
import chat.talk.room.FileUpload;
import java.util.concurrent.Executor;
import org.jetbrains.annotations.Nullable;

/** Where bytes come in and go out: the blob store, beside the loop and a few calls at a time. */
final class Transfers implements AutoCloseable {
  /** How many calls are under way at a time; the others wait for their turn. */
  private static final int AT_ONCE = 4;

  /** The most calls of all sessions together that may wait. */
  private static final int MAX_WAITING = 1 << 17;

  final RecentUploads recent;
  final BoundedWork work;
  private final @Nullable BlobStore blobs;
  private final long maxFileSize;
  private final long maxBodySize;

  Transfers(HubBuilder setup, RecentUploads recent, Executor executor) {
    this.recent = recent;
    this.work = new BoundedWork("talk-hub-files", AT_ONCE, MAX_WAITING, executor);
    this.blobs = setup.blobs;
    this.maxFileSize = setup.maxFileSize;
    this.maxBodySize = setup.maxBodySize;
  }

  /**
   * Where bytes are.
   *
   * @throws ChatException with {@link Code#REFUSED} when the hub keeps none
   */
  BlobStore blobs() {
    if (blobs == null) {
      throw new ChatException(Code.REFUSED, "this hub keeps no files");
    }
    return blobs;
  }

  /** Refuses what is larger than the hub takes. */
  void requireSize(FileUpload.Kind kind, long size) {
    boolean isBody = kind == FileUpload.Kind.BODY;
    long max = isBody ? maxBodySize : maxFileSize;
    if (size > max) {
      throw new ChatException(
          Code.TOO_LARGE, "a %s has up to %d bytes here".formatted(isBody ? "text" : "file", max));
    }
  }

  @Override
  public void close() {
    work.close();
  }
}
