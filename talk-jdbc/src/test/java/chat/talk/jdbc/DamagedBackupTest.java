package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** A single wrong bit, or a missing end, is noticed wherever it is, unless it does no harm. */
final class DamagedBackupTest {
  @TempDir private static Path source;
  private static Saved today;
  private static Saved older;

  @TempDir private Path folder;

  /** A backup, and what has to come of it. */
  private record Saved(Path file, List<String> content) {}

  @BeforeAll
  static void save() throws IOException, SQLException {
    Path file = source.resolve("backup.db");
    List<String> content;
    try (Database database = Database.open(source.resolve("talk.db").toString())) {
      new RandomContent(1).fill(database);
      Backup.at(file).save(database);
      content = Dump.of(database);
    }
    today = new Saved(file, content);
    Path copy = Files.copy(file, source.resolve("older.db"));
    try (Connection backup = DriverManager.getConnection("jdbc:sqlite:" + copy)) {
      FirstSchema.bringBackupBack(backup);
    }
    older = new Saved(copy, FirstSchema.dump(content));
  }

  @RepeatedTest(40)
  void damageIsNoticedAndChangesNothing(RepetitionInfo repetition) throws IOException {
    assertDamageIsNoticed(today, repetition.getCurrentRepetition());
  }

  @RepeatedTest(40)
  void damageOfAnOlderBackupIsNoticedToo(RepetitionInfo repetition) throws IOException {
    assertDamageIsNoticed(older, repetition.getCurrentRepetition());
  }

  private void assertDamageIsNoticed(Saved saved, int seed) throws IOException {
    byte[] bytes = damaged(Files.readAllBytes(saved.file()), seed);
    Path file = Files.write(folder.resolve("backup.db"), bytes);
    String target = folder.resolve("talk.db").toString();
    try {
      Backup.at(file).restore(Database.builder(target));
      try (Database restored = Database.open(target)) {
        assertThat(Dump.of(restored)).as("what does no harm").isEqualTo(saved.content());
      }
    } catch (ChatException e) {
      assertThat(e.getMessage()).startsWith(file + ": ");
      assertThat(files()).isSubsetOf("backup.db", "talk.db-lock");
    }
  }

  private static byte[] damaged(byte[] bytes, int seed) {
    Random random = new Random(seed);
    int at = random.nextInt(bytes.length);
    if (seed % 4 == 0) {
      return Arrays.copyOf(bytes, at);
    }
    bytes[at] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
