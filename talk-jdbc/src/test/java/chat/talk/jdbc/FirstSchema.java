package chat.talk.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Tables as they were before devices told who let them in. */
final class FirstSchema {
  /** The text of the first migration was another one then, too. */
  static final String[] STATEMENTS = {
    "ALTER TABLE tokens DROP COLUMN let_in_by",
    "DELETE FROM flyway_schema_history WHERE version = '2'",
    "UPDATE flyway_schema_history SET checksum = 7"
  };

  private FirstSchema() {}

  static void bringBack(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : STATEMENTS) {
        statement.execute(sql);
      }
    }
  }
}
