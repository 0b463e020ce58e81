package chat.talk.jdbc;

import chat.talk.room.Fact.Range;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/** All that is in a database, to be compared. */
final class Dump {
  private Dump() {}

  /** A line for each row of each table; a log's epoch is written as the log's number. */
  static List<String> of(Database database) {
    return database
        .pool()
        .readSnapshot(
            statements -> {
              Map<Long, String> names = names(statements);
              List<String> lines = new ArrayList<>();
              for (Table table : Tables.ALL) {
                lines.addAll(rows(statements, table, names));
              }
              return lines;
            });
  }

  static List<Long> epochs(Database database) {
    return database.pool().read(statements -> List.copyOf(names(statements).keySet()));
  }

  private static Map<Long, String> names(Statements statements) throws SQLException {
    return statements.query(
        "SELECT epoch, log FROM logs",
        nothing -> {},
        row -> {
          Map<Long, String> names = new HashMap<>();
          while (row.next()) {
            names.put(row.number(), "epoch of " + row.number());
          }
          return names;
        });
  }

  /** In an order of their own: databases order texts in different ways. */
  private static List<String> rows(Statements statements, Table table, Map<Long, String> names)
      throws SQLException {
    return statements.query(
        table.select(),
        nothing -> {},
        row -> {
          List<String> rows = new ArrayList<>();
          while (row.next()) {
            rows.add(line(row, table, names));
          }
          return rows.stream().sorted().toList();
        });
  }

  private static String line(Row row, Table table, Map<Long, String> names) throws SQLException {
    List<String> values = new ArrayList<>(List.of(table.name()));
    for (Table.Column column : table.columns()) {
      values.add(column.name() + "=" + value(row, column.type(), names));
    }
    return String.join("|", values);
  }

  private static String value(Row row, Table.Type type, Map<Long, String> names)
      throws SQLException {
    return switch (type) {
      case TEXT -> text(row.textOrNull());
      case NUMBER -> String.valueOf(row.numberOrNull());
      case EPOCH -> epoch(row.numberOrNull(), names);
      case RANGES -> ranges(row.text(), names);
    };
  }

  private static String text(@Nullable String text) {
    boolean isLong = text != null && text.length() > 100;
    return isLong ? text.length() + " characters, " + text.hashCode() : String.valueOf(text);
  }

  private static String epoch(@Nullable Long epoch, Map<Long, String> names) {
    return epoch == null ? "null" : names.getOrDefault(epoch, String.valueOf(epoch));
  }

  private static String ranges(String text, Map<Long, String> names) {
    StringBuilder written = new StringBuilder();
    for (Range range : Ranges.read(text)) {
      Stream.of(range.after(), range.upTo())
          .forEach(
              end ->
                  written
                      .append(end == null ? "-" : epoch(end.epoch(), names) + "/" + end.sequence())
                      .append(' '));
    }
    return written.toString();
  }
}
