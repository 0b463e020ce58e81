package chat.talk.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStorageGuideTest extends StorageGuideContract {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("talk.db");
  }

  @Override
  Database open() {
    return Database.open(file().toString());
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file());
  }
}
