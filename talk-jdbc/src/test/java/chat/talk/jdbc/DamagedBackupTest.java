package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static byte[] bytes;
  private static List<String> content;

  @TempDir private Path folder;

  @BeforeAll
  static void save() throws IOException {
    Path file = source.resolve("backup.db");
    try (Database database = Database.open(source.resolve("talk.db").toString())) {
      new RandomContent(1).fill(database);
      Backup.at(file).save(database);
      content = Dump.of(database);
    }
    bytes = Files.readAllBytes(file);
  }

  @RepeatedTest(40)
  void damageIsNoticedAndChangesNothing(RepetitionInfo repetition) throws IOException {
    Path file = Files.write(folder.resolve("backup.db"), damaged(repetition));
    String target = folder.resolve("talk.db").toString();
    try {
      Backup.at(file).restore(Database.builder(target));
      try (Database restored = Database.open(target)) {
        assertThat(Dump.of(restored)).as("what does no harm").isEqualTo(content);
      }
    } catch (ChatException e) {
      assertThat(e.getMessage()).startsWith(file + ": ");
      assertThat(files()).isSubsetOf("backup.db", "talk.db-lock");
    }
  }

  private static byte[] damaged(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int at = random.nextInt(bytes.length);
    if (repetition.getCurrentRepetition() % 4 == 0) {
      return Arrays.copyOf(bytes, at);
    }
    byte[] damaged = bytes.clone();
    damaged[at] ^= (byte) (1 << random.nextInt(8));
    return damaged;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
