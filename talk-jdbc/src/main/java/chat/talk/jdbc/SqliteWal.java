package chat.talk.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks SQLite over a connection of its own. Not for several threads. */
final class SqliteWal implements Wal {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteWal.class);

  /** How long nothing can be committed, at most, because somebody reads. */
  private static final int MOMENT_MS = 50;

  /** At the end, when nothing is to be committed any more. */
  private static final int PATIENCE_MS = 3_000;

  /** They read the log as it was, which nobody writes over for so long. */
  private static final Queue<Connection> KEEPING = new ConcurrentLinkedQueue<>();

  private final String url;
  private @Nullable Connection connection;

  SqliteWal(String url) {
    this.url = url;
  }

  @Override
  public State state() throws SQLException {
    return ask("NOOP");
  }

  @Override
  public State move() throws SQLException {
    return ask("PASSIVE");
  }

  @Override
  public State beginAnew() throws SQLException {
    return ask("RESTART");
  }

  @Override
  public State empty() throws SQLException {
    try (Statement statement = connection().createStatement()) {
      statement.execute("PRAGMA busy_timeout = " + PATIENCE_MS);
    }
    return ask("TRUNCATE");
  }

  private State ask(String mode) throws SQLException {
    try (Statement statement = connection().createStatement();
        ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      return new State(result.getInt(1) != 0, result.getLong(2), result.getLong(3));
    }
  }

  private Connection connection() throws SQLException {
    if (connection == null) {
      Properties settings = new Properties();
      settings.setProperty("synchronous", "FULL");
      settings.setProperty("busy_timeout", String.valueOf(MOMENT_MS));
      connection = DriverManager.getConnection(url, settings);
    }
    return connection;
  }

  @Override
  public void keep() throws SQLException {
    KEEPING.add(reading(url));
  }

  /** A connection that reads the log as it is now, until it is closed. */
  static Connection reading(String url) throws SQLException {
    Connection reading = DriverManager.getConnection(url);
    try (Statement statement = reading.createStatement()) {
      reading.setAutoCommit(false);
      statement.executeQuery("SELECT number FROM commits").close();
      return reading;
    } catch (SQLException e) {
      reading.close();
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      LOG.warn("A connection to a database can't be closed", e);
    }
    connection = null;
  }
}
