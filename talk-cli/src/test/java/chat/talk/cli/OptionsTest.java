package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** None of these gets as far as to open a socket or a file. */
final class OptionsTest {
  private static final String PEER = "peer --name a --registry http://127.0.0.1:1 ";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "--nonsense",
        "registry --port x",
        "registry --port 65536",
        "registry --port -1",
        "registry --check-interval 0s",
        "registry --check-timeout soon",
        "registry --tls-cert no-such-file",
        "registry --tls-key no-such-file",
        "registry --tls-cert no-such-file --tls-key no-such-file",
        "registry --db jdbc:nonsense:talk",
        "registry --db :memory:",
        "registry --db jdbc:sqlite:",
        "registry --db-user alice",
        "registry one two",
        "peer",
        "peer --name a",
        "peer --registry http://127.0.0.1:1",
        "peer --name .. --registry http://127.0.0.1:1",
        "peer --name a/b --registry http://127.0.0.1:1",
        "peer --name a --registry nonsense",
        "peer --name a --registry ftp://127.0.0.1:1",
        PEER + "--port 8080.5",
        PEER + "--public-url nonsense",
        PEER + "--public-url ftp://127.0.0.1:1",
        PEER + "--public-url http://127.0.0.1:0",
        PEER + "--public-url http://127.0.0.1:80/path",
        PEER + "--host 0.0.0.0",
        PEER + "--host ::",
        PEER + "--trust no-such-file",
        PEER + "--trust /",
        "health",
        "health nonsense",
        "health ftp://127.0.0.1",
        "health http://127.0.0.1:0",
        "health http://127.0.0.1:1/path",
        "health http://127.0.0.1:1 --timeout 0s",
        "health http://127.0.0.1:1 --trust no-such-file",
        "demo now",
        "hub --port x",
        "hub --general-limit x",
        "hub --message-ttl soon",
        "hub --max-file-size 0",
        "hub --admin a/b",
        "hub --tls-cert no-such-file",
        "hub one",
        "join",
        "join http://127.0.0.1:1",
        "join nonsense --name a",
        "join http://127.0.0.1:1 --name a --token no-such-file",
        "send http://127.0.0.1:1 --name a",
        "send http://127.0.0.1:1 --name a --to b --chat c x",
        "tail http://127.0.0.1:1 --name a --from here",
        "tail http://127.0.0.1:1 --name a --from 1-1",
        "simulate http://127.0.0.1:1 --clients 1",
        "simulate http://127.0.0.1:1 --rate 0",
        "simulate nonsense",
        "admin http://127.0.0.1:1",
        "admin http://127.0.0.1:1 check x",
        "admin http://127.0.0.1:1 --name a ban b",
        "backup",
        "backup no-such-folder/file",
        "backup one two --db x",
        "restore",
        "restore file",
        "export",
        "export --chat a",
        "export --chat a/b --db x",
        "export --chat a --db x --after here"
      })
  void aWrongOptionIsOneClearLine(String line) {
    assertThat(run(line)).isEqualTo(ExitCode.USAGE);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("talk: ")
        .doesNotContain("Exception");
  }

  @Test
  void aPlainPublicUrlDoesNotGoWithACertificate(@TempDir Path folder) throws IOException {
    Path pem = Files.createFile(folder.resolve("pem"));
    String tls = " --tls-cert " + pem + " --tls-key " + pem;
    assertThat(run(PEER + "--public-url ws://example.org" + tls)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("https or wss");
  }

  @Test
  void helpListsTheExitCodes() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("registry", "peer", "health", "demo", "bench", "Exit codes", "name is taken")
        .doesNotContain("warm-up");
  }

  @Test
  void helpOfEachCommandShowsItsDefaults() {
    assertThat(run("registry --help")).isZero();
    assertThat(run("peer --help")).isZero();
    assertThat(run("health --help")).isZero();
    assertThat(run("demo --help")).isZero();
    assertThat(run("hub --help")).isZero();
    assertThat(run("join --help")).isZero();
    assertThat(run("send --help")).isZero();
    assertThat(run("tail --help")).isZero();
    assertThat(run("simulate --help")).isZero();
    assertThat(run("admin --help")).isZero();
    assertThat(out.toString())
        .contains("8070", "2m", "8080", ":user NAME", "$TALK_HOME", "$TALK_DB_PASSWORD")
        .contains("8000", "$COUNT_LAST_MESSAGE", "talk-data", "$TALK_PASSWORD", "disconnect");
  }

  @Test
  void whatMeasuresIsInTheSourcesOnly() {
    assertThat(run("bench full")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("get Talk's sources, and there run ./talk bench full");
  }

  @Test
  void helpIsACommandToo() {
    assertThat(run("help")).isZero();
    assertThat(out.toString()).contains("Exit codes", "help");
    assertThat(run("help peer")).isZero();
    assertThat(out.toString()).contains(":user NAME", "--host=HOST", "--port=PORT");
  }

  @Test
  void versionIsTheBuildsOwn() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).matches("talk \\d+\\.\\d+.*\\R");
  }

  private int run(String line) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] words =
        Stream.of(line.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new);
    return command.execute(words);
  }
}
