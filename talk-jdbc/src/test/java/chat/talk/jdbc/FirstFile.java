package chat.talk.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** SQLite files as the first programs made them: entries lie by chat and place. */
final class FirstFile {
  private static final String TABLE =
      "SELECT sql || ', WITHOUT ROWID' FROM sqlite_schema WHERE name = 'entries'";

  private static final String INDEXES =
      "SELECT sql FROM sqlite_schema"
          + " WHERE type = 'index' AND tbl_name = 'entries' AND sql IS NOT NULL";

  private FirstFile() {}

  /** Lays a new file, which nobody has open, as the first programs would have laid it. */
  static void bringBack(Path file) throws SQLException {
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      FirstSchema.bringBack(connection);
      List<String> laying = new ArrayList<>();
      laying.add("CREATE TEMPORARY TABLE kept AS SELECT * FROM entries");
      laying.add("DROP TABLE entries");
      laying.addAll(texts(statement, TABLE));
      laying.addAll(texts(statement, INDEXES));
      laying.add("INSERT INTO entries SELECT * FROM kept");
      for (String sql : laying) {
        statement.execute(sql);
      }
      connection.commit();
    }
  }

  private static List<String> texts(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (result.next()) {
        texts.add(result.getString(1));
      }
      return texts;
    }
  }

  /** Whether entries lie in it as they did first. */
  static boolean is(Path file) throws SQLException {
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT wr FROM pragma_table_list('entries')")) {
      return result.getBoolean("wr");
    }
  }

  private static Connection connect(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }
}
