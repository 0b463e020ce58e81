package chat.talk.jdbc;

final class MariaDbBackupTest extends ServerBackupContract {
  @Override
  TestServer server() {
    return MariaDbServer.shared();
  }
}
