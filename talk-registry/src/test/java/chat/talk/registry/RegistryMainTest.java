package chat.talk.registry;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.Claim;
import chat.talk.UserAddress;
import chat.talk.UserName;
import chat.talk.http.HttpRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RegistryMainTest {
  @Test
  void programServesUntilItIsEnded() throws Exception {
    Process registry = start(Map.of("PORT", "0"));
    try {
      String url = registry.inputReader(StandardCharsets.UTF_8).readLine().replaceAll(".* ", "");
      HttpRegistry remote = HttpRegistry.at(url);
      remote
          .register(UserName.of("alice"), UserAddress.http("127.0.0.1", 9), Claim.NONE)
          .get(10, TimeUnit.SECONDS);
      assertThat(remote.users().get(10, TimeUnit.SECONDS)).hasSize(1);
    } finally {
      registry.destroy();
    }
    assertThat(registry.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void portThatIsNoneEndsItWithAClearWord() throws Exception {
    Process registry = start(Map.of("PORT", "eighty"));
    assertThat(registry.errorReader(StandardCharsets.UTF_8).readLine())
        .isEqualTo("PORT is no number: eighty");
    assertThat(registry.waitFor()).isEqualTo(2);
  }

  @Test
  void portOutOfRangeIsAWrongOption() throws Exception {
    assertThat(start(Map.of("PORT", "70000")).waitFor()).isEqualTo(2);
  }

  @Test
  void portInUseIsToldByItsStatus() throws Exception {
    try (RegistryServer first = RegistryServer.builder().start()) {
      String port = Integer.toString(first.port());
      assertThat(start(Map.of("PORT", port)).waitFor()).isEqualTo(5);
    }
  }

  private static Process start(Map<String, String> environment) throws IOException {
    String java = ProcessHandle.current().info().command().orElseThrow();
    ProcessBuilder builder =
        new ProcessBuilder(
            java, "-cp", System.getProperty("java.class.path"), RegistryMain.class.getName());
    builder.environment().putAll(environment);
    return builder.start();
  }
}
