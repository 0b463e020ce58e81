package chat.talk.jdbc;

final class PostgresHubTest extends ServerHubContract {
  @Override
  TestServer server() {
    return PostgresServer.shared();
  }
}
