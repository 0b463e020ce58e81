package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.room.HubStorage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HubBuilderTest {
  private final HubBuilder builder = HubEngine.builder(HubStorage.inMemory());

  @Test
  void countsAreRefusedBelowTheirLeast() {
    assertInvalid("lastMessages", () -> builder.lastMessages(-1));
    assertInvalid("maxMessageSize", () -> builder.maxMessageSize(0));
    assertInvalid("maxScheduled", () -> builder.maxScheduled(0));
    assertInvalid("passwordCost", () -> builder.passwordCost(3));
    assertInvalid("passwordCost", () -> builder.passwordCost(32));
  }

  @Test
  void countsAreTakenAtTheirEdges() {
    builder.lastMessages(0).maxMessageSize(1).maxScheduled(1).passwordCost(4).passwordCost(31);
    assertThat(builder.lastMessages).isZero();
    assertThat(builder.passwordCost).isEqualTo(31);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT876600H0.000000001S", "PT2562047788015215H30M7S"})
  void timesThatMakeNoSenseAreRefused(String time) {
    Duration span = Duration.parse(time);
    assertInvalid("messageTtl", () -> builder.messageTtl(span));
    assertInvalid("closeWithin", () -> builder.closeWithin(span));
    assertInvalid("reconnectWindow", () -> builder.reconnectWindow(span));
  }

  @Test
  void hubOpensAndClosesWithTheLongestTimes() {
    Duration longest = Arguments.MAX_DURATION;
    builder.messageTtl(longest).closeWithin(longest).reconnectWindow(longest).open().close();
  }

  private static void assertInvalid(String option, Runnable call) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(call::run)
        .withMessageStartingWith(option + " is ")
        .matches(e -> e.code() == Code.INVALID);
  }
}
