package chat.talk.jdbc;

final class MariaDbHubTest extends ServerHubContract {
  @Override
  TestServer server() {
    return MariaDbServer.shared();
  }
}
