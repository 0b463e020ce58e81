package chat.talk.jdbc;

final class MariaDbFactsTest extends ServerFactsContract {
  @Override
  TestServer server() {
    return MariaDbServer.shared();
  }
}
