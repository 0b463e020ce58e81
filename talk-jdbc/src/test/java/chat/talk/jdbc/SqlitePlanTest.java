package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hub asks again and again is looked up in an index; nothing goes through all entries. */
class SqlitePlanTest {
  private static final String BY_PLACE = "SEARCH e USING INDEX sqlite_autoindex_entries_1";

  private static final Sqlite DIALECT = new Sqlite("jdbc:sqlite:talk.db");

  @TempDir private Path folder;
  private Connection connection;

  @BeforeEach
  void makeTables() throws SQLException {
    Path file = folder.resolve("talk.db");
    Database.open(file.toString()).close();
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void pagesAreStretchesOfTheOrderByPlace() throws SQLException {
    assertThat(plan(Reads.AFTER)).containsExactly(BY_PLACE + " (log=? AND place>? AND place<?)");
    assertThat(plan(Reads.BEFORE)).isEqualTo(plan(Reads.AFTER));
  }

  @Test
  void backupsReadRowsAsTheyLie() throws SQLException {
    for (Table table : Tables.ALL) {
      assertThat(plan(table.select())).containsExactly("SCAN " + table.name());
    }
  }

  @Test
  void entriesAreFoundByTheirKeys() throws SQLException {
    assertThat(plan(DIALECT.with("wanted", Finder.KEY, 8) + Finder.QUERY))
        .contains("SEARCH e USING INDEX entries_by_key (id=? AND author=?)")
        .noneMatch(step -> step.startsWith("SCAN e"));
  }

  @Test
  void commentsAreFoundByTheirMessage() throws SQLException {
    assertThat(plan(Reads.comments(DIALECT)))
        .containsExactly(
            "SEARCH e USING INDEX entries_by_about"
                + " (about_id=? AND about_author=? AND log=? AND place>?)");
  }

  @Test
  void editsOfAStretchAreFoundByTheirMessages() throws SQLException {
    assertThat(plan(Texts.EDITS_OF_STRETCH))
        .contains("SEARCH e USING INDEX entries_by_about (about_id=? AND about_author=?)");
  }

  @Test
  void unreadMessagesOfAllChatsAreCountedInTheirStretches() throws SQLException {
    assertThat(plan(DIALECT.count(512)))
        .contains(BY_PLACE + " (log=? AND place>? AND place<?)")
        .noneMatch(step -> step.startsWith("SCAN e"));
  }

  @Test
  void endsOfLogsAreLookedUpOneByOne() throws SQLException {
    assertThat(plan(Logs.ALL))
        .contains("SEARCH e USING COVERING INDEX sqlite_autoindex_entries_1 (log=?)");
  }

  private List<String> plan(String sql) throws SQLException {
    List<String> steps = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        steps.add(result.getString("detail"));
      }
    }
    return steps;
  }
}
