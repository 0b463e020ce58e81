package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class RefreshTest {
  private static final Duration INTERVAL = Duration.ofMinutes(2);

  private final SettableClock clock = new SettableClock();
  private final List<CompletableFuture<Void>> runs = new ArrayList<>();
  private final Refresh refresh = new Refresh(clock, this::run);

  @Test
  void comesEveryTwoMinutesOnceTheLastIsDone() {
    refresh.start();
    clock.advance(INTERVAL.minusMillis(1));
    assertThat(runs).isEmpty();
    clock.advance(INTERVAL);
    assertThat(runs).hasSize(1);
    clock.advance(INTERVAL);
    assertThat(runs).hasSize(1);
    runs.get(0).completeExceptionally(new IllegalStateException("no registry"));
    clock.advance(INTERVAL);
    assertThat(runs).hasSize(2);
  }

  @Test
  void endsWhenClosed() {
    refresh.start();
    clock.advance(INTERVAL);
    refresh.close();
    runs.get(0).complete(null);
    clock.advance(INTERVAL.multipliedBy(3));
    assertThat(runs).hasSize(1);
  }

  private CompletableFuture<Void> run() {
    CompletableFuture<Void> run = new CompletableFuture<>();
    runs.add(run);
    return run;
  }
}
