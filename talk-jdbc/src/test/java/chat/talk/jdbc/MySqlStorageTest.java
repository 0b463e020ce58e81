package chat.talk.jdbc;

final class MySqlStorageTest extends ServerStorageContract {
  @Override
  TestServer server() {
    return MySqlServer.shared();
  }
}
