package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the first programs have made works as it did, and becomes a new file by a backup. */
final class FirstFileTest extends SqliteStorageTest {
  @TempDir private static Path source;
  private static Path made;

  @TempDir private Path folder;

  /** To make one takes longer than most of the tests. */
  @BeforeAll
  static void makeOne() {
    made = source.resolve("first.db");
    FirstFile.make(made);
  }

  @Override
  void make(Path file) {
    FileWork.run("copy", made, () -> Files.copy(made, file));
  }

  @Test
  void itHoldsWhatANewFileHoldsAndGoesOverIntoOne() throws SQLException {
    Path first = folder.resolve("first.db");
    make(first);
    List<String> content = fill(folder.resolve("new.db"));
    assertThat(fill(first)).isEqualTo(content);
    assertThat(FirstFile.is(first)).isTrue();
    Backup backup = Backup.at(folder.resolve("backup.db"));
    try (Database database = Database.open(first.toString())) {
      assertThat(Dump.of(database)).isEqualTo(content);
      backup.save(database);
    }
    Path restored = folder.resolve("restored.db");
    backup.restore(Database.builder(restored.toString()));
    assertThat(FirstFile.is(restored)).isFalse();
    try (Database database = Database.open(restored.toString())) {
      assertThat(Dump.of(database)).isEqualTo(content);
    }
  }

  private static List<String> fill(Path file) {
    try (Database database = Database.open(file.toString())) {
      new RandomContent(1).fill(database);
      return Dump.of(database);
    }
  }
}
