package chat.talk.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramsTest {
  @Test
  void aProgramOnThePathIsFound() {
    assertThat(Programs.find("sh")).isPresent();
  }

  @Test
  void whatIsNotInstalledIsSaidAndNotStarted() {
    Contender missing = new Missing();
    assertThat(missing.obstacle()).isEqualTo("no-such-server is not installed");
    assertThatIOException()
        .isThrownBy(() -> missing.start(Path.of("."), List.of()))
        .withMessage("no-such-server is not installed");
  }

  private static final class Missing extends ProgramContender {
    Missing() {
      super("missing", "Missing", "no-such-server");
    }

    @Override
    List<String> command(String program, Path folder, int port) {
      throw new AssertionError("nothing to start");
    }

    @Override
    public Conversation converse(
        Conversation.Client client, MarkScanner marks, int user, String room) {
      throw new AssertionError("nobody to talk to");
    }

    @Override
    public byte[] send(String room, String text) {
      throw new AssertionError("nobody to send to");
    }
  }
}
