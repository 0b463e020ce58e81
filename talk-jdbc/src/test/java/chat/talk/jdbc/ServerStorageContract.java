package chat.talk.jdbc;

import chat.talk.room.HubStorage;
import chat.talk.testkit.DurableHubStorageContract;
import org.junit.jupiter.api.AfterEach;

/** A database on a server is a storage that outlives its process. */
abstract class ServerStorageContract extends DurableHubStorageContract {
  private Database database;

  abstract TestServer server();

  @Override
  protected HubStorage open() {
    closeDatabase();
    server().clean();
    return openAgain();
  }

  @Override
  protected HubStorage openAgain() {
    closeDatabase();
    database = server().database().open();
    return database.storage();
  }

  @AfterEach
  void closeDatabase() {
    if (database != null) {
      database.close();
      database = null;
    }
  }
}
