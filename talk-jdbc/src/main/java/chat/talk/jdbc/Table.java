package chat.talk.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table as far as it takes to copy its rows.
 *
 * @param name its name
 * @param key how many of its columns, the first, are its key
 * @param columns all of them
 */
record Table(String name, int key, List<Column> columns) {
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

  /** Begins a table with the columns of its key. */
  static Table of(String name, Type type, String... key) {
    return new Table(name, 0, List.of()).with(type, key).withKey(key.length);
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

  /** Makes all columns so far the key. */
  Table asKey() {
    return withKey(columns.size());
  }

  private Table withKey(int count) {
    return new Table(name, count, columns);
  }

  private Table with(Type type, String... names) {
    List<Column> all = new ArrayList<>(columns);
    for (String column : names) {
      all.add(new Column(column, type));
    }
    return new Table(name, key, List.copyOf(all));
  }

  /** Where the column is in a row, or -1. */
  int indexOf(String column) {
    return names().indexOf(column);
  }

  /** All rows, in the order of their keys. */
  String select() {
    return "SELECT "
        + String.join(", ", names())
        + " FROM "
        + name
        + " ORDER BY "
        + names().stream().limit(key).collect(Collectors.joining(", "));
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
