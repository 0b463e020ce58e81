package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.jdbc.Dialect.Trouble;
import chat.talk.jdbc.Statements.Work;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one connection that writes, a transaction at a time. */
final class Writer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

  /** How often something is tried when others are in its way. */
  private static final int TRIES = 10;

  /** Between two tries. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** A connection that was not in use for so long may be gone without a sign of it. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  /** How long closing waits for a transaction that is under way. */
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Dialect dialect;
  private final Guard guard;
  private final HikariDataSource pool;
  private final Prepared prepared;
  private final Absence absence;
  private final Duration patience;

  /** Held while something is written. */
  private final ReentrantLock writing = new ReentrantLock();

  /** Kept for as long as it works. Guarded by {@link #writing}. */
  private @Nullable Connection connection;

  /** When it was, by {@link System#nanoTime()}. Guarded by {@link #writing}. */
  private long used;

  private volatile boolean closed;

  Writer(
      Dialect dialect,
      Guard guard,
      HikariDataSource pool,
      Prepared prepared,
      Absence absence,
      Duration patience) {
    this.dialect = dialect;
    this.guard = guard;
    this.pool = pool;
    this.prepared = prepared;
    this.absence = absence;
    this.patience = patience;
  }

  /** As {@link Pool#write} says. */
  <T> T write(Work<T> work) {
    writing.lock();
    try {
      return new Attempt<>(work).run();
    } finally {
      used = System.nanoTime();
      writing.unlock();
    }
  }

  boolean isWriting() {
    return writing.isLocked();
  }

  /** One transaction, tried as often as makes sense. */
  private final class Attempt<T> {
    private final Work<T> work;
    private final long deadline = System.nanoTime() + patience.toNanos();
    private int tries;
    private boolean committing;

    /** Whether an earlier try may have been committed. */
    private boolean unknown;

    Attempt(Work<T> work) {
      this.work = work;
    }

    T run() {
      while (true) {
        committing = false;
        try {
          return once();
        } catch (SQLException e) {
          recover(e);
        } catch (ChatException e) {
          rollBack();
          throw unknown ? unknown(e) : e;
        } catch (RuntimeException | Error e) {
          rollBackAndDrop();
          if (unknown || committing) {
            throw unknown(e);
          }
          throw e;
        }
      }
    }

    private T once() throws SQLException {
      requireOpen();
      if (!unknown) {
        absence.require();
      }
      guard.requireSound();
      Statements statements = statements();
      guard.countCommit(statements);
      T result = work.with(statements);
      committing = true;
      statements.connection().commit();
      guard.committed();
      return result;
    }

    /** Returns when it is worth another try. */
    private void recover(SQLException e) {
      Trouble trouble = dialect.trouble(e);
      unknown |= committing && trouble.leavesCommitUnknown();
      letGo(trouble);
      if (trouble == Trouble.CORRUPT) {
        guard.damaged(String.valueOf(e.getMessage()));
      }
      if (!isWorthIt(trouble)) {
        throw unknown ? unknown(e) : trouble.failure(dialect, e);
      }
    }

    private boolean isWorthIt(Trouble trouble) {
      tries++;
      if (trouble == Trouble.AWAY) {
        return isBack();
      }
      if (trouble == Trouble.PASSING) {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
      return tries < TRIES && (trouble == Trouble.PASSING || trouble == Trouble.REPEAT);
    }

    /** The first time, it may be this connection alone that is gone: another one is tried. */
    private boolean isBack() {
      if (tries == 1) {
        return true;
      }
      absence.begin();
      return absence.awaitEnd(deadline);
    }
  }

  private ChatException unknown(Throwable e) {
    return new ChatException(
        Code.TIMED_OUT, dialect.name() + " did not say whether it has stored something", e);
  }

  private void requireOpen() {
    if (closed) {
      throw new ChatException(Code.CLOSED, "the database is closed");
    }
  }

  private Statements statements() throws SQLException {
    if (connection != null && System.nanoTime() - used > IDLE.toNanos()) {
      giveBack();
    }
    if (connection == null) {
      connection = pool.getConnection();
    }
    return prepared.of(connection);
  }

  /** The pool looks whether it still works before it lends it again. */
  private void giveBack() throws SQLException {
    Connection idle = connection;
    connection = null;
    if (idle != null) {
      idle.close();
    }
  }

  private void letGo(Trouble trouble) {
    switch (trouble) {
      case AWAY -> {
        drop();
        pool.getHikariPoolMXBean().softEvictConnections();
      }
      case CORRUPT, OTHER -> rollBackAndDrop();
      default -> rollBack();
    }
  }

  private void rollBackAndDrop() {
    try {
      rollBack();
    } finally {
      drop();
    }
  }

  private void rollBack() {
    try {
      if (connection != null) {
        connection.unwrap(Connection.class).rollback();
      }
    } catch (SQLException | RuntimeException e) {
      drop();
    }
  }

  private void drop() {
    if (connection != null) {
      pool.evictConnection(connection);
      connection = null;
    }
  }

  /**
   * Waits a while for what is under way; the pool breaks it off after that. The connection is the
   * pool's to close: HikariCP fills up for one that was evicted under the lock that it holds while
   * it is shut down, and waits for that for 10 s.
   */
  @Override
  public void close() {
    closed = true;
    try {
      if (writing.tryLock(CLOSING.toNanos(), TimeUnit.NANOSECONDS)) {
        leave();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void leave() {
    try {
      giveBack();
    } catch (SQLException e) {
      LOG.debug("The pool was given back a connection that doesn't work", e);
    } finally {
      writing.unlock();
    }
  }
}
