package chat.talk.jdbc;

final class MySqlRegistryTest extends ServerRegistryContract {
  @Override
  TestServer server() {
    return MySqlServer.shared();
  }
}
