package chat.talk.jdbc;

final class MariaDbRegistryTest extends ServerRegistryContract {
  @Override
  TestServer server() {
    return MariaDbServer.shared();
  }
}
