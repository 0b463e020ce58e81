package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver opens the file that is guarded, or none. */
final class SqliteUrlTest {
  @TempDir Path folder;

  private String in(String form) {
    return form.replace("DIR", folder.toString());
  }

  private static String openedByDriver(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA database_list")) {
      return result.getString("file");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:sqlite:DIR/a.db",
        "JDBC:SQLite:DIR/a.db",
        "jdbc:sqlite:DIR/a b%20c#d&e;f+g=h.db",
        "jdbc:sqlite:DIR/%zz.db",
        "jdbc:sqlite:DIR/a.db \n",
        "jdbc:sqlite:DIR/mode=memory.db",
        "jdbc:sqlite:DIR/a.db?journal_mode=DELETE&Cache_Size=-100",
        "jdbc:sqlite:DIR/FILE:a.db",
        "jdbc:sqlite:file:DIR/a.db",
        "jdbc:sqlite:file:DIR/a b+c.db?cache_size=-100",
        "jdbc:sqlite:file://DIR/a.db",
        "jdbc:sqlite:file:////DIR/a.db",
        "jdbc:sqlite:file://localhost/DIR/a.db"
      })
  void urlNamesTheSameFileToBoth(String form) throws Exception {
    String url = in(form);
    Path opened = Path.of(openedByDriver(url));
    assertThat(SqliteUrl.file(url).normalize()).isEqualTo(opened);
    Files.delete(opened);
    Database.open(url).close();
    assertThat(opened.resolveSibling(opened.getFileName() + "-commits")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.db", "a b%20c#d&e;f+g.db", "mode=memory", "%00", "a:b", "ä€😀.db"})
  void pathIsTakenAsItIs(String name) throws IOException {
    Database.open(folder.resolve(name).toString()).close();
    assertThat(folder.resolve(name)).isRegularFile();
    assertThat(folder.resolve(name + "-commits")).isRegularFile();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ":memory:",
        "DIR/a?b.db",
        "DIR/a.db?cache_size=-100",
        "DIR/a.db ",
        "DIR/a\0b.db",
        "file:DIR/a.db",
        "sqlite:DIR/a.db",
        "a.db:b",
        "jdbc:sqlite:",
        "jdbc:sqlite:?cache_size=-100",
        "jdbc:sqlite::memory:",
        "JDBC:SQLITE::memory:",
        "JDBC:SQLITE::MEMORY:",
        "jdbc:sqlite::resource:a.db",
        "jdbc:sqlite:file:",
        "jdbc:sqlite:file::memory:",
        "jdbc:sqlite:file:DIR/a.db?mode=memory",
        "jdbc:sqlite:file:DIR/a.db?m%6fde=memory",
        "jdbc:sqlite:file:DIR/a.db?vfs=memdb",
        "jdbc:sqlite:file:DIR/a.db?cache_size=1&cache=shared",
        "jdbc:sqlite:file:DIR/a%20b.db",
        "jdbc:sqlite:file:DIR/a#b.db",
        "jdbc:sqlite:file://host/DIR/a.db",
        "jdbc:sqlite:file:/DIR/a.db",
        "jdbc:sqlite:DIR/a?b.db",
        "jdbc:sqlite:DIR/a.db?cache_size",
        "jdbc:sqlite:DIR/a.db ?cache_size=1",
        "jdbc:sqlite:DIR/a\0b.db"
      })
  void whatMayMeanSomethingElseIsRefused(String form) throws IOException {
    ChatException why = catchThrowableOfType(ChatException.class, () -> Database.open(in(form)));
    assertThat(why).isNotNull();
    assertThat(why.code()).isEqualTo(Code.INVALID);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void twoWaysToNameAFileAreOneDatabase() {
    Path file = folder.resolve("talk.db");
    try (Database database = Database.open(file.toString());
        Database again = Database.open("jdbc:sqlite:file:" + file)) {
      database.registry();
      assertThat(again.file()).isEqualTo(database.file());
    }
  }
}
