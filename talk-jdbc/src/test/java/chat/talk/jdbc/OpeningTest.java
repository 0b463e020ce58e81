package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage.Change;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't be opened is told clearly, and what was begun is brought to its end. */
final class OpeningTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://127.0.0.1:99999/talk",
        "jdbc:postgresql://127.0.0.1:x/talk",
        "jdbc:mariadb://127.0.0.1:x/talk",
        "jdbc:mariadb:nonsense"
      })
  void urlThatMakesNoSenseIsAClearError(String url) {
    assertThat(refusal(url).code()).isIn(Code.INVALID, Code.STORAGE);
  }

  @Test
  void settingsAndPathsThatMakeNoSenseAreInvalid() {
    String url = "jdbc:sqlite:" + folder.resolve("talk.db");
    assertThat(refusal(url + "?busy_timeout=x").code()).isEqualTo(Code.INVALID);
    assertThat(refusal("talk\0.db").code()).isEqualTo(Code.INVALID);
    assertThat(refusal("jdbc:sqlite:talk\0.db").code()).isEqualTo(Code.INVALID);
  }

  @Test
  void missingFolderIsNamed() {
    Path missing = folder.resolve("missing");
    assertThat(refusal(missing.resolve("talk.db").toString()))
        .hasMessageEndingWith("the folder " + missing + " is missing")
        .hasMessageNotContaining("-commits");
    assertThat(Files.exists(missing)).isFalse();
  }

  private static ChatException refusal(String url) {
    return catchThrowableOfType(ChatException.class, () -> Database.open(url));
  }

  @Test
  void closingTwiceLeavesAnotherOneOpen() throws SQLException {
    String file = folder.resolve("talk.db").toString();
    try (Database other = Database.open(file)) {
      Database database = Database.open(file);
      database.close();
      database.close();
      assertThat(other.storage().heads()).isEmpty();
      assertThat(new SqliteFile(Path.of(file)).isOpen()).isTrue();
    }
    assertThat(new SqliteFile(Path.of(file)).isOpen()).isFalse();
  }

  @Test
  void historyThatCannotBeReadIsNotTakenForNone() throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("talk.db");
    Database.open(url).close();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE flyway_schema_history RENAME COLUMN version TO other");
    }
    assertThat(refusal(url)).hasMessageContaining("the database has failed");
  }

  @Test
  void fileOfTheFirstSchemaIsBroughtUpToDate() throws SQLException {
    String file = folder.resolve("talk.db").toString();
    assertIsBroughtUpToDate(
        Database.builder(file), () -> DriverManager.getConnection("jdbc:sqlite:" + file));
  }

  @Test
  void serversOfTheFirstSchemaAreBroughtUpToDate() throws SQLException {
    for (TestServer server :
        List.of(MariaDbServer.shared(), MySqlServer.shared(), PostgresServer.shared())) {
      server.clean();
      assertIsBroughtUpToDate(server.database(), server::connect);
    }
  }

  private interface Connecting {
    Connection connect() throws SQLException;
  }

  private static void assertIsBroughtUpToDate(DatabaseBuilder builder, Connecting connecting)
      throws SQLException {
    Fact.Machine phone = new Fact.Machine("phone", FactSamples.A, "1", FactSamples.TIME, null);
    Fact.Machine script = new Fact.Machine("script", FactSamples.A, "2", FactSamples.TIME, "phone");
    try (Database database = builder.open()) {
      database.storage().commit(List.of(new Change.Put(phone)));
    }
    try (Connection connection = connecting.connect()) {
      FirstSchema.bringBack(connection);
    }
    try (Database database = builder.open()) {
      database.storage().commit(List.of(new Change.Put(script)));
      try (Stream<Fact> facts = database.storage().facts()) {
        assertThat(facts).containsExactly(phone, script);
      }
    }
  }

  @Test
  void tablesAreMadeWholeAfterABreakInTheirMaking() throws SQLException {
    for (TestServer server : List.of(MariaDbServer.shared(), MySqlServer.shared())) {
      server.database().open().close();
      server.clean();
      try (Connection connection = server.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("DROP VIEW unread");
        statement.execute("DROP TABLE files, registrations, reports");
        statement.execute("UPDATE flyway_schema_history SET success = 0");
      }
      try (Database database = server.database().open()) {
        assertThat(database.registry().all()).isEmpty();
        assertThat(database.storage().facts()).isEmpty();
      }
    }
  }
}
