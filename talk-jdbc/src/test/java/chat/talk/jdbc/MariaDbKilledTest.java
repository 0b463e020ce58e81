package chat.talk.jdbc;

final class MariaDbKilledTest extends KilledServerContract {
  @Override
  TestServer server() {
    return MariaDbServer.shared();
  }
}
