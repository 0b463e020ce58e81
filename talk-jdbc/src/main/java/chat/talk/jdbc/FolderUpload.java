package chat.talk.jdbc;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.room.Blob;
import chat.talk.room.BlobStore;
import chat.talk.room.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** Writes a file, and names it after its bytes when it is finished. */
final class FolderUpload implements BlobStore.Upload {
  private final FolderBlobStore store;
  private final Path file;
  private final FileChannel channel;
  private final Digest.Sum hash = new Digest.Sum();
  private long size;

  /** Whether the bytes that were taken are still this upload's. */
  private boolean running = true;

  private FolderUpload(FolderBlobStore store, Path file, FileChannel channel) {
    this.store = store;
    this.file = file;
    this.channel = channel;
  }

  static FolderUpload open(FolderBlobStore store, Path file) throws IOException {
    return new FolderUpload(store, file, FileChannel.open(file, CREATE_NEW, WRITE));
  }

  @Override
  public int write(ByteBuffer bytes) {
    return orEnd(() -> writeAll(bytes));
  }

  private int writeAll(ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    store.quota().take(count, size);
    size += count;
    hash.add(bytes);
    while (bytes.hasRemaining()) {
      writePiece(bytes);
    }
    return count;
  }

  private void writePiece(ByteBuffer bytes) throws IOException {
    ByteBuffer piece = Pieces.first(bytes, bytes.remaining());
    bytes.position(bytes.position() + channel.write(piece));
  }

  @Override
  public Blob finish() {
    return orEnd(this::keep);
  }

  private Blob keep() throws IOException {
    Digest digest = hash.digest();
    Files.setLastModifiedTime(file, FileTime.from(store.now()));
    channel.force(true);
    channel.close();
    store.show(file, digest);
    running = false;
    store.force(digest);
    return new Blob(digest, size);
  }

  private <T> T orEnd(FileWork<T> work) {
    store.requireOpen();
    if (!running) {
      throw new ChatException(Code.CLOSED, "the upload is over");
    }
    try {
      return FileWork.run("store", file, work);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  @Override
  public boolean isOpen() {
    return running && store.isOpen();
  }

  @Override
  public void close() {
    if (running) {
      running = false;
      store.quota().release(size);
      delete();
    }
  }

  private void delete() {
    try (channel) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The next opening deletes it.
    }
  }
}
