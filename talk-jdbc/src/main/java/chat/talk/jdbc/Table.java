package chat.talk.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A table as far as it takes to copy its rows.
 *
 * @param name its name
 * @param columns all of them
 */
record Table(String name, List<Column> columns) {
  /** What a column holds. */
  enum Type {
    /** A text. */
    TEXT,
    /** A number. */
    NUMBER,
    /** The epoch of a cursor, which is a number. */
    EPOCH,
    /** Stretches between cursors, as {@link Ranges} writes them. */
    RANGES;

    boolean isNumber() {
      return this == NUMBER || this == EPOCH;
    }
  }

  /** A column. */
  record Column(String name, Type type) {}

  /** Begins a table with its first columns. */
  static Table of(String name, Type type, String... columns) {
    return new Table(name, List.of()).with(type, columns);
  }

  Table text(String... names) {
    return with(Type.TEXT, names);
  }

  Table number(String... names) {
    return with(Type.NUMBER, names);
  }

  Table epoch(String column) {
    return with(Type.EPOCH, column);
  }

  Table ranges(String column) {
    return with(Type.RANGES, column);
  }

  private Table with(Type type, String... names) {
    List<Column> all = new ArrayList<>(columns);
    for (String column : names) {
      all.add(new Column(column, type));
    }
    return new Table(name, List.copyOf(all));
  }

  /** The same with some of its columns only. */
  Table only(Collection<String> some) {
    return new Table(
        name, columns.stream().filter(column -> some.contains(column.name())).toList());
  }

  /** Where the column is in a row, or -1. */
  int indexOf(String column) {
    return names().indexOf(column);
  }

  /** All rows, as they lie: to look each one up in an index takes longer than to read it. */
  String select() {
    return "SELECT " + String.join(", ", names()) + " FROM " + name;
  }

  String insert() {
    return Sql.insert(name, names(), List.of());
  }

  String delete() {
    return "DELETE FROM " + name;
  }

  boolean hasRows(Statements statements) throws SQLException {
    return statements.query("SELECT 1 FROM " + name + " LIMIT 1", nothing -> {}, Row::next);
  }

  private List<String> names() {
    return columns.stream().map(Column::name).toList();
  }
}
