package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.RegistryStore;
import chat.talk.room.BlobStore;
import chat.talk.room.Digest;
import chat.talk.room.HubStorage;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A SQL database that holds what Talk keeps: a SQLite file, or a MariaDB, MySQL or PostgreSQL
 * database. Its tables are made, or brought up to date, when it is opened. For many threads.
 */
public final class Database implements AutoCloseable {
  private static final String IS_REFERENCED = "SELECT 1 FROM files WHERE digest = ? LIMIT 1";

  private final Pool pool;
  private final JdbcStorage storage;
  private final RegistryStore registry;

  Database(DatabaseBuilder builder) {
    Dialect dialect = Dialect.of(builder.urlOrPath);
    pool = Pool.open(dialect, builder);
    try {
      pool.guard().inspect(pool);
      Schema.migrate(dialect, pool.dataSource());
      pool.guard().begin(pool);
      storage = new JdbcStorage(pool);
      registry = new JdbcRegistryStore(pool);
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
   * What a hub, or a peer, keeps here.
   *
   * @return the storage, the same at each call
   */
  public HubStorage storage() {
    return storage;
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
    return blobs.sweep(minAge, digest -> pool.read(statements -> isReferenced(statements, digest)));
  }

  private static boolean isReferenced(Statements statements, Digest digest) throws SQLException {
    return statements.query(
        IS_REFERENCED, parameters -> parameters.text(digest.value()), Row::next);
  }

  /** Ends what is under way, and lets go of all connections; the storage is closed as well. */
  @Override
  public void close() {
    storage.close();
    pool.close();
  }
}
