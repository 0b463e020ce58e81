package chat.talk.jdbc;

final class MySqlFactsTest extends ServerFactsContract {
  @Override
  TestServer server() {
    return MySqlServer.shared();
  }
}
