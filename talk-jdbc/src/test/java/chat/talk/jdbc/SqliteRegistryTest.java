package chat.talk.jdbc;

import chat.talk.Registry;
import chat.talk.testkit.RegistryContract;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.io.TempDir;

/** A registry that keeps its users in a file of SQLite. */
final class SqliteRegistryTest extends RegistryContract {
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  @TempDir private Path folder;
  private Database database;

  @Override
  protected Registry registry() {
    database = Database.open(folder.resolve("talk.db").toString());
    return Registry.on(database.registry(), threads);
  }

  @Override
  protected void close() {
    threads.shutdown();
    database.close();
  }
}
