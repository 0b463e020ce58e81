package chat.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SchedulerTest {
  private static final Duration ENDLESS = Duration.ofSeconds(Long.MAX_VALUE);

  private final Scheduler system = Scheduler.system();
  private final CountDownLatch done = new CountDownLatch(1);

  @Test
  void whatIsOverdueRunsAtOnceHoweverLongItIs() throws InterruptedException {
    system.after(Duration.ofSeconds(Long.MIN_VALUE), done::countDown);
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void taskOfAFarFutureDelaysNoOther() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Scheduler.Cancellable far = system.after(ENDLESS, never::countDown);
    system.after(Duration.ofMillis(1), done::countDown);
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(never.getCount()).isOne();
    far.cancel();
  }
}
