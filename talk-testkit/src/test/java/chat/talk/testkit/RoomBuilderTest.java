package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.talk.ChatClient.State;
import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.room.HubClient;
import chat.talk.room.HubClientBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client may be set up with. */
final class RoomBuilderTest extends RoomFixture {
  @Test
  void placesWithoutAChatOrACursorAreRefused() {
    Map<ChatId, Cursor> noChat = new HashMap<>();
    noChat.put(null, place(1));
    Map<ChatId, Cursor> noCursor = new HashMap<>();
    noCursor.put(CHAT, null);
    assertThatNullPointerException().isThrownBy(() -> bob().resumeFrom(noChat));
    assertThatNullPointerException().isThrownBy(() -> bob().resumeFrom(noCursor));
  }

  @Test
  void executorThatRunsTasksOnTheThreadThatBringsThemIsRefused() {
    HubClientBuilder bob = bob().executor(Runnable::run);
    ChatException failure = catchThrowableOfType(ChatException.class, bob::open);
    assertThat(failure.code()).isEqualTo(Code.INVALID);
    assertThat(failure).hasMessageContaining("executor");
    assertThat(catchThrowableOfType(ChatException.class, bob::start).code())
        .isEqualTo(Code.INVALID);
    assertThat(hub.knocks).isEmpty();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void executorMayBeQuickAsLongAsItHasAThreadOfItsOwn() {
    Executor quick = task -> Await.result(Background.run(task));
    try (HubClient client = HubClient.join(hub, TOKEN).executor(quick).start()) {
      assertThat(client.state()).isEqualTo(State.CONNECTED);
    }
  }

  static Stream<Duration> badDurations() {
    return Stream.of(
        Duration.ZERO,
        Duration.ofNanos(-1),
        Duration.ofSeconds(Long.MIN_VALUE),
        Duration.ofDays(36_525).plusNanos(1),
        Duration.ofSeconds(Long.MAX_VALUE));
  }

  @ParameterizedTest
  @MethodSource("badDurations")
  void durationsAreMoreThanZeroAndNoMoreThanAHundredYears(Duration bad) {
    assertThat(catchThrowableOfType(ChatException.class, () -> bob().timeout(bad)).code())
        .isEqualTo(Code.INVALID);
    assertThat(catchThrowableOfType(ChatException.class, () -> bob().closeWithin(bad)).code())
        .isEqualTo(Code.INVALID);
  }

  @Test
  void clientOfGreatPatienceWorksOnTheClockOfTheSystem() {
    Duration hundredYears = Duration.ofDays(36_525);
    HubClientBuilder patient = HubClient.join(hub, TOKEN).timeout(hundredYears);
    try (HubClient client = patient.closeWithin(hundredYears).start()) {
      var asked = client.chats();
      session().asked().get(0).answer(List.of());
      assertThat(Await.result(asked)).isEmpty();
    }
    assertThat(session().isClosed).isTrue();
  }
}
