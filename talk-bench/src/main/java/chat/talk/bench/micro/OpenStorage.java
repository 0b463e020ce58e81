package chat.talk.bench.micro;

import chat.talk.jdbc.Database;
import chat.talk.room.HubStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/** A storage for as long as a benchmark takes; what it keeps in files goes with it. */
final class OpenStorage implements AutoCloseable {
  /** Room for some hundred thousand messages, so that dropping the oldest is counted too. */
  private static final long MOST_CHARACTERS = 100_000_000;

  private final @Nullable Path folder;
  private final @Nullable Database database;
  private final HubStorage storage;

  private OpenStorage(@Nullable Path folder, @Nullable Database database, HubStorage storage) {
    this.folder = folder;
    this.database = database;
    this.storage = storage;
  }

  /**
   * Opens one.
   *
   * @param kind {@code memory}, or {@code sqlite} for a file in a temporary folder
   */
  static OpenStorage of(String kind) throws IOException {
    if (kind.equals("memory")) {
      return new OpenStorage(null, null, HubStorage.inMemory(MOST_CHARACTERS));
    }
    Path folder = Files.createTempDirectory("talk-micro");
    Database database = Database.open(folder.resolve("talk.db").toString());
    return new OpenStorage(folder, database, database.storage());
  }

  HubStorage storage() {
    return storage;
  }

  @Override
  public void close() throws IOException {
    storage.close();
    if (database != null) {
      database.close();
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
