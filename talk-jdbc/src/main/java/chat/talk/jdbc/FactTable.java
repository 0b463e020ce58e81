package chat.talk.jdbc;

import chat.talk.jdbc.Statements.Reading;
import chat.talk.room.Fact;
import java.sql.SQLException;
import java.util.List;

/** The table of one kind of fact: its columns, and how a fact is a row. */
final class FactTable<F extends Fact> {
  /** Rows at a time: the drivers of servers hold a whole table in memory unless told. */
  private static final int FETCHED = 1000;

  private final Class<F> kind;
  private final String name;
  private final List<String> key;
  private final List<String> rest;
  private final Binding<F> bindKey;
  private final Binding<F> bindRest;
  private final Reading<F> reading;

  /** Sets the parameters of a fact's columns. */
  interface Binding<F> {
    void bind(Parameters parameters, F fact) throws SQLException;
  }

  private FactTable(Builder<F> parts, Reading<F> reading) {
    kind = parts.kind;
    name = parts.name;
    key = parts.key;
    rest = parts.rest;
    bindKey = parts.bindKey;
    bindRest = parts.bindRest;
    this.reading = reading;
  }

  static <F extends Fact> Builder<F> of(Class<F> kind, String name) {
    return new Builder<>(kind, name);
  }

  Class<F> kind() {
    return kind;
  }

  /** Keeps facts, of which no two have the same key. */
  void put(Statements statements, List<Fact> facts) throws SQLException {
    String sql = statements.dialect().upsert(name, key, rest);
    statements.batch(sql, parameters -> bindAll(parameters, facts, this::bindRow));
  }

  /** Forgets facts; those that are unknown, too. */
  void drop(Statements statements, List<Fact> facts) throws SQLException {
    String sql = "DELETE FROM " + name + " WHERE " + Sql.isKey(key);
    statements.batch(sql, parameters -> bindAll(parameters, facts, bindKey));
  }

  private void bindRow(Parameters parameters, F fact) throws SQLException {
    bindKey.bind(parameters, fact);
    bindRest.bind(parameters, fact);
  }

  private void bindAll(Parameters parameters, List<Fact> facts, Binding<F> binding)
      throws SQLException {
    for (Fact fact : facts) {
      binding.bind(parameters, kind.cast(fact));
      parameters.addBatch();
    }
  }

  /** Adds the facts of all rows, in the order of their keys. */
  void readAll(Statements statements, List<? super F> facts) throws SQLException {
    String sql = select();
    statements.prepare(sql).setFetchSize(FETCHED);
    statements.query(
        sql,
        nothing -> {},
        row -> {
          while (row.next()) {
            facts.add(row.parse(name, reading));
          }
          return facts;
        });
  }

  private String select() {
    String all = String.join(", ", key) + ", " + String.join(", ", rest);
    return "SELECT " + all + " FROM " + name + " ORDER BY " + String.join(", ", key);
  }

  /** Puts a table together; the order of columns is that of the parameters. */
  static final class Builder<F extends Fact> {
    private final Class<F> kind;
    private final String name;
    private List<String> key = List.of();
    private List<String> rest = List.of();
    private Binding<F> bindKey = (parameters, fact) -> {};
    private Binding<F> bindRest = (parameters, fact) -> {};

    private Builder(Class<F> kind, String name) {
      this.kind = kind;
      this.name = name;
    }

    Builder<F> key(String columns, Binding<F> binding) {
      key = List.of(columns.split(", "));
      bindKey = binding;
      return this;
    }

    Builder<F> rest(String columns, Binding<F> binding) {
      rest = List.of(columns.split(", "));
      bindRest = binding;
      return this;
    }

    /** The columns of the key come first. */
    FactTable<F> read(Reading<F> reading) {
      return new FactTable<>(this, reading);
    }
  }
}
