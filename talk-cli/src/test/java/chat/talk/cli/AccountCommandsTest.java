package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.room.Device;
import java.time.Instant;
import java.util.List;
import org.jetbrains.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which devices go together, also by what a foreign hub says. */
final class AccountCommandsTest {
  private static Device device(String id, @Nullable String letInBy) {
    return new Device(id, Instant.EPOCH, false, letInBy);
  }

  @Test
  void aDeviceGoesWithAllThatItLetInAndTheseDid() {
    List<Device> there =
        List.of(device("d", "b"), device("a", null), device("b", "a"), device("c", "x"));
    assertThat(AccountCommands.withAllLetInBy("a", there))
        .extracting(Device::id)
        .containsExactly("a", "b", "d");
    assertThat(AccountCommands.withAllLetInBy("gone", there)).isEmpty();
  }

  @Test
  void devicesThatLetEachOtherInAreToldOnce() {
    Device itself = device("a", "a");
    assertThat(AccountCommands.withAllLetInBy("a", List.of(itself))).containsExactly(itself);
    List<Device> ring = List.of(device("a", "c"), device("b", "a"), device("c", "b"));
    assertThat(AccountCommands.withAllLetInBy("a", ring)).containsExactlyElementsOf(ring);
  }

  @Test
  void onlyWhatIsNotThereAnyMoreHasGone() {
    Device first = device("a", null);
    Device second = device("b", "a");
    assertThat(AccountCommands.without(List.of(device("b", null)), List.of(first, second)))
        .containsExactly(first);
  }
}
