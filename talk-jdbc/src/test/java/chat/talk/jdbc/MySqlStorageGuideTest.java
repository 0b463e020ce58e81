package chat.talk.jdbc;

final class MySqlStorageGuideTest extends ServerStorageGuideContract {
  @Override
  TestServer server() {
    return MySqlServer.shared();
  }
}
