package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Scheduler;
import chat.talk.room.Blob;
import chat.talk.room.BlobStore;
import chat.talk.room.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * A blob store in a folder: a file per blob, {@code ab/abcd…}, whose name is the SHA-256 of its
 * bytes, so that {@code sha256sum} can check it.
 *
 * <p>An upload is written to a file in {@code uploads}, forced to the disk and renamed: after a
 * crash or a power cut a blob is there wholly or not at all, and a finished one is there. What a
 * crash left unfinished is deleted at the next opening.
 *
 * <p>The folder belongs to one store at a time, held by a lock on the file {@code lock}; a second
 * one, here or in another process, is refused with {@link Code#STORAGE}. The blobs never change, so
 * anybody may read and copy them meanwhile. Symbolic links in the folder are not followed, and
 * files of other names are left alone.
 *
 * <p>When the disk is full, uploads fail with {@link Code#STORAGE} and leave nothing behind. They
 * succeed again as soon as there is room.
 */
public final class FolderBlobStore implements BlobStore {
  private final BlobFolder folder;
  private final Quota quota;
  private final Scheduler clock;

  /** Written under the lock of this, under which blobs come and go. */
  private volatile boolean closed;

  private FolderBlobStore(BlobFolder folder, Quota quota, Scheduler clock) {
    this.folder = folder;
    this.quota = quota;
    this.clock = clock;
  }

  /**
   * Opens a store. It takes the longer the more blobs there are; none of them is read.
   *
   * @param folder where; made when it isn't there
   * @param quota how many bytes it holds at most; when there are more already, uploads are refused
   *     until enough was swept
   * @return the store
   * @throws ChatException with {@link Code#STORAGE} when the folder can't be used or is in use,
   *     {@link Code#INVALID} when the quota is less than 1
   */
  public static FolderBlobStore open(Path folder, long quota) {
    return open(folder, quota, Scheduler.system());
  }

  /**
   * Opens a store by a clock of its own.
   *
   * @param folder where; made when it isn't there
   * @param quota how many bytes it holds at most; when there are more already, uploads are refused
   *     until enough was swept
   * @param clock tells how old blobs are; what it says is written as a file's time
   * @return the store
   * @throws ChatException with {@link Code#STORAGE} when the folder can't be used or is in use,
   *     {@link Code#INVALID} when the quota is less than 1
   */
  public static FolderBlobStore open(Path folder, long quota, Scheduler clock) {
    Objects.requireNonNull(clock, "clock");
    Quota room = new Quota(quota);
    return FileWork.run(
        "open the blob store",
        folder,
        () -> new FolderBlobStore(counted(BlobFolder.open(folder), room), room, clock));
  }

  private static BlobFolder counted(BlobFolder folder, Quota quota) throws IOException {
    try {
      folder.forEach((digest, file) -> quota.add(file.size()));
      return folder;
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  @Override
  public Upload upload() {
    requireOpen();
    return FileWork.run("store in", folder, () -> FolderUpload.open(this, folder.newUpload()));
  }

  @Override
  public Optional<Blob> find(Digest digest) {
    requireOpen();
    Path file = folder.file(digest);
    return FileWork.run("read", file, () -> BlobFolder.attributes(file))
        .map(found -> new Blob(digest, found.size()));
  }

  @Override
  public Download download(Blob blob, long offset) {
    if (offset < 0 || offset > blob.size()) {
      throw new ChatException(
          Code.INVALID, "there is no offset %d in %d bytes".formatted(offset, blob.size()));
    }
    Blob found = find(blob.digest()).orElseThrow(() -> notFound(blob));
    Path file = folder.file(blob.digest());
    if (found.size() != blob.size()) {
      throw damage(file, "it has %d bytes, not %d".formatted(found.size(), blob.size()));
    }
    return FileWork.run("read", file, () -> open(blob, file, offset));
  }

  private Download open(Blob blob, Path file, long offset) throws IOException {
    try {
      return FolderDownload.open(this, blob, file, offset);
    } catch (NoSuchFileException e) {
      throw notFound(blob);
    }
  }

  private static ChatException notFound(Blob blob) {
    return new ChatException(Code.NOT_FOUND, "there is no blob " + blob.digest());
  }

  @Override
  public long used() {
    requireOpen();
    return quota.used();
  }

  @Override
  public long sweep(Duration minAge, Predicate<Digest> isReferenced) {
    Objects.requireNonNull(isReferenced, "isReferenced");
    if (minAge.isNegative()) {
      throw new ChatException(Code.INVALID, "an age is not negative, but was " + minAge);
    }
    requireOpen();
    Instant now = clock.now();
    Predicate<BasicFileAttributes> isOld = file -> age(file, now).compareTo(minAge) >= 0;
    AtomicLong freed = new AtomicLong();
    BlobFolder.Visitor sweeper =
        (digest, file) -> {
          if (isOld.test(file) && !isReferenced.test(digest)) {
            freed.addAndGet(delete(digest, isOld));
          }
        };
    return FileWork.run(
        "sweep",
        folder,
        () -> {
          folder.forEach(sweeper);
          return freed.get();
        });
  }

  private static Duration age(BasicFileAttributes file, Instant now) {
    return Duration.between(file.lastModifiedTime().toInstant(), now);
  }

  private synchronized long delete(Digest digest, Predicate<BasicFileAttributes> condition)
      throws IOException {
    requireOpen();
    Path file = folder.file(digest);
    Optional<BasicFileAttributes> doomed = BlobFolder.attributes(file).filter(condition);
    if (doomed.isEmpty()) {
      return 0;
    }
    Files.delete(file);
    quota.release(doomed.get().size());
    return doomed.get().size();
  }

  @Override
  public synchronized void close() {
    closed = true;
    FileWork.close(folder, folder);
  }

  boolean isOpen() {
    return !closed;
  }

  void requireOpen() {
    if (closed) {
      throw new ChatException(Code.CLOSED, "the blob store is closed");
    }
  }

  Quota quota() {
    return quota;
  }

  Instant now() {
    return clock.now();
  }

  /** Shows a written upload as a blob; from then on the bytes that it took are the blob's. */
  synchronized void show(Path upload, Digest digest) throws IOException {
    requireOpen();
    long replaced =
        BlobFolder.attributes(folder.file(digest)).map(BasicFileAttributes::size).orElse(0L);
    folder.rename(upload, digest);
    quota.release(replaced);
  }

  void force(Digest digest) throws IOException {
    folder.force(digest);
  }

  static ChatException damage(Path file, String why) {
    return new ChatException(Code.STORAGE, "the blob %s is damaged: %s".formatted(file, why));
  }

  /** Says where. */
  @Override
  public String toString() {
    return "FolderBlobStore[" + folder + "]";
  }
}
