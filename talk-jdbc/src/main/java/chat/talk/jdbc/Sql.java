package chat.talk.jdbc;

import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts SQL together out of names that stand in this package; every value is a parameter. */
final class Sql {
  private Sql() {}

  /** {@code a, b, c}, each as the function writes it. */
  static String list(List<String> columns, UnaryOperator<String> form) {
    return columns.stream().map(form).collect(Collectors.joining(", "));
  }

  /** {@code ?, ?, ?}. */
  static String marks(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  /** {@code INSERT INTO table (a, b) VALUES (?, ?)}. */
  static String insert(String table, List<String> key, List<String> rest) {
    List<String> all = Stream.concat(key.stream(), rest.stream()).toList();
    return "INSERT INTO "
        + table
        + " ("
        + String.join(", ", all)
        + ") VALUES ("
        + marks(all.size())
        + ")";
  }

  /** {@code INSERT … ON CONFLICT …}, as SQLite and PostgreSQL have it. */
  static String upsert(String table, List<String> key, List<String> rest) {
    return insert(table, key, rest)
        + " ON CONFLICT ("
        + String.join(", ", key)
        + ") DO UPDATE SET "
        + list(rest, column -> column + " = excluded." + column);
  }

  /** {@code a = ? AND b = ?}. */
  static String isKey(List<String> key) {
    return key.stream().map(column -> column + " = ?").collect(Collectors.joining(" AND "));
  }

  /** The next power of two: so few different statements are enough for any number of rows. */
  static int roundUp(int rows) {
    return rows <= 1 ? 1 : Integer.highestOneBit(rows - 1) << 1;
  }
}
