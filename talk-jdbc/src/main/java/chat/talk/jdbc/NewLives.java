package chat.talk.jdbc;

import chat.talk.Cursor;
import chat.talk.room.Fact.Range;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/**
 * Begins a new life of every log: a cursor from what the logs have lost is not taken for a place
 * then. What is stored about the logs goes over into their new lives.
 */
final class NewLives {
  private static final String EPOCHS = "SELECT epoch FROM logs";

  private static final String MAKE = "CREATE TEMP TABLE %s (last %s PRIMARY KEY, next %2$s)";

  private static final String ADD = "INSERT INTO %s VALUES (?, ?)";

  private static final String CHANGE =
      "UPDATE %1$s SET %2$s = (SELECT next FROM %3$s WHERE last = %2$s)"
          + " WHERE %2$s IN (SELECT last FROM %3$s)";

  private static final String DROP = "DROP TABLE %s";

  private static final String RANGES = "SELECT DISTINCT ranges FROM members";

  /** The next epochs by the last ones, of which no two logs have the same. */
  private final Map<Long, Long> epochs = new HashMap<>();

  private NewLives() {}

  static NewLives ofAllLogs(Statements statements) throws SQLException {
    return statements.query(EPOCHS, nothing -> {}, NewLives::read);
  }

  private static NewLives read(Row row) throws SQLException {
    NewLives lives = new NewLives();
    while (row.next()) {
      lives.epochs.put(row.number(), Logs.newEpoch());
    }
    return lives;
  }

  /** Changes all cursors of a SQLite database that is there already. */
  void begin(Statements statements) throws SQLException {
    statements.update(MAKE.formatted("new_epochs", "INTEGER"), nothing -> {});
    statements.update(MAKE.formatted("new_ranges", "TEXT"), nothing -> {});
    Map<String, String> ranges = statements.query(RANGES, nothing -> {}, this::changedRanges);
    statements.batch(ADD.formatted("new_epochs"), this::bind);
    statements.batch(ADD.formatted("new_ranges"), parameters -> bind(parameters, ranges));
    for (Table table : Tables.ALL) {
      change(statements, table, Table.Type.EPOCH, "new_epochs");
      change(statements, table, Table.Type.RANGES, "new_ranges");
    }
    statements.update(DROP.formatted("new_epochs"), nothing -> {});
    statements.update(DROP.formatted("new_ranges"), nothing -> {});
  }

  private static void change(Statements statements, Table table, Table.Type type, String by)
      throws SQLException {
    for (Table.Column column : table.columns()) {
      if (column.type() == type) {
        statements.update(CHANGE.formatted(table.name(), column.name(), by), nothing -> {});
      }
    }
  }

  private void bind(Parameters parameters) throws SQLException {
    for (Map.Entry<Long, Long> life : epochs.entrySet()) {
      parameters.number(life.getKey()).number(life.getValue()).addBatch();
    }
  }

  private static void bind(Parameters parameters, Map<String, String> ranges) throws SQLException {
    for (Map.Entry<String, String> change : ranges.entrySet()) {
      parameters.text(change.getKey()).text(change.getValue()).addBatch();
    }
  }

  private Map<String, String> changedRanges(Row row) throws SQLException {
    Map<String, String> changed = new HashMap<>();
    while (row.next()) {
      String ranges = row.text();
      changed.put(ranges, changed(ranges));
    }
    return changed;
  }

  /** Changes the cursors of a row. */
  void begin(Table table, Object[] row) {
    for (int i = 0; i < row.length; i++) {
      Table.Type type = table.columns().get(i).type();
      if (type == Table.Type.EPOCH && row[i] != null) {
        row[i] = changed((long) row[i]);
      } else if (type == Table.Type.RANGES) {
        row[i] = changed((String) row[i]);
      }
    }
  }

  private long changed(long epoch) {
    return epochs.getOrDefault(epoch, epoch);
  }

  private String changed(String ranges) {
    List<Range> changed =
        Ranges.read(ranges).stream()
            .map(range -> new Range(changed(range.after()), changed(range.upTo())))
            .toList();
    return Ranges.write(changed);
  }

  private @Nullable Cursor changed(@Nullable Cursor cursor) {
    return cursor == null ? null : new Cursor(changed(cursor.epoch()), cursor.sequence());
  }
}
