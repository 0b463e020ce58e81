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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.annotations.Nullable;

/** The bytes of files in a backup: a blob is cut into parts, each a row. */
final class BackupBlobs {
  private static final int PART = 1 << 20;

  private static final String MAKE =
      """
      CREATE TABLE blobs (
        digest TEXT NOT NULL,
        part INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (digest, part)
      ) STRICT""";

  private static final String WANTED = "SELECT DISTINCT digest, size FROM files ORDER BY digest";
  private static final String ADD = "INSERT INTO blobs (digest, part, bytes) VALUES (?, ?, ?)";
  private static final String ALL = "SELECT digest, bytes FROM blobs ORDER BY digest, part";

  private BackupBlobs() {}

  static void makeTable(SoleConnection to) {
    to.execute(MAKE);
  }

  /** The blobs that the files in a backup refer to. */
  static List<Blob> wanted(SoleConnection file) {
    return file.query(WANTED, row -> row.parse("files", BackupBlobs::blobs));
  }

  private static List<Blob> blobs(Row row) throws SQLException {
    List<Blob> blobs = new ArrayList<>();
    while (row.next()) {
      blobs.add(new Blob(Digest.of(row.text()), row.number()));
    }
    return blobs;
  }

  /** Puts a blob into a backup, out of a folder that a hub may have open. */
  static void save(Path folder, Blob blob, SoleConnection to) {
    Path path = BlobFolder.file(folder, blob.digest());
    try (FileChannel from =
        FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      save(from, blob, path, to);
    } catch (NoSuchFileException e) {
      throw new ChatException(Code.STORAGE, path + ": a file that is referred to is missing", e);
    } catch (IOException e) {
      throw FileFailure.of(path, e);
    }
  }

  private static void save(FileChannel from, Blob blob, Path path, SoleConnection to)
      throws IOException {
    Digest.Sum hash = new Digest.Sum();
    long size = 0;
    int part = 0;
    ByteBuffer buffer = ByteBuffer.allocate(PART);
    while (fill(buffer, from) || part == 0) {
      hash.add(buffer);
      size += buffer.remaining();
      add(blob.digest(), part++, buffer, to);
    }
    if (size != blob.size() || !hash.digest().equals(blob.digest())) {
      throw new ChatException(Code.STORAGE, path + ": it is damaged");
    }
  }

  /** Returns false at the end. */
  private static boolean fill(ByteBuffer buffer, FileChannel from) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining() && from.read(buffer) >= 0) {
      // Reads on.
    }
    return buffer.flip().hasRemaining();
  }

  private static void add(Digest digest, int part, ByteBuffer bytes, SoleConnection to) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    to.run(
        () -> {
          PreparedStatement statement = to.statements().prepare(ADD);
          statement.setString(1, digest.value());
          statement.setInt(2, part);
          statement.setBytes(3, copy);
          return statement.executeUpdate();
        });
  }

  /**
   * Puts all blobs of a backup into a store.
   *
   * @throws ChatException with STORAGE when they are not those that were saved
   */
  static void restore(SoleConnection from, BlobStore store) {
    try (Unpacking unpacking = new Unpacking(from, store)) {
      from.run(
          () -> {
            try (ResultSet parts = from.statements().prepare(ALL).executeQuery()) {
              while (parts.next()) {
                unpacking.add(Digest.of(parts.getString(1)), parts.getBytes(2));
              }
              return null;
            }
          });
      unpacking.finish();
    }
  }

  /** Makes blobs of parts. */
  private static final class Unpacking implements AutoCloseable {
    private final SoleConnection from;
    private final BlobStore store;
    private @Nullable Digest digest;
    private @Nullable BlobStore.Upload upload;

    Unpacking(SoleConnection from, BlobStore store) {
      this.from = from;
      this.store = store;
    }

    void add(Digest next, byte[] bytes) {
      if (!next.equals(digest)) {
        finish();
        digest = next;
        upload = store.upload();
      }
      upload.write(ByteBuffer.wrap(bytes));
    }

    void finish() {
      if (upload != null && !upload.finish().digest().equals(digest)) {
        throw new ChatException(Code.STORAGE, from + ": it is damaged: the file " + digest);
      }
      upload = null;
    }

    @Override
    public void close() {
      if (upload != null) {
        upload.close();
      }
    }
  }
}
