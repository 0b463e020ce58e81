package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.talk.UserName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClaimFileTest {
  private static final String REGISTRY = "http://127.0.0.1:8070";
  private static final UserName BOB = UserName.of("bob");

  @TempDir Path home;

  @Test
  void theClaimStaysTheSame() {
    assertThat(secret(REGISTRY, BOB)).isEqualTo(secret(REGISTRY + "/", BOB));
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8070, HTTP://LOCALHOST:8070/",
    "http://127.0.0.1:8070, http://[::1]:8070",
    "http://127.0.0.1:8070, http://[0:0:0:0:0:0:0:1]:8070//",
    "http://chat.example, http://Chat.Example:80",
    "https://chat.example/talk, https://chat.example:443/talk/"
  })
  void aRegistryHasOneClaimHoweverItIsSpelled(String one, String other) {
    assertThat(secret(one, BOB)).isEqualTo(secret(other, BOB));
  }

  @ParameterizedTest
  @CsvSource({
    "http://chat.example, https://chat.example",
    "http://chat.example, http://chat.example:443",
    "http://chat.example/a, http://chat.example/A",
    "http://chat.example, http://chat.example/a"
  })
  void whatIsAnotherRegistryHasAnotherClaim(String one, String other) {
    assertThat(secret(one, BOB)).isNotEqualTo(secret(other, BOB));
  }

  @Test
  void eachRegistryAndNameHasItsOwnClaim() {
    List<String> secrets =
        List.of(
            secret(REGISTRY, BOB),
            secret(REGISTRY, UserName.of("Bob")),
            secret("http://127.0.0.1:8071", BOB));
    assertThat(secrets).doesNotHaveDuplicates();
  }

  @Test
  void onlyTheOwnerMayLook() throws IOException {
    Path claims = home.resolve("new/claims");
    ClaimFile.open(claims, REGISTRY, BOB).close();
    try (Stream<Path> all = Files.walk(home.resolve("new"))) {
      assertThat(all)
          .hasSize(4)
          .allSatisfy(path -> assertThat(permissions(path)).matches("rw[x-]------"));
    }
  }

  @Test
  void aNameThatIsInUseIsRefused() {
    try (ClaimFile first = ClaimFile.open(home, REGISTRY, BOB)) {
      assertThat(first.claim().secret()).isPresent();
      assertThatExceptionOfType(Failure.class)
          .isThrownBy(() -> ClaimFile.open(home, REGISTRY, BOB))
          .withMessage("another talk on this machine is bob already")
          .matches(failure -> failure.exitCode() == ExitCode.NAME_TAKEN);
    }
  }

  @Test
  void aSecretThatWasCutShortIsReplaced() throws IOException {
    String secret = secret(REGISTRY, BOB);
    Path file = onlyFile();
    Files.writeString(file, secret.substring(0, 20));
    assertThat(secret(REGISTRY, BOB))
        .hasSameSizeAs(secret)
        .doesNotStartWith(secret.substring(0, 20));
    assertThat(Files.readString(file)).isEqualTo(secret(REGISTRY, BOB) + "\n");
  }

  @Test
  void somethingElseInTheFileIsReplaced() throws IOException {
    secret(REGISTRY, BOB);
    Files.write(onlyFile(), new byte[100_000]);
    assertThat(secret(REGISTRY, BOB)).isEqualTo(secret(REGISTRY, BOB));
    assertThat(onlyFile()).hasSize(44);
  }

  @Test
  void aFolderThatCannotBeMadeIsAFailure() throws IOException {
    Path file = Files.writeString(home.resolve("file"), "in the way");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> ClaimFile.open(file, REGISTRY, BOB))
        .withMessageContaining("TALK_HOME")
        .withMessageNotContaining("Exception")
        .withMessageNotContaining("java.");
  }

  private String secret(String registry, UserName name) {
    try (ClaimFile file = ClaimFile.open(home, registry, name)) {
      return file.claim().secret().orElseThrow();
    }
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.walk(home).filter(Files::isRegularFile)) {
      return files.toList().get(0);
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
