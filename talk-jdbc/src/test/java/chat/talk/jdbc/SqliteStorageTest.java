package chat.talk.jdbc;

import chat.talk.room.HubStorage;
import chat.talk.testkit.DurableHubStorageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A file of SQLite is a storage that outlives its process. */
final class SqliteStorageTest extends DurableHubStorageContract {
  @TempDir private Path folder;
  private Database database;
  private int opened;

  @Override
  protected HubStorage open() {
    opened++;
    return openAgain();
  }

  private Path path() {
    return folder.resolve(opened + ".db");
  }

  @Override
  protected HubStorage openAgain() {
    closeDatabase();
    database = Database.open(path().toString());
    return database.storage();
  }

  @AfterEach
  void closeDatabase() {
    if (database != null) {
      database.close();
    }
  }
}
