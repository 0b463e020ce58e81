package chat.talk.jdbc;

final class MariaDbStorageTest extends ServerStorageContract {
  @Override
  TestServer server() {
    return MariaDbServer.shared();
  }
}
