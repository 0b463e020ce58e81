package chat.talk.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The prepared statements of connections, which outlive their time out of a pool. */
final class Prepared {
  private final Dialect dialect;

  /** Guarded by this. */
  private final Map<Connection, Statements> byConnection = new HashMap<>();

  Prepared(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Those of the connection itself that a pool has lent. */
  synchronized Statements of(Connection pooled) throws SQLException {
    Connection connection = pooled.unwrap(Connection.class);
    Statements known = byConnection.get(connection);
    if (known == null) {
      byConnection.values().removeIf(Statements::areClosed);
      known = new Statements(connection, dialect);
      byConnection.put(connection, known);
    }
    return known;
  }
}
