package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can be seen without building the image. */
final class ContainerfileTest {
  private Containerfile file;

  @BeforeEach
  void read() throws IOException {
    file = Containerfile.read();
  }

  @Test
  void holdsKnownInstructionsOnly() {
    assertThat(file.instructions())
        .extracting(Containerfile.Instruction::name)
        .isSubsetOf(
            "FROM",
            "LABEL",
            "COPY",
            "RUN",
            "ENV",
            "USER",
            "WORKDIR",
            "VOLUME",
            "EXPOSE",
            "STOPSIGNAL",
            "ENTRYPOINT",
            "CMD",
            "HEALTHCHECK")
        .startsWith("FROM");
  }

  @Test
  void beginsWithAnImageOfAKnownVersion() {
    assertThat(file.one("FROM")).matches("\\S+/\\S+:\\d\\S*");
  }

  @Test
  void whatIsCopiedIsNotIgnored() throws IOException {
    List<String> rules = Files.readAllLines(Containerfile.ROOT.resolve(".dockerignore"));
    assertThat(rules).contains("*");
    assertThat(file.copies())
        .hasSize(2)
        .allSatisfy(copy -> assertThat(rules).contains("!" + copy[0]));
  }

  @Test
  void itsUserOwnsTheDataAndIsNotRoot() {
    assertThat(file.one("USER")).matches("[1-9]\\d*:[1-9]\\d*");
    String[] user = file.one("USER").split(":", 2);
    assertThat(file.runs())
        .contains(List.of("install", "-d", "-o", user[0], "-g", user[1], "-m", "0700", "/data"));
  }

  @Test
  void whatIsKeptLiesInTheVolume() {
    assertThat(file.one("VOLUME")).isEqualTo("/data");
    assertThat(file.one("WORKDIR")).isEqualTo("/data");
    assertThat(file.one("ENV")).isEqualTo("TALK_HOME=/data");
    assertThat(file.command()).containsSequence("--data", "/data");
  }

  @Test
  void signalsReachTheProgram() {
    assertThat(file.one("STOPSIGNAL")).isEqualTo("SIGTERM");
    assertThat(file.entrypoint()).startsWith("java").endsWith("-jar", "/opt/talk/talk-cli.jar");
  }

  @Test
  void healthIsAskedForWhereTheProgramListens() {
    String port = file.one("EXPOSE");
    assertThat(file.command())
        .containsSequence("--host", "0.0.0.0")
        .containsSequence("--port", port);
    assertThat(file.health()).endsWith("health", "http://127.0.0.1:" + port);
  }

  @Test
  void theProgramTakesItsCommands() {
    Main.commandLine().parseArgs(file.command().toArray(String[]::new));
    List<String> health = file.health();
    int options = health.indexOf("/opt/talk/talk-cli.jar") + 1;
    Main.commandLine().parseArgs(health.stream().skip(options).toArray(String[]::new));
  }
}
