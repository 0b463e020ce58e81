package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where files go, by the environment. */
final class TalkHomeTest {
  private static final Path HOME = Path.of("/home/ada");

  private static Path outboxes(Map<String, String> environment) {
    return TalkHome.outboxes(environment::get, HOME);
  }

  @Test
  void whatWaitsIsDataOfTheUsers() {
    assertThat(outboxes(Map.of())).isEqualTo(HOME.resolve(".local/share/talk/outbox"));
    assertThat(outboxes(Map.of("XDG_DATA_HOME", "")))
        .isEqualTo(HOME.resolve(".local/share/talk/outbox"));
    assertThat(outboxes(Map.of("XDG_DATA_HOME", "/data"))).isEqualTo(Path.of("/data/talk/outbox"));
  }

  @Test
  void aPathThatIsNotAbsoluteIsIgnored() {
    assertThat(outboxes(Map.of("XDG_DATA_HOME", "data")))
        .isEqualTo(HOME.resolve(".local/share/talk/outbox"));
  }

  @Test
  void allIsInOneFolderWhereThatIsSet() {
    assertThat(outboxes(Map.of("TALK_HOME", "/tmp/t", "XDG_DATA_HOME", "/data")))
        .isEqualTo(Path.of("/tmp/t/outbox"));
  }
}
