package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatClient;
import chat.talk.Peer;
import chat.talk.Registry;
import chat.talk.http.HttpTransport;
import chat.talk.registry.RegistryServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class HealthCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aRegistryIsWellUntilItCloses() {
    String url;
    try (RegistryServer registry = RegistryServer.builder().start()) {
      url = registry.url();
      assertThat(health(url)).isZero();
      assertThat(err.toString()).isEmpty();
    }
    assertThat(health(url)).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).isEqualToIgnoringNewLines(notWell(url));
  }

  @Test
  void aPeerIsWell() {
    Registry registry = Registry.inMemory();
    try (Peer bob =
        ChatClient.peer("bob").registry(registry).transport(new HttpTransport()).start()) {
      assertThat(health(bob.address().toString())).isZero();
    }
  }

  @Test
  void whoTakesAConnectionAndSaysNothingIsNotWell() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + mute.getLocalPort();
      assertThat(health(url, "--timeout", "100ms")).isEqualTo(ExitCode.FAILED);
      assertThat(err.toString()).isEqualToIgnoringNewLines(notWell(url));
    }
  }

  private static String notWell(String url) {
    return "talk: " + url + " does not answer that it is well";
  }

  private int health(String url, String... options) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(
        Stream.concat(Stream.of("health", url), Stream.of(options)).toArray(String[]::new));
  }
}
