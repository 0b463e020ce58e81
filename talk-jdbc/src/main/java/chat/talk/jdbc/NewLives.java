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
