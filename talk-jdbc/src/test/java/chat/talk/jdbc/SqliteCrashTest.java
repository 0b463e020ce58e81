package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hub on SQLite is killed under load, again and again, and keeps what it has said. */
@Timeout(300)
final class SqliteCrashTest {
  /** At the same time: while one hub starts, others work. */
  private static final int RUNS = 3;

  private static final int KILLS = 23;

  @TempDir Path folder;

  private CrashRun run(int number, boolean late) throws Exception {
    Path own = Files.createDirectory(folder.resolve("run" + number));
    long seed = CrashRun.SEED + number;
    return new CrashRun(Target.file(own.resolve("talk.db")), own, seed, late);
  }

  @Test
  void nothingAcknowledgedIsLostOrDoubledByKills() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(RUNS);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        CrashRun run = run(i, false);
        runs.add(threads.submit(() -> run.check(KILLS)));
      }
      for (Future<?> each : runs) {
        assertThatCode(each::get).doesNotThrowAnyException();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aStorageThatAnswersTooEarlyIsFoundOut() throws Exception {
    CrashRun run = run(0, true);
    assertThatThrownBy(() -> run.check(12))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("is lost");
  }
}
