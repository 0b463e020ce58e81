package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.room.Blob;
import chat.talk.room.BlobStore;
import chat.talk.room.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jetbrains.annotations.Nullable;

/** Reads a file, and checks its bytes if it reads all of them. */
final class FolderDownload implements BlobStore.Download {
  private final FolderBlobStore store;
  private final Blob blob;
  private final Path file;
  private final FileChannel channel;
  private final @Nullable Digest.Sum hash;
  private long left;

  private FolderDownload(
      FolderBlobStore store, Blob blob, Path file, FileChannel channel, long offset) {
    this.store = store;
    this.blob = blob;
    this.file = file;
    this.channel = channel;
    this.hash = offset == 0 ? new Digest.Sum() : null;
    this.left = blob.size() - offset;
  }

  static FolderDownload open(FolderBlobStore store, Blob blob, Path file, long offset)
      throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try {
      channel.position(offset);
      return new FolderDownload(store, blob, file, channel, offset);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public int read(ByteBuffer into) {
    store.requireOpen();
    if (!channel.isOpen()) {
      throw new ChatException(Code.CLOSED, "the download is over");
    }
    if (left == 0) {
      return -1;
    }
    try {
      int count = FileWork.run("read", file, () -> readPiece(into));
      into.position(into.position() + count);
      return count;
    } catch (ChatException e) {
      close();
      throw e;
    }
  }

  private int readPiece(ByteBuffer into) throws IOException {
    ByteBuffer piece = Pieces.first(into, left);
    int count = piece.hasRemaining() ? channel.read(piece) : 0;
    if (count < 0) {
      throw FolderBlobStore.damage(file, left + " bytes are missing");
    }
    left -= count;
    if (hash != null) {
      hash.add(piece.flip());
      check(hash);
    }
    return count;
  }

  private void check(Digest.Sum read) {
    if (left == 0 && !read.digest().equals(blob.digest())) {
      throw FolderBlobStore.damage(file, "its bytes are not those that were uploaded");
    }
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen() && store.isOpen();
  }

  @Override
  public void close() {
    FileWork.close(file, channel);
  }
}
