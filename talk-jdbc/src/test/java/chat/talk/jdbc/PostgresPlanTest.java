package chat.talk.jdbc;

import java.sql.SQLException;
import java.util.List;

final class PostgresPlanTest extends PlanContract {
  private static final String FLUSH = "SELECT pg_stat_force_next_flush()";

  @Override
  TestServer server() {
    return PostgresServer.shared();
  }

  /** Of indexes, and of tables read without one; by anybody. */
  @Override
  long rowsRead(Statements statements) throws SQLException {
    statements.query(FLUSH, nothing -> {}, Row::next);
    return sum(statements, "SELECT SUM(idx_tup_read) FROM pg_stat_user_indexes", 1)
        + sum(statements, "SELECT SUM(seq_tup_read) FROM pg_stat_user_tables", 1);
  }

  @Override
  List<String> settling() {
    return List.of("ANALYZE logs", "ANALYZE entries", FLUSH);
  }
}
