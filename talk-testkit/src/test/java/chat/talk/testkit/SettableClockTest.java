package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SettableClockTest {
  private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

  private final SettableClock clock = new SettableClock(START);
  private final List<String> ran = new ArrayList<>();

  @Test
  void timeStandsStill() {
    assertThat(clock.now()).isEqualTo(START).isEqualTo(clock.now());
    assertThat(new SettableClock().now()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void timeMovesAsFarAsItIsTold() {
    clock.advance(Duration.ofMinutes(2));
    assertThat(clock.now()).isEqualTo(START.plusSeconds(120));
    clock.set(START.plusSeconds(500));
    assertThat(clock.now()).isEqualTo(START.plusSeconds(500));
  }

  @Test
  void timeDoesNotGoBack() {
    assertThatThrownBy(() -> clock.set(START.minusNanos(1))).isInstanceOf(ChatException.class);
    assertThatThrownBy(() -> clock.advance(Duration.ofNanos(-1)))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.code()).isEqualTo(ChatException.Code.INVALID));
    assertThat(clock.now()).isEqualTo(START);
  }

  @Test
  void taskRunsWhenItIsDueAndNotBefore() {
    after(1000, "task");
    clock.advance(Duration.ofMillis(999));
    assertThat(ran).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(ran).containsExactly("task at 1000");
    clock.advance(Duration.ofDays(1));
    assertThat(ran).hasSize(1);
  }

  @Test
  void tasksRunInTheOrderOfTheirTimes() {
    after(300, "c");
    after(100, "a");
    after(200, "b1");
    after(200, "b2");
    after(200, "b3");
    clock.advance(Duration.ofSeconds(1));
    assertThat(ran).containsExactly("a at 100", "b1 at 200", "b2 at 200", "b3 at 200", "c at 300");
    assertThat(clock.now()).isEqualTo(START.plusSeconds(1));
  }

  @Test
  void taskThatIsDueAtOnceWaitsForTheNextMove() {
    after(0, "zero");
    after(-5, "negative");
    assertThat(ran).isEmpty();
    clock.advance(Duration.ZERO);
    assertThat(ran).containsExactly("zero at 0", "negative at 0");
  }

  @Test
  void tasksOfTasksRunInTheSameSpan() {
    clock.after(Duration.ofMillis(100), this::again);
    clock.advance(Duration.ofMillis(350));
    assertThat(ran).containsExactly("again at 100", "again at 200", "again at 300");
    assertThat(clock.pending()).isOne();
  }

  private void again() {
    note("again");
    clock.after(Duration.ofMillis(100), this::again);
  }

  @Test
  void taskMayMoveTheClock() {
    clock.after(Duration.ofMillis(10), () -> clock.advance(Duration.ofMillis(50)));
    after(40, "inner");
    after(70, "outer");
    clock.advance(Duration.ofMillis(20));
    assertThat(ran).containsExactly("inner at 40");
    assertThat(clock.now()).isEqualTo(START.plusMillis(60));
  }

  @Test
  void cancelledTaskDoesNotRun() {
    Scheduler.Cancellable task = after(10, "cancelled");
    after(10, "kept");
    task.cancel();
    task.cancel();
    clock.advance(Duration.ofSeconds(1));
    assertThat(ran).containsExactly("kept at 10");
  }

  @Test
  void taskMayCancelOneThatIsDueAtTheSameTime() {
    List<Scheduler.Cancellable> later = new ArrayList<>();
    clock.after(Duration.ofMillis(10), () -> later.get(0).cancel());
    later.add(after(10, "cancelled"));
    clock.advance(Duration.ofSeconds(1));
    assertThat(ran).isEmpty();
  }

  @Test
  void taskThatThrowsStopsTheClockThere() {
    clock.after(
        Duration.ofMillis(10),
        () -> {
          throw new IllegalStateException("a task that throws");
        });
    after(20, "next");
    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(clock.now()).isEqualTo(START.plusMillis(10));
    clock.advance(Duration.ofSeconds(1));
    assertThat(ran).containsExactly("next at 20");
  }

  @Test
  void pendingTasksAreCounted() {
    Scheduler.Cancellable task = after(10, "a");
    after(20, "b");
    assertThat(clock.pending()).isEqualTo(2);
    task.cancel();
    assertThat(clock.pending()).isOne();
    clock.advance(Duration.ofSeconds(1));
    assertThat(clock.pending()).isZero();
  }

  @Test
  void manyThreadsMayScheduleAndMove() {
    AtomicInteger count = new AtomicInteger();
    IntStream.range(0, 8)
        .mapToObj(i -> Background.run(() -> scheduleAndMove(count)))
        .toList()
        .forEach(Await::result);
    clock.advance(Duration.ofSeconds(1));
    assertThat(count).hasValue(8 * 100);
    assertThat(clock.pending()).isZero();
  }

  private void scheduleAndMove(AtomicInteger count) {
    for (int i = 0; i < 100; i++) {
      clock.after(Duration.ofMillis(i % 7), count::incrementAndGet);
      clock.advance(Duration.ofMillis(1));
    }
  }

  private Scheduler.Cancellable after(long millis, String name) {
    return clock.after(Duration.ofMillis(millis), () -> note(name));
  }

  private void note(String name) {
    ran.add(name + " at " + Duration.between(START, clock.now()).toMillis());
  }
}
