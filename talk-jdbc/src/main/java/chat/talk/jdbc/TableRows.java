package chat.talk.jdbc;

import chat.talk.jdbc.Tally.Total;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The rows of a table, some at a time, so that a table of any size needs little memory. */
final class TableRows implements AutoCloseable {
  /** The drivers of servers hold so many rows in memory, which may be long ones. */
  private static final int FETCHED = 128;

  private static final int MAX_ROWS = 1024;
  private static final int MAX_CHARACTERS = 1 << 20;

  private final List<Table.Type> types;
  private final ResultSet result;
  private final Row row;

  private TableRows(Table table, Statements from) throws SQLException {
    PreparedStatement statement = from.prepare(table.select());
    statement.setFetchSize(FETCHED);
    types = table.columns().stream().map(Table.Column::type).toList();
    result = statement.executeQuery();
    row = new Row(result, from.dialect());
  }

  /** Something to do with some rows. */
  private interface Work {
    void with(List<Object[]> rows) throws SQLException;
  }

  /** Copies all rows, shown to an observer first, who may change them. */
  static void copy(Table table, Side from, Side to, Consumer<Object[]> observer)
      throws SQLException {
    read(
        table,
        from,
        rows -> {
          rows.forEach(observer);
          insert(table, to, rows);
        });
  }

  /** Counts all rows. */
  static Total tally(Table table, Side from) throws SQLException {
    Tally tally = new Tally();
    read(table, from, rows -> rows.forEach(tally::add));
    return tally.total();
  }

  private static void read(Table table, Side from, Work work) throws SQLException {
    try (TableRows rows = from.run(() -> new TableRows(table, from.statements()))) {
      List<Object[]> some = from.run(rows::next);
      while (!some.isEmpty()) {
        work.with(some);
        some = from.run(rows::next);
      }
    }
  }

  private static void insert(Table table, Side to, List<Object[]> rows) throws SQLException {
    to.run(
        () -> {
          to.statements().batch(table.insert(), parameters -> bind(table, parameters, rows));
          return null;
        });
  }

  private static void bind(Table table, Parameters parameters, List<Object[]> rows)
      throws SQLException {
    for (Object[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        if (table.columns().get(i).type().isNumber()) {
          parameters.numberOrNull((Long) row[i]);
        } else {
          parameters.text((String) row[i]);
        }
      }
      parameters.addBatch();
    }
  }

  /** The next rows, none at the end. */
  private List<Object[]> next() throws SQLException {
    List<Object[]> rows = new ArrayList<>();
    long characters = 0;
    while (rows.size() < MAX_ROWS && characters < MAX_CHARACTERS && row.next()) {
      Object[] values = new Object[types.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = types.get(i).isNumber() ? row.numberOrNull() : row.textOrNull();
        characters += values[i] instanceof String text ? text.length() : 0;
      }
      rows.add(values);
    }
    return rows;
  }

  @Override
  public void close() throws SQLException {
    result.close();
  }
}
