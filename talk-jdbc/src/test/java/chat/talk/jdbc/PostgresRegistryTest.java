package chat.talk.jdbc;

final class PostgresRegistryTest extends ServerRegistryContract {
  @Override
  TestServer server() {
    return PostgresServer.shared();
  }
}
