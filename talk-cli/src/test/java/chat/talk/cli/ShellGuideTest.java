package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What docs/network.md and the README show for a shell runs here, word for word but for the ports,
 * which are free ones.
 */
final class ShellGuideTest {
  private static final Path NETWORK = Path.of("..", "docs", "network.md");
  private static final Path README = Path.of("..", "README.md");

  @TempDir Path folder;

  private final Deque<TalkProcess> processes = new ArrayDeque<>();
  private Path commands;

  @BeforeEach
  void makeTheProgram() throws IOException {
    script("talk", Main.class);
    Files.write(folder.resolve("cat.png"), new byte[] {1, 2, 3});
    commands = Files.createDirectory(folder.resolve("commands"));
  }

  @AfterEach
  void endThem() {
    processes.forEach(TalkProcess::close);
  }

  private void script(String name, Class<?> main) throws IOException {
    List<String> java = TalkProcess.java(main);
    String line = java.stream().map(word -> "'" + word + "'").reduce("exec", (a, b) -> a + " " + b);
    Path script = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + line + " \"$@\"\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void aHubIsRunAndComeToAndKept() throws Exception {
    List<String> lines = block(NETWORK, "./talk hub");
    TalkProcess hub = run(folder, lines.get(0));
    String url = hub.url();
    TalkProcess ada = run(folder, at(url, lines.get(1)));
    ada.enter("Hello");
    ada.await("\\[general\\] #1 ada: Hello");
    assertThat(run(folder, at(url, lines.get(2))).exitCode()).isZero();
    ada.await("\\[general\\] #2 build: It is green\\.");
    TalkProcess watcher = run(folder, at(url, lines.get(3)));
    for (int i = 3; !watcher.hasShown(); i++) {
      ada.enter("and on");
      ada.await("\\[general\\] #" + i + " ada: and on");
    }
    watcher.await("\\{\"type\":\"message\",.*\"author\":\"ada\",\"text\":\"and on\".*");
    watcher.terminate();
    watcher.exitCode();
    hub.terminate();
    assertThat(hub.exitCode()).isZero();
    isBackedUpAndExported();
  }

  private void isBackedUpAndExported() throws Exception {
    Path data = folder.resolve("talk-data");
    Files.copy(folder.resolve("talk"), data.resolve("talk"));
    assertThat(data.resolve("talk").toFile().setExecutable(true)).isTrue();
    for (String line : block(README, "./talk backup")) {
      assertThat(run(data, line).exitCode()).as(line).isZero();
    }
    assertThat(Files.readAllLines(data.resolve("general.jsonl"))).hasSizeGreaterThan(2);
    assertThat(data.resolve("backup.db")).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anyHttpClientWillDo(boolean own) throws Exception {
    useCurl(own);
    List<String> lines = block(NETWORK, "hub=http");
    String url = run(folder, "./talk hub").url();
    TalkProcess shell = shell();
    shell.enter(lines.stream().limit(4).map(line -> at(url, line)).toArray(String[]::new));
    shell.enter(lines.get(4), "echo");
    shell.await("\\{\"type\":\"message\".*\"author\":\"carl\",\"text\":\"Hello from curl\".*");
    shell.enter(lines.get(5), "echo");
    shell.await("\\{\"entries\":\\[\\{\"type\":\"message\".*Hello from curl.*");
    shell.enter(lines.get(6), "echo");
    shell.await("\\{\"events\":\\[.*\"next\":\".+\"\\}");
    shell.enter(inBackground(lines.get(7)));
    shell.await("data: .*\"type\":\"connected\".*");
    shell.enter(lines.get(8), "echo");
    shell.await("\\{\"digest\":\"[0-9a-f]{64}\",\"size\":3\\}");
    shell.enter("kill %1; wait");
    assertThat(lines).hasSize(9);
  }

  /** It has no end. */
  private static String inBackground(String line) {
    assertThat(line).startsWith("curl -sN");
    return line.replaceFirst("\\s+#.*", "") + " &";
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anythingThatSpeaksHttpTakesPartAmongPeers(boolean own) throws Exception {
    useCurl(own);
    List<String> lines = block(README, "./talk registry  ");
    String url =
        run(folder, lines.get(0).replace("./talk registry", "./talk registry --port 0")).url();
    TalkProcess alice = run(folder, peer(url, lines.get(1)));
    String alicesUrl = alice.await(".*http://.*\\(you\\)").replaceAll(".*(http://\\S+).*", "$1");
    TalkProcess bob = run(folder, peer(url, lines.get(2)));
    bob.await(".*\\(you\\)");
    bob.enter(":user alice", "Hello");
    alice.await("bob: Hello");
    List<String> requests = block(README, "curl http");
    TalkProcess shell = shell();
    shell.enter(requests.get(0).replace("http://127.0.0.1:8070", url), "echo");
    shell.await("\\{.*\"alice\":.*\"bob\":.*\\}");
    shell.enter(requests.get(1).replace("http://127.0.0.1:8081", alicesUrl), "echo");
    shell.await("\\{\"status\":\"ok\"\\}");
    alice.await("carol: Hi");
  }

  private static String peer(String registry, String line) {
    return line.replace("http://127.0.0.1:8070", registry).replaceFirst("--port \\d+", "--port 0");
  }

  private static String at(String url, String line) {
    return line.replace("http://127.0.0.1:8000", url);
  }

  private void useCurl(boolean own) throws IOException {
    if (own) {
      script("curl", Curl.class);
      Files.move(folder.resolve("curl"), commands.resolve("curl"));
    } else {
      String[] path = System.getenv("PATH").split(File.pathSeparator, -1);
      assumeTrue(Stream.of(path).anyMatch(each -> Files.isExecutable(Path.of(each, "curl"))));
    }
  }

  private TalkProcess shell() throws IOException {
    return start(folder, List.of("bash", "-m"));
  }

  private TalkProcess run(Path where, String line) throws IOException {
    return start(where, List.of("bash", "-c", "exec " + line));
  }

  private TalkProcess start(Path where, List<String> command) throws IOException {
    String path = commands + File.pathSeparator + System.getenv("PATH");
    TalkProcess process =
        TalkProcess.start(
            where, command, Map.of("PATH", path, "PORT", "0", "TALK_HOME", folder.toString()));
    processes.push(process);
    return process;
  }

  /** The lines of the block for a shell that begins so, without those that are empty. */
  private static List<String> block(Path guide, String beginning) throws IOException {
    return Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(guide))
        .results()
        .map(block -> block.group(1))
        .filter(block -> block.startsWith(beginning))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no block begins with " + beginning))
        .lines()
        .filter(line -> !line.isBlank())
        .toList();
  }
}
