package chat.talk.jdbc;

final class MySqlHubTest extends ServerHubContract {
  @Override
  TestServer server() {
    return MySqlServer.shared();
  }
}
