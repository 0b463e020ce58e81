package chat.talk.jdbc;

final class PostgresFactsTest extends ServerFactsContract {
  @Override
  TestServer server() {
    return PostgresServer.shared();
  }
}
