package chat.talk.jdbc;

final class PostgresKilledTest extends KilledServerContract {
  @Override
  TestServer server() {
    return PostgresServer.shared();
  }
}
