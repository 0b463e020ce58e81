package chat.talk.jdbc;

import java.sql.SQLException;
import java.util.List;

final class MariaDbPlanTest extends PlanContract {
  @Override
  TestServer server() {
    return MariaDbServer.shared();
  }

  @Override
  long rowsRead(Statements statements) throws SQLException {
    return sum(statements, "SHOW SESSION STATUS LIKE 'Handler_read%'", 2);
  }

  @Override
  List<String> settling() {
    return List.of("ANALYZE TABLE logs", "ANALYZE TABLE entries");
  }
}
