package chat.talk.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * A connection with its prepared statements, each made once. To be used by one thread at a time.
 */
final class Statements {
  private final Connection connection;
  private final Dialect dialect;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Statements(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /** Something to do with a connection. */
  @FunctionalInterface
  interface Work<T> {
    T with(Statements statements) throws SQLException;
  }

  /** Sets parameters. */
  @FunctionalInterface
  interface Binder {
    void bind(Parameters parameters) throws SQLException;
  }

  /** Reads a result, of which the first row is still to come. */
  @FunctionalInterface
  interface Reading<T> {
    T of(Row row) throws SQLException;
  }

  Dialect dialect() {
    return dialect;
  }

  Connection connection() {
    return connection;
  }

  boolean areClosed() {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  /** The statement, which must not be closed. */
  PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement known = prepared.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      prepared.put(sql, known);
    }
    return known;
  }

  <T> T query(String sql, Binder binder, Reading<T> reading) throws SQLException {
    PreparedStatement statement = prepare(sql);
    binder.bind(new Parameters(statement, dialect));
    try (ResultSet result = statement.executeQuery()) {
      return reading.of(new Row(result, dialect));
    }
  }

  /** Returns how many rows were changed. */
  int update(String sql, Binder binder) throws SQLException {
    PreparedStatement statement = prepare(sql);
    binder.bind(new Parameters(statement, dialect));
    return statement.executeUpdate();
  }

  /** The binder ends each row with {@link Parameters#addBatch}. */
  void batch(String sql, Binder binder) throws SQLException {
    PreparedStatement statement = prepare(sql);
    try {
      binder.bind(new Parameters(statement, dialect));
      statement.executeBatch();
    } finally {
      statement.clearBatch();
    }
  }
}
