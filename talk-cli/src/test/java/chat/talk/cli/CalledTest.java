package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program says to enter can be entered as it stands, however the program was called. */
final class CalledTest {
  private static final Path SCRIPT = Path.of("..", "talk");

  @TempDir Path home;

  @Test
  void hintsNameTheProgramAsItWasCalled() throws Exception {
    List<String> command = TalkProcess.java(Main.class);
    command.add(command.size() - 1, "-Dtalk.called=./talk");
    command.addAll(List.of("hub", "--port", "0", "--data", home.resolve("data").toString()));
    try (TalkProcess hub = TalkProcess.start(home, command)) {
      hub.await("to join: \\./talk join http://\\S+ --name NAME");
      hub.terminate();
      hub.exitCode();
    }
  }

  @Test
  void helpNamesTheProgramAsItWasCalled() throws Exception {
    List<String> command = TalkProcess.java(Main.class);
    command.add(command.size() - 1, "-Dtalk.called=./talk");
    command.add("--nonsense");
    try (TalkProcess talk = TalkProcess.start(home, command)) {
      assertThat(talk.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(talk.allErr()).singleElement().asString().endsWith("(see ./talk --help)");
    }
  }

  @Test
  void theScriptPassesOnHowItWasCalled() throws Exception {
    Path root = Files.createDirectory(home.resolve("my talk"));
    prepare(root);
    String path = root + ":" + System.getenv("PATH");
    assertThat(called(root, "./talk", path)).isEqualTo("./talk");
    assertThat(called(root, "talk", path)).isEqualTo("talk");
    assertThat(called(home, "./my\\ talk/talk", path)).isEqualTo("./my\\ talk/talk");
  }

  /** What the script starts is a java that only tells its options. */
  private void prepare(Path root) throws IOException {
    Path target = Files.createDirectories(root.resolve("talk-cli/target/lib")).getParent();
    for (String part :
        List.of("talk-api", "talk-hub", "talk-jdbc", "talk-http", "talk-registry", "talk-cli")) {
      Files.createDirectories(root.resolve(part).resolve("src/main"));
      Files.createFile(root.resolve(part).resolve("pom.xml"));
    }
    Files.createFile(root.resolve("pom.xml"));
    Files.createFile(target.resolve("talk-cli.jar"));
    Files.createFile(target.resolve(".talk-built"));
    executable(root.resolve("talk"), Files.readString(SCRIPT));
    Path jdk = Files.createDirectories(home.resolve("jdk/bin")).getParent();
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    executable(jdk.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
  }

  private static void executable(Path file, String text) throws IOException {
    assertThat(Files.writeString(file, text).toFile().setExecutable(true)).isTrue();
  }

  private String called(Path folder, String command, String path) throws Exception {
    Map<String, String> environment =
        Map.of("JAVA_HOME", home.resolve("jdk").toString(), "PATH", path);
    List<String> shell = List.of("bash", "-c", command + " hub");
    try (TalkProcess talk = TalkProcess.start(folder, shell, environment)) {
      assertThat(talk.exitCode()).isZero();
      String option = "-Dtalk.called=";
      return talk.restOfOut().stream()
          .filter(line -> line.startsWith(option))
          .map(line -> line.substring(option.length()))
          .findFirst()
          .orElseThrow();
    }
  }
}
