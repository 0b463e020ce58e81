package chat.talk;

import static chat.talk.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PeerBuilderTest {
  private final PeerBuilder peer = ChatClient.peer("bob");

  @Test
  void nameIsCheckedAtOnce() {
    assertInvalid(() -> ChatClient.peer("b o b"), "\"b o b\"");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void settingsBelowOneNameTheSetter(long value) {
    Duration duration = Duration.ofMillis(value);
    assertInvalid(() -> peer.refreshEvery(duration), "refreshEvery", duration.toString());
    assertInvalid(() -> peer.closeWithin(duration), "closeWithin", duration.toString());
    assertInvalid(() -> peer.maxBacklog(value), "maxBacklog", String.valueOf(value));
  }

  @Test
  void missingPartsAreNamed() {
    assertInvalid(peer::start, "registry");
    peer.registry(Registry.inMemory());
    assertInvalid(peer::start, "transport");
  }

  @Test
  void nullIsRefusedByTheSetter() {
    assertThatThrownBy(() -> peer.registry(null)).hasMessage("registry");
    assertThatThrownBy(() -> peer.listener(null)).hasMessage("listener");
    assertThatThrownBy(() -> peer.storage(null)).hasMessage("storage");
    assertThatThrownBy(() -> peer.scheduler(null)).hasMessage("scheduler");
    assertThatThrownBy(() -> peer.claim(null)).hasMessage("claim");
    assertThatThrownBy(() -> peer.publicAddress(null)).hasMessage("address");
    assertThatThrownBy(() -> peer.listenOn(null, 0)).hasMessage("host");
  }

  @Test
  void storageNeedsRoom() {
    assertInvalid(() -> Storage.inMemory(0), "0");
  }
}
