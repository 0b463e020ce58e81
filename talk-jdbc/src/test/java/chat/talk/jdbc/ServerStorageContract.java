package chat.talk.jdbc;

import chat.talk.room.HubStorage;
import chat.talk.testkit.DurableHubStorageContract;

/** A database on a server is a storage that outlives its process. */
abstract class ServerStorageContract extends DurableHubStorageContract {
  abstract TestServer server();

  @Override
  protected HubStorage open() {
    return server().emptyStorage();
  }

  @Override
  protected HubStorage openAgain() {
    return new JdbcStorage(server().pool());
  }

  @Override
  protected void crash(HubStorage storage) {
    server().breakPool();
  }
}
