package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.room.Fact;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Facts in a file of SQLite. */
final class SqliteFactsTest extends FactsContract {
  @TempDir private Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(file());
  }

  private String file() {
    return folder.resolve("talk.db").toString();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  Database database() {
    return database;
  }

  @Test
  void everyKindOfFactHasATable() {
    Set<Class<?>> kinds = FactTables.ALL.stream().map(FactTable::kind).collect(Collectors.toSet());
    assertThat(kinds).isEqualTo(Set.of(Fact.class.getPermittedSubclasses()));
    assertThat(FactTables.ALL).hasSameSizeAs(kinds);
  }

  @Test
  void rowThatIsNoFactIsNamed() throws SQLException {
    change(puts(FactSamples.all()));
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE members SET ranges = 'nonsense'");
    }
    assertThatThrownBy(this::facts)
        .isInstanceOf(ChatException.class)
        .hasMessageContaining("the table members")
        .extracting(e -> ((ChatException) e).code())
        .isEqualTo(ChatException.Code.STORAGE);
  }

  @Test
  void whoeverIsInAChatNowStandsInTheViewOfUnread() throws SQLException {
    change(puts(FactSamples.all()));
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        var members = statement.executeQuery("SELECT COUNT(*) FROM unread")) {
      assertThat(members.next()).isTrue();
      assertThat(members.getLong(1)).isEqualTo(2);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file());
  }
}
