package chat.talk.jdbc;

final class MySqlRegistryStoreTest extends ServerRegistryStoreContract {
  @Override
  TestServer server() {
    return MySqlServer.shared();
  }
}
