package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.RegistryStore;
import chat.talk.Storage;
import chat.talk.jdbc.FileLocks.Hold;
import chat.talk.jdbc.FileLocks.Use;
import chat.talk.room.BlobStore;
import chat.talk.room.HubStorage;
import java.nio.file.Path;
import java.time.Duration;
import org.jetbrains.annotations.Nullable;

/**
 * A SQL database that holds what Talk keeps: a SQLite file, or a MariaDB, MySQL or PostgreSQL
 * database. Its tables are made, or brought up to date, when it is opened.
 *
 * <pre>{@code
 * try (Database database = Database.open("talk.db");
 *     Hub hub = HubEngine.builder(database.storage()).open()) {
 *   …
 * }
 * }</pre>
 *
 * <p>Close the hub first, as here, and the database after it. One hub at a time may use a database;
 * registries, and what only reads, may share it. For any number of threads.
 */
public final class Database implements AutoCloseable {
  private final Pool pool;

  /** The file of SQLite. */
  private final @Nullable Path file;

  private final Hold use;
  private final RegistryStore registry;

  /** Guarded by this, as is what follows. */
  private @Nullable JdbcStorage storage;

  private @Nullable Hold hub;

  private Database(Pool pool, @Nullable Path file, Hold use) {
    this.pool = pool;
    this.file = file;
    this.use = use;
    this.registry = new JdbcRegistryStore(pool);
  }

  static Database open(DatabaseBuilder builder) {
    return open(builder, Dialect.of(builder.urlOrPath));
  }

  static Database open(DatabaseBuilder builder, Dialect dialect) {
    Path file = dialect.file();
    Hold use = file == null ? Hold.NOTHING : FileLocks.take(file, Use.OPEN);
    try {
      return new Database(connect(builder, dialect, file), file, use);
    } catch (RuntimeException | Error e) {
      use.close();
      throw e;
    }
  }

  private static Pool connect(DatabaseBuilder builder, Dialect dialect, @Nullable Path file) {
    if (builder.existing && file != null) {
      SoleConnection.requireFile(file);
    }
    Pool pool = Pool.open(dialect, builder);
    try {
      if (file != null) {
        pool.read(BackupFile::requireNone);
      }
      pool.guard().beforeMigrating(pool);
      if (builder.existing) {
        Schema.requireLatest(dialect, pool.dataSource());
      } else {
        Schema.migrate(dialect, pool.dataSource());
      }
      pool.guard().afterMigrating(pool);
      return pool;
    } catch (RuntimeException | Error e) {
      pool.close();
      throw e;
    }
  }

  /**
   * Opens a database as it is by default.
   *
   * @param urlOrPath a JDBC URL, or the path of a SQLite file, which is made when it is not there
   * @return the open database
   * @throws ChatException as {@link DatabaseBuilder#open()} says
   */
  public static Database open(String urlOrPath) {
    return builder(urlOrPath).open();
  }

  /**
   * Begins to set one up.
   *
   * @param urlOrPath a JDBC URL, or the path of a SQLite file, which is made when it is not there
   * @return a builder
   */
  public static DatabaseBuilder builder(String urlOrPath) {
    return new DatabaseBuilder(urlOrPath);
  }

  /**
   * What a hub, or a peer, keeps here. It is for one alone: as long as this database is open, a
   * file of SQLite is refused to any other hub, in other processes too. Two hubs must not share a
   * server's database either, but that is not noticed.
   *
   * @return the storage, the same at each call
   * @throws ChatException with {@link Code#STORAGE} when another hub has the file
   */
  public synchronized HubStorage storage() {
    if (storage == null) {
      Hold taken = file == null ? Hold.NOTHING : FileLocks.take(file, Use.HUB);
      try {
        pool.guard().beforeHub(pool);
        storage = new JdbcStorage(pool);
        hub = taken;
      } catch (RuntimeException | Error e) {
        taken.close();
        throw e;
      }
    }
    return storage;
  }

  /**
   * What was said here so far, to be read while a hub may go on. What is appended later isn't seen;
   * nothing can be written.
   *
   * @return a storage that refuses to append with {@link Code#FORBIDDEN}
   */
  public Storage history() {
    return new History(new JdbcStorage(pool));
  }

  /**
   * What a registry keeps here. Several registries, also in processes of their own, may share it.
   *
   * @return the store, the same at each call
   */
  public RegistryStore registry() {
    return registry;
  }

  /**
   * Deletes the blobs that no file of this database refers to: {@link BlobStore#sweep}. Blocks, the
   * longer the more blobs there are.
   *
   * @param blobs where the files' bytes are; of this database alone
   * @param minAge how long ago a blob must have been uploaded to go
   * @return how many bytes there is room for again
   * @throws ChatException as {@link BlobStore#sweep} says, and with {@link Code#STORAGE} when the
   *     database can't be asked
   */
  public long sweep(BlobStore blobs, Duration minAge) {
    return blobs.sweep(minAge, digest -> Facts.refersTo(pool, digest));
  }

  Pool pool() {
    return pool;
  }

  @Nullable
  Path file() {
    return file;
  }

  /** Ends what is under way, and lets go of all connections; the storage is closed as well. */
  @Override
  public synchronized void close() {
    if (storage != null) {
      storage.close();
    }
    pool.close();
    if (hub != null) {
      hub.close();
    }
    use.close();
  }
}
