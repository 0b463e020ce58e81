package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.room.Device;
import java.time.Instant;
import java.util.List;
import org.jetbrains.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which device has let which in, also by what a foreign hub says. */
final class AccountCommandsTest {
  private static Device device(String id, @Nullable String letInBy) {
    return new Device(id, Instant.EPOCH, false, letInBy);
  }

  @Test
  void aDeviceHasLetInWhatCameByItAndByThose() {
    List<Device> there =
        List.of(device("d", "b"), device("a", null), device("b", "a"), device("c", "x"));
    assertThat(AccountCommands.hasLetIn("a", "b", there)).isTrue();
    assertThat(AccountCommands.hasLetIn("a", "d", there)).isTrue();
    assertThat(AccountCommands.hasLetIn("b", "a", there)).isFalse();
    assertThat(AccountCommands.hasLetIn("a", "c", there)).isFalse();
    assertThat(AccountCommands.hasLetIn("a", "gone", there)).isFalse();
  }

  @Test
  void devicesThatLetEachOtherInComeToAnEnd() {
    assertThat(AccountCommands.hasLetIn("b", "a", List.of(device("a", "a")))).isFalse();
    List<Device> ring = List.of(device("a", "c"), device("b", "a"), device("c", "b"));
    assertThat(AccountCommands.hasLetIn("b", "a", ring)).isTrue();
    assertThat(AccountCommands.hasLetIn("x", "a", ring)).isFalse();
  }
}
