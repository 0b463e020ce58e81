package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in a small file beside a SQLite database how many commits it must hold. SQLite itself
 * doesn't notice when its {@code -wal} is removed or cut, and the latest commits with it.
 *
 * <p>It is written after each commit, without waiting for the disk: a kill leaves it exact, a power
 * cut may leave it behind the database, nothing leaves it ahead.
 */
final class Witness implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Witness.class);
  private static final long MAGIC = 0x54616c6b57697431L;
  private static final int NUMBER_AT = 2 * Long.BYTES;
  private static final int SIZE = 3 * Long.BYTES;

  private final Path path;

  /** No channel: an interrupt would close that for ever. */
  private final RandomAccessFile file;

  private boolean hasFailed;

  /**
   * What it says.
   *
   * @param identity of which database
   * @param number how many commits that has
   */
  record Testimony(long identity, long number) {
    /** Whether there was no commit yet. */
    boolean isFresh() {
      return number == 0;
    }
  }

  private Witness(Path path, RandomAccessFile file) {
    this.path = path;
    this.file = file;
  }

  /** What it says; empty when there is none, or a power cut has left it unwritten. */
  static Optional<Testimony> read(Path path) {
    try {
      ByteBuffer bytes =
          ByteBuffer.wrap(Files.exists(path) ? Files.readAllBytes(path) : new byte[0]);
      return bytes.remaining() == SIZE && bytes.getLong() == MAGIC
          ? Optional.of(new Testimony(bytes.getLong(), bytes.getLong()))
          : Optional.empty();
    } catch (IOException e) {
      throw new ChatException(Code.STORAGE, path + " can't be read", e);
    }
  }

  /** Begins to write it, anew. */
  static Witness open(Path path, Testimony first) {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE);
    bytes.putLong(MAGIC).putLong(first.identity()).putLong(first.number());
    try {
      RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
      file.write(bytes.array());
      file.setLength(SIZE);
      file.getFD().sync();
      return new Witness(path, file);
    } catch (IOException e) {
      throw new ChatException(Code.STORAGE, path + " can't be written", e);
    }
  }

  /** So many commits there are. Where it can't be written, the commits stand all the same. */
  void note(long commits) {
    try {
      file.seek(NUMBER_AT);
      file.write(ByteBuffer.allocate(Long.BYTES).putLong(commits).array());
      hasFailed = false;
    } catch (IOException e) {
      if (!hasFailed) {
        LOG.warn("{} can't be written", path, e);
      }
      hasFailed = true;
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      LOG.warn("{} can't be closed", path, e);
    }
  }
}
