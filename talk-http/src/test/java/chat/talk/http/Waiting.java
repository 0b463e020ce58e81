package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what comes about by itself. */
final class Waiting {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(2);

  private Waiting() {}

  static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    boolean holds = condition.getAsBoolean();
    while (!holds && System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE.toNanos());
      holds = condition.getAsBoolean();
    }
    assertThat(holds).isTrue();
  }

  interface IoFunction<T> {
    Object apply(T argument) throws IOException;
  }

  static <T> void unchecked(IoFunction<T> call, T argument) {
    try {
      call.apply(argument);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The threads that are alive and whose name begins so. */
  static long threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .count();
  }
}
