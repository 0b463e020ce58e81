package chat.talk.jdbc;

final class MySqlBackupTest extends ServerBackupContract {
  @Override
  TestServer server() {
    return MySqlServer.shared();
  }
}
