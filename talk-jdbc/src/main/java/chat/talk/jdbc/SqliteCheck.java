package chat.talk.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/** Reads all pages of a SQLite file once, beside all else, to see whether they fit together. */
final class SqliteCheck implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteCheck.class);

  private final String url;
  private final Consumer<String> damaged;
  private final CountDownLatch done = new CountDownLatch(1);

  /** What runs, to be interrupted. Guarded by this. */
  private @Nullable Statement running;

  private boolean closed;

  private SqliteCheck(String url, Consumer<String> damaged) {
    this.url = url;
    this.damaged = damaged;
  }

  /**
   * Begins.
   *
   * @param damaged told once, if there is damage, what it is
   */
  static SqliteCheck start(String url, Consumer<String> damaged) {
    SqliteCheck check = new SqliteCheck(url, damaged);
    Thread thread = new Thread(check::run, "talk-database-check");
    thread.setDaemon(true);
    thread.start();
    return check;
  }

  /** Waits for its end, but not for longer than that. */
  void await(Duration most) {
    try {
      done.await(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      if (begin(statement)) {
        check(statement);
      }
    } catch (SQLException e) {
      tell(e);
    } finally {
      end();
      done.countDown();
    }
  }

  private synchronized boolean begin(Statement statement) {
    running = statement;
    return !closed;
  }

  private void check(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
      String found = result.next() ? result.getString(1) : "nothing came of a check";
      if (!found.equals("ok")) {
        damaged.accept(found.strip().replace('\n', ' '));
      }
    }
  }

  private void tell(SQLException e) {
    int code = e.getErrorCode() & 0xff;
    if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
      damaged.accept(String.valueOf(e.getMessage()));
    } else if (code != SQLiteErrorCode.SQLITE_INTERRUPT.code) {
      LOG.warn("A database could not be checked", e);
    }
  }

  private synchronized void end() {
    running = null;
  }

  /** Ends it, if it still runs, and waits for that. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      if (running != null) {
        try {
          running.cancel();
        } catch (SQLException e) {
          LOG.warn("The check of a database could not be interrupted", e);
        }
      }
    }
    await(Duration.ofSeconds(5));
  }
}
