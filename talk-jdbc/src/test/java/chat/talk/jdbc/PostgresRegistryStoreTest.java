package chat.talk.jdbc;

final class PostgresRegistryStoreTest extends ServerRegistryStoreContract {
  @Override
  TestServer server() {
    return PostgresServer.shared();
  }
}
