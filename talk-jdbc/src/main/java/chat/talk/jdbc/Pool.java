package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.jdbc.Dialect.Trouble;
import chat.talk.jdbc.Statements.Work;
import chat.talk.room.HubStorage.Usage;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to a database: one that writes, a transaction at a time, and several that read.
 * What fails for a passing reason is tried again here; while the database is away, everything fails
 * at once.
 */
final class Pool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pool.class);

  /** One connection writes; Flyway takes another one besides. */
  private static final int MIGRATING = 2;

  /** How long to wait for a sign that a connection works, unless patience is less. */
  private static final long VALIDATION_MS = 2_000;

  private static final long MIN_TIMEOUT_MS = 1_000;

  /** Changes nothing; fails where nothing can be changed. */
  private static final String TOUCH = "UPDATE registrations SET revision = 0 WHERE name = ''";

  private final Dialect dialect;
  private final Guard guard;
  private final HikariDataSource writers;
  private final HikariDataSource readers;
  private final Prepared prepared;
  private final Absence absence = new Absence(this::isThere);
  private final Writer writer;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Pool(
      Dialect dialect,
      Guard guard,
      DatabaseBuilder options,
      HikariDataSource writers,
      HikariDataSource readers) {
    this.dialect = dialect;
    this.guard = guard;
    this.writers = writers;
    this.readers = readers;
    this.prepared = new Prepared(dialect);
    this.writer = new Writer(dialect, guard, writers, prepared, absence, options.patience);
  }

  /** Looks at what is there, and connects. */
  static Pool open(Dialect dialect, DatabaseBuilder options) {
    Guard guard = dialect.guard();
    guard.beforeConnecting();
    HikariDataSource writers = null;
    HikariDataSource readers = null;
    Pool pool = null;
    try {
      writers = connect(dialect, options, true);
      readers = connect(dialect, options, false);
      pool = new Pool(dialect, guard, options, writers, readers);
      return pool;
    } catch (HikariPool.PoolInitializationException e) {
      throw unreachable(dialect, options, e);
    } finally {
      if (pool == null) {
        closeAll(readers, writers, guard);
      }
    }
  }

  private static ChatException unreachable(
      Dialect dialect, DatabaseBuilder options, HikariPool.PoolInitializationException e) {
    Throwable why = e.getCause();
    String message = dialect.unreachable(why, options.user) + ": " + why.getMessage();
    return new ChatException(Code.STORAGE, dialect.name() + " " + message, e);
  }

  private static HikariDataSource connect(
      Dialect dialect, DatabaseBuilder options, boolean forWriting) {
    HikariConfig config = dialect.pool(forWriting);
    config.setPoolName(forWriting ? "talk-write" : "talk-read");
    config.setMaximumPoolSize(forWriting ? MIGRATING : options.readers);
    config.setMinimumIdle(forWriting ? 1 : options.readers);
    config.setAutoCommit(!forWriting);
    long timeout = Math.max(MIN_TIMEOUT_MS, options.patience.toMillis());
    config.setConnectionTimeout(timeout);
    config.setValidationTimeout(Math.min(VALIDATION_MS, timeout));
    if (options.user != null) {
      config.setUsername(options.user);
    }
    if (options.password != null) {
      config.setPassword(options.password);
    }
    return new HikariDataSource(config);
  }

  Dialect dialect() {
    return dialect;
  }

  Guard guard() {
    return guard;
  }

  DataSource dataSource() {
    return writers;
  }

  /** Reads everything as it is at one moment. */
  <T> T readSnapshot(Work<T> work) {
    return read(
        statements -> {
          Connection connection = statements.connection();
          dialect.beginSnapshot(connection);
          try {
            return work.with(statements);
          } finally {
            connection.rollback();
            connection.setAutoCommit(true);
          }
        });
  }

  /** Reads, each statement by itself. */
  <T> T read(Work<T> work) {
    try {
      return readOnce(work);
    } catch (SQLException e) {
      Trouble trouble = troubleOfReading(e);
      if (trouble == Trouble.AWAY) {
        // When one connection is gone, the others may be, too, though the server is there again.
        readers.getHikariPoolMXBean().softEvictConnections();
      } else if (trouble != Trouble.PASSING) {
        throw failure(trouble, e);
      }
    }
    try {
      return readOnce(work);
    } catch (SQLException e) {
      Trouble trouble = troubleOfReading(e);
      if (trouble == Trouble.AWAY) {
        absence.begin();
      }
      throw failure(trouble, e);
    }
  }

  private <T> T readOnce(Work<T> work) throws SQLException {
    requireOpen();
    absence.require();
    try (Connection connection = readers.getConnection()) {
      return use(connection, work);
    }
  }

  /** A connection that has failed in any way isn't used again. */
  private <T> T use(Connection connection, Work<T> work) throws SQLException {
    boolean works = false;
    try {
      T result = work.with(prepared.of(connection));
      works = true;
      return result;
    } catch (ChatException e) {
      works = true;
      throw e;
    } finally {
      if (!works) {
        readers.evictConnection(connection);
      }
    }
  }

  private Trouble troubleOfReading(SQLException e) {
    requireOpen();
    if (isAboutWaiting(e)) {
      throw new ChatException(
          Code.OVERLOADED, "too much is being read: no connection was free in time", e);
    }
    return dialect.trouble(e);
  }

  /** A pool that can't connect says why; one whose connections are all in use doesn't. */
  private static boolean isAboutWaiting(SQLException e) {
    return e instanceof SQLTransientConnectionException && e.getCause() == null;
  }

  private ChatException failure(Trouble trouble, SQLException e) {
    if (trouble == Trouble.CORRUPT) {
      guard.damaged(String.valueOf(e.getMessage()));
    }
    return trouble.failure(dialect, e);
  }

  /**
   * Writes in one transaction. The work is done again when it failed for a passing reason, also
   * when it isn't known whether the transaction was made.
   *
   * @throws ChatException with STORAGE when nothing was changed, TIMED_OUT when that isn't known
   */
  <T> T write(Work<T> work) {
    return writer.write(work);
  }

  /** Whether it answers, and can be written: a server may only read while another takes over. */
  private boolean isThere() {
    readers.getHikariPoolMXBean().softEvictConnections();
    try (Connection reading = readers.getConnection();
        Connection connection = writers.getConnection()) {
      new Statements(connection, dialect).update(TOUCH, nothing -> {});
      return reading.isValid(1);
    } catch (SQLException e) {
      return closed.get() || dialect.trouble(e) != Trouble.AWAY;
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new ChatException(Code.CLOSED, "the database is closed");
    }
  }

  /** What is in use. */
  Usage usage() {
    int inUse = writer.isWriting() ? 1 : 0;
    if (!closed.get()) {
      inUse += readers.getHikariPoolMXBean().getActiveConnections();
    }
    return new Usage(inUse, readers.getMaximumPoolSize() + 1);
  }

  /** Waits a while for what is under way, then breaks it off. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      closeAll(absence, writer, readers, writers, guard);
    }
  }

  /** In this order, each one whatever becomes of the others. */
  private static void closeAll(@Nullable AutoCloseable... all) {
    for (AutoCloseable one : all) {
      try {
        if (one != null) {
          one.close();
        }
      } catch (Exception e) {
        LOG.warn("A part of a database can't be closed", e);
      }
    }
  }
}
