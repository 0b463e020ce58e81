package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hubs are killed under load, again and again, and keep what they have said. */
@Timeout(600)
final class CrashTest {
  private static final int KILLS = Integer.getInteger("talk.crash.kills", 15);

  @TempDir Path folder;

  private CrashRun sqlite(String name, long seed) throws IOException {
    Path own = Files.createDirectory(folder.resolve(name));
    return new CrashRun("SQLite", Target.file(own.resolve("talk.db")), own, seed);
  }

  private CrashRun mariaDb(MariaDbServer server, long seed) throws IOException {
    Path own = Files.createDirectory(folder.resolve("mariadb"));
    return new CrashRun("MariaDB", Target.of(server), own, seed).killing(server);
  }

  /** All at the same time: while one hub starts, others work. */
  @Test
  void nothingAcknowledgedIsLostOrDoubledByKills() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (MariaDbServer server = MariaDbServer.start()) {
      List<CrashRun> runs =
          List.of(
              sqlite("one", CrashRun.SEED),
              sqlite("two", CrashRun.SEED + 1),
              mariaDb(server, CrashRun.SEED + 2));
      List<Throwable> failures = new ArrayList<>();
      List<CompletableFuture<Void>> all =
          runs.stream()
              .map(run -> CompletableFuture.runAsync(() -> run.check(KILLS), threads))
              .toList();
      for (CompletableFuture<Void> each : all) {
        each.handle((done, failure) -> failure)
            .thenAccept(failures::add)
            .get(580, TimeUnit.SECONDS);
      }
      assertThat(failures).containsOnlyNulls();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aStorageThatAnswersTooEarlyIsFoundOut() throws IOException {
    CrashRun run = sqlite("late", CrashRun.SEED).late();
    assertThatThrownBy(() -> run.check(12))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("has lost");
  }
}
