package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The file of a SQLite database, looked at without SQLite, which makes the best of what it finds:
 * an empty file is a new database to it. See <a href="https://sqlite.org/fileformat2.html">the file
 * format</a>.
 */
final class SqliteFile {
  /** Stands in the file's header: "Talk". */
  static final int APPLICATION = 0x54616c6b;

  private static final ByteBuffer MAGIC = StandardCharsets.US_ASCII.encode("SQLite format 3\0");
  private static final int HEADER = 100;
  private static final int PAGE_SIZE_AT = 16;
  private static final int PAGES_AT = 28;
  private static final int APPLICATION_AT = 68;
  private static final int WAL_HEADER = 32;
  private static final int WAL_SALT_AT = 16;
  private static final int FRAME_HEADER = 24;
  private static final int FRAME_SALT_AT = 8;

  /**
   * How often each is open in this process. To close a file that is open elsewhere in the process
   * would take away SQLite's locks on it: POSIX wants it so.
   */
  private static final Map<Path, Integer> OPEN = new ConcurrentHashMap<>();

  private final Path path;

  SqliteFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  Path witness() {
    return beside("-commits");
  }

  private Path beside(String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  /**
   * Looks where it is to be.
   *
   * @throws ChatException with STORAGE when there is no such folder
   */
  void requireFolder() {
    Path folder = key().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw refused("can't be there: the folder " + folder + " is missing");
    }
  }

  /**
   * Whether a database is still to be made here.
   *
   * @throws ChatException with STORAGE when there is none, but must have been one
   */
  boolean isNew(Optional<Witness.Testimony> witness) {
    if (size(path) > 0) {
      return false;
    }
    String state = Files.exists(path) ? "is empty" : "is missing";
    if (size(beside("-wal")) > 0) {
      throw refused(state + ", but there is " + beside("-wal") + ", which holds a part of it");
    }
    if (witness.isPresent() && !witness.get().isFresh()) {
      throw refused(
          "%s, but held %d commits, says %s: bring it back, or remove both to begin anew"
              .formatted(state, witness.get().number(), witness()));
    }
    if (Files.exists(path) && witness.isEmpty()) {
      throw refused("is empty, as no database ever is: remove it to begin a new one");
    }
    return true;
  }

  /**
   * Looks at the header and the length.
   *
   * @throws ChatException with STORAGE when it isn't a whole database of Talk's
   */
  void requireWhole() {
    if (Files.isDirectory(path)) {
      throw refused("is a folder");
    }
    if (!isOpen()) {
      requireWholeBytes();
    }
  }

  /** Whether it is open in this process. */
  boolean isOpen() {
    return OPEN.containsKey(key());
  }

  private Path key() {
    return path.toAbsolutePath().normalize();
  }

  void opened() {
    OPEN.merge(key(), 1, Integer::sum);
  }

  void closed() {
    OPEN.computeIfPresent(key(), (key, count) -> count == 1 ? null : count - 1);
  }

  private void requireWholeBytes() {
    try (FileChannel file = FileChannel.open(path)) {
      ByteBuffer header = read(file, 0, HEADER);
      if (header.remaining() < HEADER || header.mismatch(MAGIC) < MAGIC.remaining()) {
        throw refused("is no SQLite database, or its beginning is damaged");
      }
      if (header.getInt(APPLICATION_AT) != APPLICATION) {
        throw refused("is another program's database");
      }
      requirePages(file.size(), header);
    } catch (IOException e) {
      throw new ChatException(Code.STORAGE, path + " can't be read", e);
    }
  }

  private void requirePages(long size, ByteBuffer header) throws IOException {
    int raw = header.getShort(PAGE_SIZE_AT) & 0xffff;
    int pageSize = raw == 1 ? 0x10000 : raw;
    if (pageSize < 512 || Integer.bitCount(pageSize) != 1) {
      throw refused("is damaged: its header is wrong");
    }
    int pages = header.getInt(PAGES_AT);
    int there = (int) (size / pageSize);
    if (there < pages && !walHolds(pageSize, there, pages)) {
      throw refused("is cut off: %d of its %d pages are there".formatted(there, pages));
    }
  }

  /** A crash while SQLite copies the {@code -wal} into the file may leave the file too short. */
  private boolean walHolds(int pageSize, int after, int upTo) throws IOException {
    Path wal = beside("-wal");
    if (size(wal) < WAL_HEADER) {
      return false;
    }
    BitSet found = new BitSet();
    try (FileChannel file = FileChannel.open(wal)) {
      long salt = read(file, WAL_SALT_AT, Long.BYTES).getLong();
      long end = file.size() - pageSize - FRAME_HEADER;
      for (long at = WAL_HEADER; at <= end; at += FRAME_HEADER + pageSize) {
        ByteBuffer frame = read(file, at, FRAME_HEADER);
        if (frame.getLong(FRAME_SALT_AT) == salt) {
          found.set(frame.getInt(0) & Integer.MAX_VALUE);
        }
      }
    }
    return found.nextClearBit(after + 1) > upTo;
  }

  private static ByteBuffer read(FileChannel file, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    int count = 0;
    while (count >= 0 && bytes.hasRemaining()) {
      count = file.read(bytes, from + bytes.position());
    }
    return bytes.flip();
  }

  private static long size(Path path) {
    try {
      return Files.exists(path) ? Files.size(path) : 0;
    } catch (IOException e) {
      throw new ChatException(Code.STORAGE, path + " can't be read", e);
    }
  }

  ChatException refused(String why) {
    return new ChatException(Code.STORAGE, path + " " + why);
  }
}
