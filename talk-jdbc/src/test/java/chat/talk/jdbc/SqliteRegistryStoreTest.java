package chat.talk.jdbc;

import chat.talk.RegistryStore;
import chat.talk.testkit.RegistryStoreContract;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.io.TempDir;

/** Registrations in a file of SQLite that two share. */
final class SqliteRegistryStoreTest extends RegistryStoreContract {
  @TempDir private Path folder;
  private final Deque<Database> databases = new ArrayDeque<>();

  @Override
  protected RegistryStore open() {
    databases.push(Database.open(folder.resolve("talk.db").toString()));
    return databases.element().registry();
  }

  @Override
  protected RegistryStore openAlso(RegistryStore opened) {
    return open();
  }

  @Override
  protected void close() {
    databases.forEach(Database::close);
  }
}
