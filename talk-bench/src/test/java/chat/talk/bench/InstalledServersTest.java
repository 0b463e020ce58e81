package chat.talk.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers beside Talk, as far as they are installed: whatever is said, everybody gets in order. */
class InstalledServersTest {
  private static final int READERS = 3;
  private static final int MESSAGES = 1000;

  static Stream<String> names() {
    return Stream.of("limit", "socketio", "redis", "nats", "mosquitto", "prosody");
  }

  @ParameterizedTest
  @MethodSource("names")
  void everybodyInARoomGetsAllThatIsSaidThere(String name, @TempDir Path folder) throws Exception {
    Contender contender = Contenders.named(name);
    assumeTrue(contender.obstacle() == null, contender.obstacle());
    try (ServerProcess server = contender.start(folder, List.of());
        Load load = new Load(contender, server.port(), RecordingClient.TEXT_LENGTH)) {
      say(load, load.room("here"));
      say(load, load.room("there"));
      assertThat(load.settle()).asString().contains("complete, in order");
      assertThat(load.delivered()).isEqualTo(2L * READERS * MESSAGES);
    }
  }

  private static void say(Load load, LoadRoom room) throws Exception {
    List<LoadClient> readers = load.connect(READERS, room.name());
    readers.forEach(room::addReader);
    LoadSender sender = load.on(() -> room.addSender(readers.get(0), MESSAGES, load.textLength()));
    load.run(() -> sender.send(MESSAGES, System.nanoTime()));
  }
}
