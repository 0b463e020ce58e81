package chat.talk.jdbc;

import chat.talk.room.Fact;
import chat.talk.room.HubStorage.Change;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** Stands in until the tables of facts are there. */
final class Facts {
  private Facts() {}

  static void change(Statements statements, Collection<Change> changes) throws SQLException {}

  static List<Fact> all(Statements statements) throws SQLException {
    return List.of();
  }
}
