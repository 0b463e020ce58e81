package chat.talk.jdbc;

import chat.talk.room.HubStorage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One file for all tests: to make its tables takes longer than most of them. */
final class SqliteHubTest extends DatabaseHubContract {
  @TempDir private static Path folder;
  private static Pool pool;

  @BeforeAll
  static void open() {
    DatabaseBuilder database = Database.builder(folder.resolve("talk.db").toString());
    database.open().close();
    pool = Pool.open(Dialect.of(database.urlOrPath), database);
  }

  @AfterAll
  static void closePool() {
    pool.close();
  }

  @Override
  protected HubStorage storage() {
    pool.write(TestServer::deleteAll);
    return new JdbcStorage(pool);
  }
}
