package chat.talk.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/** SQLite files as the first programs made them: entries lie by chat and place. */
final class FirstFile {
  private static final String SCRIPT = "first-sqlite.sql";

  private static final String[] VIEWS = {"unread", "audit", "messages"};

  private FirstFile() {}

  static void make(Path file) {
    SoleConnection.makeTables(file);
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      FirstSchema.bringBack(connection);
      dropAll(statement);
      for (String sql : script()) {
        statement.execute(sql);
      }
      connection.commit();
    } catch (SQLException e) {
      throw new AssertionError(file + " can't be made", e);
    }
  }

  private static void dropAll(Statement statement) throws SQLException {
    for (String view : VIEWS) {
      statement.execute("DROP VIEW " + view);
    }
    for (Table table : Tables.ALL) {
      statement.execute("DROP TABLE " + table.name());
    }
    statement.execute("DROP TABLE commits");
  }

  private static List<String> script() {
    try (InputStream in = FirstFile.class.getResourceAsStream(SCRIPT)) {
      byte[] bytes = Objects.requireNonNull(in).readAllBytes();
      return List.of(new String(bytes, StandardCharsets.UTF_8).strip().split(";\n", -1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
