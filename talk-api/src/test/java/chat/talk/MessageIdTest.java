package chat.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MessageIdTest {
  private static final int MANY = 20_000;

  @Test
  void randomOnesAreUuidsOfVersionSeven() {
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    MessageId id = MessageId.random();
    UUID uuid = UUID.fromString(id.value());
    assertThat(uuid.version()).isEqualTo(7);
    assertThat(uuid.variant()).isEqualTo(2);
    Instant made = Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16);
    assertThat(made).isBetween(before, Instant.now().plusSeconds(60));
  }

  @Test
  void laterOneIsGreater() {
    assertThat(some()).isSortedAccordingTo(MessageId::compareTo).doesNotHaveDuplicates();
  }

  @Test
  void severalThreadsNeverMakeTheSame() {
    List<CompletableFuture<List<MessageId>>> all =
        Stream.generate(() -> CompletableFuture.supplyAsync(MessageIdTest::some)).limit(4).toList();
    Set<MessageId> different = new HashSet<>();
    all.forEach(ids -> different.addAll(ids.join()));
    assertThat(different).hasSize(4 * MANY);
  }

  private static List<MessageId> some() {
    List<MessageId> ids = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      ids.add(MessageId.random());
    }
    return ids;
  }
}
