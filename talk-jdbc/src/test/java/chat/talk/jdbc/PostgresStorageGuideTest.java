package chat.talk.jdbc;

final class PostgresStorageGuideTest extends ServerStorageGuideContract {
  @Override
  TestServer server() {
    return PostgresServer.shared();
  }
}
