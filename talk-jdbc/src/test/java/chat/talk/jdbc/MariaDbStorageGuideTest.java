package chat.talk.jdbc;

final class MariaDbStorageGuideTest extends ServerStorageGuideContract {
  @Override
  TestServer server() {
    return MariaDbServer.shared();
  }
}
