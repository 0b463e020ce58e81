package chat.talk.jdbc;

final class MariaDbRegistryStoreTest extends ServerRegistryStoreContract {
  @Override
  TestServer server() {
    return MariaDbServer.shared();
  }
}
