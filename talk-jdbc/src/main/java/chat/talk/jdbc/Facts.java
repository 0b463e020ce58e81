package chat.talk.jdbc;

import chat.talk.room.Digest;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage.Change;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All facts, each kind in a table of its own. */
final class Facts {
  private static final String REFERRING = "SELECT 1 FROM files WHERE digest = ? LIMIT 1";

  private Facts() {}

  /** Puts and drops facts, of which no two have the same key. */
  static void change(Statements statements, Collection<Change> changes) throws SQLException {
    Map<FactTable<?>, List<Fact>> puts = new LinkedHashMap<>();
    Map<FactTable<?>, List<Fact>> drops = new LinkedHashMap<>();
    for (Change change : changes) {
      if (change instanceof Change.Put put) {
        add(puts, put.fact());
      } else if (change instanceof Change.Drop drop) {
        add(drops, drop.fact());
      }
    }
    for (var table : puts.entrySet()) {
      table.getKey().put(statements, table.getValue());
    }
    for (var table : drops.entrySet()) {
      table.getKey().drop(statements, table.getValue());
    }
  }

  private static void add(Map<FactTable<?>, List<Fact>> facts, Fact fact) {
    facts.computeIfAbsent(FactTables.of(fact), table -> new ArrayList<>()).add(fact);
  }

  /** As {@link chat.talk.room.HubStorage#refersTo} says. */
  static boolean refersTo(Pool pool, Digest digest) {
    return pool.read(
        statements ->
            statements.query(REFERRING, parameters -> parameters.text(digest.value()), Row::next));
  }

  /** Table by table; to be read in a snapshot, so that all of them are of one moment. */
  static List<Fact> all(Statements statements) throws SQLException {
    List<Fact> facts = new ArrayList<>();
    for (FactTable<?> table : FactTables.ALL) {
      table.readAll(statements, facts);
    }
    return facts;
  }
}
