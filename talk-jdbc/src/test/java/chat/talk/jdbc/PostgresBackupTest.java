package chat.talk.jdbc;

final class PostgresBackupTest extends ServerBackupContract {
  @Override
  TestServer server() {
    return PostgresServer.shared();
  }
}
