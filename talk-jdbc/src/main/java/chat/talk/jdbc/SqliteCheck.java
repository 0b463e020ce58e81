package chat.talk.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/**
 * Reads all pages of a SQLite file once, beside all else, to see whether they fit together. It goes
 * from table to table, because what is written meanwhile can't leave the {@code -wal}.
 */
final class SqliteCheck implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteCheck.class);

  /** The first one holds the others' names, and stands for the unused pages, too. */
  private static final String TABLES =
      "SELECT 'sqlite_schema' UNION ALL SELECT name FROM sqlite_schema WHERE type = 'table'";

  private static final String CHECK = "SELECT * FROM pragma_quick_check(?)";

  /** How often something is tried when others are in its way. */
  private static final int TRIES = 100;

  private static final int PAUSE_MILLIS = 100;

  private final String url;
  private final Consumer<String> damaged;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);

  /** What runs, to be interrupted. Guarded by this. */
  private @Nullable Statement running;

  /** Something to ask. */
  private interface Query<T> {
    T ask() throws SQLException;
  }

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
        PreparedStatement check = again(() -> connection.prepareStatement(CHECK))) {
      begin(check);
      for (String table : again(() -> tables(connection))) {
        if (isClosed() || !again(() -> isSound(check, table))) {
          return;
        }
      }
    } catch (SQLException e) {
      tell(e);
    } finally {
      end();
      done.countDown();
    }
  }

  private synchronized void begin(Statement statement) {
    running = statement;
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private <T> T again(Query<T> query) throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        return query.ask();
      } catch (SQLException e) {
        if (Sqlite.code(e) != SQLiteErrorCode.SQLITE_BUSY.code
            || tries == TRIES
            || isClosedSoon()) {
          throw e;
        }
      }
    }
  }

  private boolean isClosedSoon() {
    try {
      return closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(TABLES)) {
      while (result.next()) {
        tables.add(result.getString(1));
      }
    }
    return tables;
  }

  private boolean isSound(PreparedStatement check, String table) throws SQLException {
    check.setString(1, table);
    try (ResultSet result = check.executeQuery()) {
      String found = result.next() ? result.getString(1) : "nothing came of a check";
      boolean isSound = found.equals("ok");
      if (!isSound) {
        damaged.accept(found.strip().replace('\n', ' '));
      }
      return isSound;
    }
  }

  private void tell(SQLException e) {
    if (Sqlite.isDamage(e)) {
      damaged.accept(String.valueOf(e.getMessage()));
    } else if (!isClosed()) {
      LOG.warn("A database could not be checked", e);
    }
  }

  private synchronized void end() {
    running = null;
  }

  /** Ends it, if it still runs, and waits for that. */
  @Override
  public void close() {
    closed.countDown();
    synchronized (this) {
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
