package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.hub.LimitPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimulateTest {
  private static final SimulationPlan PLAN =
      SimulationPlan.of(12, 400, Duration.ofMillis(1_200), 7L);

  @TempDir Path home;

  @Test
  void aCrowdOnAGoodHubGetsEverythingInOneOrder() {
    Screen screen = new Screen();
    try (HubHouse house = new HubHouse(home);
        Crowd crowd = new Crowd(house.hub, PLAN)) {
      assertThat(new Simulation(PLAN, crowd, screen.console()).run()).isEqualTo(ExitCode.OK);
      assertThat(crowd.tally.sent.sum()).isGreaterThan(200);
      assertThat(crowd.tally.delivered.sum()).isGreaterThan(crowd.tally.sent.sum());
    }
    assertThat(screen.out()).first().isEqualTo("12 users, 400.0 actions a second, seed 7");
    assertThat(screen.out()).anyMatch(line -> line.startsWith("   1 s  connected "));
    assertThat(screen.out()).last().asString().endsWith("order and completeness: held");
  }

  @Test
  void whatTheHubRefusesIsCountedAndFails() {
    Screen screen = new Screen();
    try (HubHouse house =
            new HubHouse(home, hub -> hub.generalLimit(LimitPolicy.of(1, Duration.ofHours(1))));
        Crowd crowd = new Crowd(house.hub, PLAN)) {
      assertThat(new Simulation(PLAN, crowd, screen.console()).run()).isEqualTo(ExitCode.FAILED);
    }
    assertThat(screen.out()).last().asString().contains("errors {LIMITED=");
  }

  @Test
  void aHoleAndAnotherOrderAreNoticed() {
    Tally tally = new Tally();
    SameOrder order = new SameOrder(tally);
    order.saw("ada", entry(1, "a"), null);
    order.saw("ada", entry(2, "b"), new Cursor(1, 1));
    assertThat(tally.isClean()).isTrue();
    order.saw("bob", entry(2, "c"), null);
    order.saw("bob", entry(4, "d"), new Cursor(1, 2));
    order.saw("bob", entry(4, "d"), new Cursor(1, 4));
    assertThat(tally.violations())
        .containsExactly(
            "bob saw something else at #2 of general",
            "bob saw in general: #4 after #2",
            "bob saw in general: #4 after #4");
  }

  @Test
  void aMessageAtTwoPlacesAndAnotherThanWasAcknowledgedAreNoticed() {
    Tally tally = new Tally();
    SameOrder order = new SameOrder(tally);
    order.saw("ada", entry(1, "a"), null);
    order.saw("ada", entry(2, "a"), new Cursor(1, 1));
    order.stored(entry(2, "b"));
    assertThat(tally.violations())
        .containsExactly(
            "a message of x stands at #1 and #2 of general",
            "the hub acknowledged something else at #2 of general");
  }

  @Test
  void aChatThatNeverReachesItsReaderIsNoticed() {
    try (HubHouse house = new HubHouse(home);
        Crowd crowd = new Crowd(house.hub, PLAN)) {
      crowd.come();
      assertThat(crowd.isComplete()).isTrue();
      ChatId direct = ChatId.direct(crowd.name(1), crowd.name(2));
      crowd.order.stored(
          new Entry(
              new Cursor(1, 3),
              new ChatMessage(direct, MessageId.of("m"), crowd.name(1), "", Instant.EPOCH)));
      assertThat(crowd.isComplete()).isFalse();
      crowd.reportMissing();
      assertThat(crowd.tally.violations())
          .containsExactlyInAnyOrder(
              crowd.name(1) + " has got nothing of " + direct + ", but #3 to #3 was acknowledged",
              crowd.name(2) + " has got nothing of " + direct + ", but #3 to #3 was acknowledged");
      assertThat(crowd.tally.isClean()).isFalse();
    }
  }

  @Test
  void aMessageWithoutAnAnswerIsNoticed() {
    try (HubHouse house = new HubHouse(home);
        Crowd crowd = new Crowd(house.hub, PLAN)) {
      crowd.come();
      crowd.tally.asked.increment();
      assertThat(crowd.isComplete()).isFalse();
      crowd.reportMissing();
      assertThat(crowd.tally.violations()).containsExactly("1 messages have got no answer");
    }
  }

  @Test
  void whatCannotBeEmulatedIsRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> SimulationPlan.of(1, 1, second, null))
        .matches(failure -> failure.exitCode() == ExitCode.USAGE);
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> SimulationPlan.of(2, Double.NaN, second, null));
  }

  private static Entry entry(long place, String id) {
    ChatMessage message =
        new ChatMessage(
            ChatId.of("general"), MessageId.of(id), UserName.of("x"), "", Instant.EPOCH);
    return new Entry(new Cursor(1, place), message);
  }
}
