package chat.talk.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Tables as they were before devices told who let them in. */
final class FirstSchema {
  /** The text of the first migration was another one then, too. */
  private static final String[] STATEMENTS = {
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

  /** A backup knows a checksum over the columns that there were. */
  static void bringBackupBack(Connection backup) throws SQLException {
    bringBack(backup);
    Tally tally = new Tally();
    try (Statement statement = backup.createStatement()) {
      try (ResultSet tokens =
          statement.executeQuery("SELECT device, owner, digest, since FROM tokens")) {
        while (tokens.next()) {
          tally.add(
              new Object[] {
                tokens.getString(1), tokens.getString(2), tokens.getString(3), tokens.getLong(4)
              });
        }
      }
      long checksum = tally.total().checksum();
      statement.execute(
          "UPDATE backup_tables SET checksum = " + checksum + " WHERE name = 'tokens'");
    }
  }

  /** What is left of a dump. */
  static List<String> dump(List<String> lines) {
    return lines.stream()
        .map(line -> line.replaceAll("let_in_by=[^|]+", "let_in_by=null"))
        .toList();
  }
}
