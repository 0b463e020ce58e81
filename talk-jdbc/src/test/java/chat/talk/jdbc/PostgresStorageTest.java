package chat.talk.jdbc;

final class PostgresStorageTest extends ServerStorageContract {
  @Override
  TestServer server() {
    return PostgresServer.shared();
  }
}
