package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.Scheduler;
import chat.talk.Scheduler.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private final Simulation simulation = new Simulation(1);
  private final List<String> done = new ArrayList<>();

  private void after(long millis, String what) {
    simulation.scheduler().after(Duration.ofMillis(millis), () -> done.add(what));
  }

  @Test
  void tasksRunWhenTheyAreDue() {
    after(20, "b");
    after(10, "a");
    after(20, "c");
    after(30, "d");

    simulation.run(Duration.ofMillis(20));

    assertThat(done).containsExactly("a", "b", "c");
    assertThat(simulation.elapsed()).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void aTaskSeesTheTimeThatItWasDue() {
    Instant start = simulation.scheduler().now();
    simulation
        .scheduler()
        .after(
            Duration.ofSeconds(3),
            () -> done.add("" + Duration.between(start, simulation.scheduler().now())));

    simulation.run(Duration.ofSeconds(10));

    assertThat(done).containsExactly("PT3S");
  }

  @Test
  void aCancelledTaskDoesNotRun() {
    List<Cancellable> tasks =
        IntStream.range(0, 2_000)
            .mapToObj(i -> simulation.scheduler().after(Duration.ofMillis(i), () -> done.add("x")))
            .toList();
    tasks.stream().skip(10).forEach(Cancellable::cancel);
    tasks.get(11).cancel();

    assertThat(simulation.runUntilQuiet(Duration.ofSeconds(5))).isTrue();

    assertThat(done).hasSize(10);
  }

  @Test
  void itIsNotQuietWhileSomethingRepeats() {
    simulation.scheduler().after(Duration.ofSeconds(1), this::repeat);

    assertThat(simulation.runUntilQuiet(Duration.ofSeconds(60))).isFalse();
    assertThat(done).hasSize(60);
  }

  private void repeat() {
    done.add("again");
    simulation.scheduler().after(Duration.ofSeconds(1), this::repeat);
  }

  @Test
  void theSeedDecidesTheOrderOfWhatWaitsTogether() {
    assertThat(order(5)).isEqualTo(order(5)).isNotEqualTo(order(6));
    assertThat(order(5)).containsExactlyInAnyOrderElementsOf(order(6));
  }

  private static List<Integer> order(long seed) {
    Simulation simulation = new Simulation(seed);
    List<Integer> order = new ArrayList<>();
    IntStream.range(0, 50).forEach(i -> simulation.executor().execute(() -> order.add(i)));
    simulation.run(Duration.ZERO);
    return order;
  }

  @Test
  void theFingerprintTellsWhatHappened() {
    Simulation same = new Simulation(1);
    List.of(simulation, same).forEach(each -> each.note(7));
    assertThat(simulation.fingerprint()).isEqualTo(same.fingerprint());

    same.note(8);
    assertThat(simulation.fingerprint()).isNotEqualTo(same.fingerprint());
  }

  @Test
  void aKilledNodeRunsNothingMore() {
    Simulation.Node node = simulation.newNode();
    node.execute(() -> done.add("waits"));
    node.after(Duration.ofMillis(5), () -> done.add("later"));
    node.kill();
    node.execute(() -> done.add("too late"));

    simulation.run(Duration.ofSeconds(1));

    assertThat(done).isEmpty();
    assertThat(node.isAlive()).isFalse();
  }

  @Test
  void whatANodeThrowsThatHasDiedMeanwhileIsNobodysConcern() {
    Simulation.Node node = simulation.newNode();
    node.execute(
        () -> {
          node.kill();
          throw new IllegalStateException("dead");
        });

    simulation.run(Duration.ofSeconds(1));

    assertThat(node.isAlive()).isFalse();
  }

  @Test
  void aPausedNodeDoesItsWorkAfterwards() {
    Simulation.Node node = simulation.newNode();
    Instant start = node.now();
    node.pause(Duration.ofSeconds(2));
    node.execute(() -> done.add("at " + Duration.between(start, node.now())));
    node.after(Duration.ofSeconds(1), () -> done.add("due at 1"));
    node.after(Duration.ofSeconds(3), () -> done.add("due at 3"));
    Cancellable cancelled = node.after(Duration.ofSeconds(1), () -> done.add("cancelled"));
    simulation.run(Duration.ofMillis(1_500));
    cancelled.cancel();

    simulation.run(Duration.ofSeconds(5));

    assertThat(done).containsExactlyInAnyOrder("at PT2S", "due at 1", "due at 3");
    assertThat(done.get(2)).isEqualTo("due at 3");
  }

  @Test
  void aSlowNodeBeginsLater() {
    Simulation.Node node = simulation.newNode();
    node.lag(Duration.ofMillis(100));
    node.execute(() -> done.add("done"));

    simulation.run(Duration.ZERO);
    assertThat(done).isEmpty();
    simulation.run(Duration.ofMillis(100));
    assertThat(done).containsExactly("done");
  }

  @Test
  void aFailureTellsTheSeed() {
    simulation.executor().execute(() -> Integer.parseInt("no number"));

    assertThatThrownBy(() -> simulation.run(Duration.ZERO))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("-Dtalk.simulation.seed=1")
        .hasRootCauseInstanceOf(NumberFormatException.class);
  }

  @Test
  void tasksWithoutEndAtOneInstantAreFound() {
    simulation.executor().execute(this::spin);

    assertThatThrownBy(() -> simulation.run(Duration.ZERO))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("without end");
  }

  private void spin() {
    simulation.executor().execute(this::spin);
  }

  @Test
  void timeGoesOnOnlyAndNotPastItsEnd() {
    Simulation one = new Simulation(1);
    one.run(Duration.ofSeconds(5));
    assertThatThrownBy(() -> one.run(Duration.ofSeconds(-9))).isInstanceOf(ChatException.class);
    assertThat(one.elapsed()).isEqualTo(Duration.ofSeconds(5));
    one.run(Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(one.elapsed()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
  }

  @Test
  void timersOfTheDeadAreNotCountedTwice() {
    Simulation one = new Simulation(1);
    Simulation.Node node = one.newNode();
    Scheduler.Cancellable dead = node.after(Duration.ofSeconds(1), () -> {});
    AtomicInteger ran = new AtomicInteger();
    one.scheduler().after(Duration.ofSeconds(2), ran::incrementAndGet);
    node.kill();
    one.run(Duration.ofSeconds(1));
    dead.cancel();
    assertThat(one.runUntilQuiet(Duration.ofSeconds(10))).isTrue();
    assertThat(ran).hasValue(1);
  }

  @Test
  void faultsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> Faults.none().cut(-3)).isInstanceOf(ChatException.class);
    assertThatThrownBy(() -> Faults.none().loseChunks(7)).isInstanceOf(ChatException.class);
    assertThatThrownBy(() -> Faults.none().window(0)).isInstanceOf(ChatException.class);
    assertThatThrownBy(() -> Faults.none().delay(Duration.ofSeconds(9), Duration.ofSeconds(1)))
        .isInstanceOf(ChatException.class);
    assertThatThrownBy(() -> new SimulatedNetwork(new Simulation(1)).cut("nobody"))
        .isInstanceOf(ChatException.class);
  }
}
