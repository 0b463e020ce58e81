package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is copied is what the schema has: a new table or column can't be forgotten. */
final class TablesTest {
  /** What tells of the database itself, and not of what is in it. */
  private static final Set<String> ITS_OWN = Set.of("flyway_schema_history", "commits");

  @TempDir private Path folder;

  @Test
  void allColumnsOfAllTablesAreCopied() throws SQLException {
    Map<String, Map<String, Boolean>> known =
        Tables.ALL.stream()
            .collect(
                Collectors.toMap(
                    Table::name,
                    table ->
                        table.columns().stream()
                            .collect(
                                Collectors.toMap(
                                    Table.Column::name, column -> column.type().isNumber()))));
    assertThat(known).isEqualTo(inSchema());
  }

  private Map<String, Map<String, Boolean>> inSchema() throws SQLException {
    Map<String, Map<String, Boolean>> tables = new TreeMap<>();
    try (Database database = open();
        Connection connection = database.pool().dataSource().getConnection()) {
      DatabaseMetaData data = connection.getMetaData();
      try (ResultSet found = data.getTables(null, null, "%", new String[] {"TABLE"})) {
        while (found.next()) {
          tables.put(found.getString("TABLE_NAME"), new TreeMap<>());
        }
      }
      tables.keySet().removeAll(ITS_OWN);
      for (var table : tables.entrySet()) {
        addColumns(data, table.getKey(), table.getValue());
      }
    }
    return tables;
  }

  private static void addColumns(DatabaseMetaData data, String table, Map<String, Boolean> columns)
      throws SQLException {
    try (ResultSet found = data.getColumns(null, null, table, "%")) {
      while (found.next()) {
        columns.put(found.getString("COLUMN_NAME"), found.getString("TYPE_NAME").equals("INTEGER"));
      }
    }
  }

  private Database open() {
    return Database.open(folder.resolve("talk.db").toString());
  }
}
