package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether the servers do what tests count on. */
final class TestServerTest {
  static Stream<Named<Supplier<TestServer>>> servers() {
    return Stream.of(
        Named.of("MariaDB", MariaDbServer::start),
        Named.of("MySQL", MySqlServer::start),
        Named.of("PostgreSQL", PostgresServer::start));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void whatIsCommittedOutlivesAKill(Supplier<TestServer> start) throws SQLException {
    TestServer server = start.get();
    try (server) {
      execute(server, "CREATE TABLE t (n BIGINT)");
      execute(server, "INSERT INTO t VALUES (42)");
      server.kill();
      server.restart();
      assertThat(count(server)).isEqualTo(1);
    }
    assertThat(Files.exists(server.home)).isFalse();
  }

  private static void execute(TestServer server, String sql) throws SQLException {
    try (Connection connection = server.connect()) {
      connection.createStatement().execute(sql);
    }
  }

  private static long count(TestServer server) throws SQLException {
    try (Connection connection = server.connect();
        ResultSet result = connection.createStatement().executeQuery("SELECT COUNT(*) FROM t")) {
      result.next();
      return result.getLong(1);
    }
  }
}
