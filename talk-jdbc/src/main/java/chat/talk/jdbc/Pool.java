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
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jetbrains.annotations.Nullable;

/**
 * The connections to a database: one that writes, a transaction at a time, and several that read.
 * What fails for a passing reason is tried again here; while the database is away, everything fails
 * at once.
 */
final class Pool implements AutoCloseable {
  /** How often something is tried when others are in its way. */
  private static final int TRIES = 10;

  /** Between two tries. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** One connection writes; Flyway takes another one besides. */
  private static final int MIGRATING = 2;

  private final Dialect dialect;
  private final Guard guard;
  private final Duration patience;
  private final HikariDataSource writers;
  private final HikariDataSource readers;
  private final Absence absence;

  /** Held while something is written. */
  private final ReentrantLock writing = new ReentrantLock();

  /** The connection that writes, kept for as long as it works. Guarded by {@link #writing}. */
  private @Nullable Connection writer;

  /** By the connections that the pools hold. Guarded by itself. */
  private final Map<Connection, Statements> statements = new HashMap<>();

  private volatile boolean closed;

  private Pool(Dialect dialect, Guard guard, DatabaseBuilder options) {
    this.dialect = dialect;
    this.guard = guard;
    this.patience = options.patience;
    this.writers = connect(options, true);
    this.readers = connect(options, false);
    this.absence = new Absence(this::isThere);
  }

  /** Looks at what is there, and connects. */
  static Pool open(Dialect dialect, DatabaseBuilder options) {
    Guard guard = dialect.guard();
    guard.beforeConnecting();
    try {
      return new Pool(dialect, guard, options);
    } catch (HikariPool.PoolInitializationException e) {
      guard.close();
      throw new ChatException(Code.STORAGE, dialect.name() + unreachable(dialect, e.getCause()), e);
    }
  }

  private static String unreachable(Dialect dialect, Throwable why) {
    boolean isDamaged = why instanceof SQLException e && dialect.trouble(e) == Trouble.CORRUPT;
    return (isDamaged ? " is damaged: " : " can't be reached: ") + why.getMessage();
  }

  private HikariDataSource connect(DatabaseBuilder options, boolean forWriting) {
    HikariConfig config = dialect.pool(forWriting);
    config.setPoolName(forWriting ? "talk-write" : "talk-read");
    config.setMaximumPoolSize(forWriting ? MIGRATING : options.readers);
    config.setMinimumIdle(forWriting ? 1 : options.readers);
    config.setAutoCommit(!forWriting);
    config.setConnectionTimeout(Math.max(1_000, patience.toMillis()));
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

  /** Reads, each statement by itself. */
  <T> T read(Work<T> work) {
    return read(work, false);
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
        },
        false);
  }

  private <T> T read(Work<T> work, boolean again) {
    requireOpen();
    absence.require();
    SQLException failure;
    try (Connection connection = readers.getConnection()) {
      try {
        return work.with(statements(connection));
      } catch (SQLException e) {
        readers.evictConnection(connection);
        failure = e;
      }
    } catch (SQLException e) {
      failure = e;
    }
    return readAgain(work, again, failure);
  }

  private <T> T readAgain(Work<T> work, boolean again, SQLException failure) {
    requireOpen();
    if (isAboutWaiting(failure)) {
      throw new ChatException(
          Code.OVERLOADED, "too much is being read: no connection was free in time", failure);
    }
    Trouble trouble = dialect.trouble(failure);
    boolean passes = trouble == Trouble.PASSING || trouble == Trouble.AWAY;
    if (passes && !again) {
      if (trouble == Trouble.AWAY) {
        // When one connection is gone, the others may be, too, though the server is there again.
        readers.getHikariPoolMXBean().softEvictConnections();
      }
      return read(work, true);
    }
    if (trouble == Trouble.AWAY) {
      absence.begin();
    }
    throw failure(trouble, failure);
  }

  /** A pool that can't connect says why; one whose connections are all in use doesn't. */
  private static boolean isAboutWaiting(SQLException e) {
    return e instanceof SQLTransientConnectionException && e.getCause() == null;
  }

  /**
   * Writes in one transaction. The work is done again when it failed for a passing reason, also
   * when it isn't known whether the transaction was made.
   *
   * @throws ChatException with STORAGE when nothing was changed, TIMED_OUT when that isn't known
   */
  <T> T write(Work<T> work) {
    writing.lock();
    try {
      return new Attempt<>(work).run();
    } finally {
      writing.unlock();
    }
  }

  /** One transaction, tried as often as makes sense. */
  private final class Attempt<T> {
    private final Work<T> work;
    private final long deadline = System.nanoTime() + patience.toNanos();
    private int tries;
    private boolean unknown;

    Attempt(Work<T> work) {
      this.work = work;
    }

    T run() {
      while (true) {
        requireOpen();
        boolean committing = false;
        try {
          if (!unknown) {
            absence.require();
          }
          guard.requireSound();
          Statements statements = writer();
          guard.countCommit(statements);
          T result = work.with(statements);
          committing = true;
          statements.connection().commit();
          guard.committed();
          return result;
        } catch (SQLException e) {
          recover(e, committing);
        } catch (RuntimeException | Error e) {
          rollBack();
          throw e;
        }
      }
    }

    /** Returns when it is worth another try. */
    private void recover(SQLException e, boolean committing) {
      Trouble trouble = dialect.trouble(e);
      unknown |= committing && trouble.leavesCommitUnknown();
      if (trouble == Trouble.AWAY) {
        drop();
        absence.begin();
      } else {
        rollBack();
      }
      if (!isWorthIt(trouble)) {
        throw unknown ? unknown(e) : failure(trouble, e);
      }
    }

    private boolean isWorthIt(Trouble trouble) {
      tries++;
      if (trouble == Trouble.AWAY) {
        return absence.awaitEnd(deadline);
      }
      if (trouble == Trouble.PASSING) {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
      return tries < TRIES && (trouble == Trouble.PASSING || trouble == Trouble.REPEAT);
    }
  }

  private Statements writer() throws SQLException {
    if (writer == null) {
      writer = writers.getConnection();
    }
    return statements(writer);
  }

  private void rollBack() {
    try {
      if (writer != null) {
        writer.unwrap(Connection.class).rollback();
      }
    } catch (SQLException e) {
      drop();
    }
  }

  private void drop() {
    if (writer != null) {
      writers.evictConnection(writer);
      writer = null;
    }
  }

  /** Those of the connection itself, which outlive its time out of the pool. */
  private Statements statements(Connection pooled) throws SQLException {
    Connection connection = pooled.unwrap(Connection.class);
    synchronized (statements) {
      Statements known = statements.get(connection);
      if (known == null) {
        statements.values().removeIf(Statements::areClosed);
        known = new Statements(connection, dialect);
        statements.put(connection, known);
      }
      return known;
    }
  }

  private boolean isThere() {
    try (Connection connection = readers.getConnection()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return closed;
    }
  }

  private ChatException failure(Trouble trouble, SQLException e) {
    if (trouble == Trouble.CORRUPT) {
      guard.damaged(String.valueOf(e.getMessage()));
    }
    return new ChatException(Code.STORAGE, dialect.name() + ": " + trouble.text(), e);
  }

  private ChatException unknown(SQLException e) {
    return new ChatException(
        Code.TIMED_OUT, dialect.name() + " did not say whether it has stored something", e);
  }

  private void requireOpen() {
    if (closed) {
      throw new ChatException(Code.CLOSED, "the database is closed");
    }
  }

  /** What is in use. */
  Usage usage() {
    int inUse = writing.isLocked() ? 1 : 0;
    if (!closed) {
      inUse += readers.getHikariPoolMXBean().getActiveConnections();
    }
    return new Usage(inUse, readers.getMaximumPoolSize() + 1);
  }

  @Override
  public void close() {
    closed = true;
    absence.close();
    writing.lock();
    try {
      drop();
    } finally {
      writing.unlock();
    }
    readers.close();
    writers.close();
    guard.close();
  }
}
