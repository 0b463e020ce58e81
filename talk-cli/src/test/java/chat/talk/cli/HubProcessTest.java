package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code talk hub} and those who come to it, each in a process of its own. */
final class HubProcessTest {
  /** It waits for its members for 90 s itself. */
  private static final Duration SIMULATION = Duration.ofSeconds(100);

  @TempDir Path home;

  private final Deque<TalkProcess> processes = new ArrayDeque<>();

  @AfterEach
  void endThem() {
    processes.forEach(TalkProcess::close);
  }

  @Test
  void aHubKeepsWhatWasSaidAndEndsWithANotice() throws Exception {
    TalkProcess hub = hub("--admin", "root");
    String url = hub.url();
    hub.await("to administer: .*");
    TalkProcess ada = start("join", url, "--name", "ada");
    ada.enter("Hello", ":status");
    ada.await("\\[general\\] #1 ada: Hello");
    ada.await("ada: reported 0 times");
    assertThat(start("send", url, "--name", "ada", "from a script").exitCode()).isZero();
    ada.await("\\[general\\] #2 ada: from a script");
    Path copy = home.resolve("copy");
    ada.enter(":send-file " + Files.writeString(home.resolve("notes"), "agreed"));
    ada.enter(":get-file last " + copy);
    ada.await("saved .*copy");
    assertThat(copy).hasContent("agreed");
    TalkProcess admin = start("admin", url, "--data", data(), "connections");
    admin.await("\\d+  ada  since .*");
    assertThat(admin.exitCode()).isZero();
    hub.terminate();
    ada.await("\\* the hub goes away: the hub is being stopped; .*");
    assertThat(hub.exitCode()).isZero();
    assertThat(hub.restOfErr()).isEmpty();
    ada.enter(":exit");
    assertThat(ada.exitCode()).isZero();

    TalkProcess again = hub();
    TalkProcess bob =
        start("tail", again.url(), "--name", "bob", "--from", "start", "--count", "2");
    assertThat(bob.exitCode()).isZero();
    assertThat(bob.restOfOut())
        .containsExactly("[general] #1 ada: Hello", "[general] #2 ada: from a script");
  }

  @Test
  void whatKeepsAHubFromStartingIsSaidInALine() throws Exception {
    TalkProcess hub = hub();
    String url = hub.url();
    String port = url.substring(url.lastIndexOf(':') + 1);
    TalkProcess samePort = start("hub", "--port", port, "--data", home.resolve("b").toString());
    TalkProcess sameFolder = hub();
    TalkProcess noFolder =
        start("hub", "--data", Files.writeString(home.resolve("f"), "").toString());
    assertThat(samePort.exitCode()).isEqualTo(ExitCode.CANNOT_LISTEN);
    assertThat(sameFolder.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(noFolder.exitCode()).isEqualTo(ExitCode.FAILED);
    for (TalkProcess process : List.of(samePort, sameFolder, noFolder)) {
      assertThat(process.restOfErr())
          .singleElement()
          .asString()
          .startsWith("talk: ")
          .doesNotContain("Exception");
    }
  }

  @Test
  void whoCannotComeInIsToldWhy() throws Exception {
    String url = hub("--admin", "root").url();
    TalkProcess taken = start("join", url, "--name", "root");
    TalkProcess nobody = start("send", "http://127.0.0.1:1", "--name", "ada", "x");
    TalkProcess noAdmin = start("admin", url, "--data", home.resolve("x").toString(), "bans");
    assertThat(taken.exitCode()).isEqualTo(ExitCode.NAME_TAKEN);
    assertThat(nobody.exitCode()).isEqualTo(ExitCode.NO_REGISTRY);
    assertThat(noAdmin.exitCode()).isEqualTo(ExitCode.USAGE);
    for (TalkProcess process : List.of(taken, nobody, noAdmin)) {
      assertThat(process.restOfErr()).singleElement().asString().startsWith("talk: ");
    }
  }

  @Test
  void whoLooksAtHisDevicesKeepsHisTerminalForHimself() throws Exception {
    String url = hub().url();
    TalkProcess ada = start("join", url, "--name", "ada");
    ada.enter(":devices");
    ada.await("  3  since .*");
    TalkProcess second = start("join", url, "--name", "ada");
    assertThat(second.exitCode()).isEqualTo(ExitCode.NAME_TAKEN);
    assertThat(second.restOfErr())
        .containsExactly("talk: another talk on this machine is ada already");
    ada.enter(":exit");
    assertThat(ada.exitCode()).isZero();
  }

  @Test
  void aComputerThatWasShutOutComesBackByThePasswordWithANewToken() throws Exception {
    String url = hub().url();
    TalkProcess ada = start("join", url, "--name", "ada");
    ada.enter(":password", "correct horse", ":devices");
    ada.await("  3  since .*");
    Path old = Files.copy(tokenOf("ada"), home.resolve("leaked"));
    ada.enter(":revoke 1");
    assertThat(ada.exitCode()).isEqualTo(ExitCode.FAILED);
    TalkProcess back = startWithPassword("join", url, "--name", "ada", "--password");
    back.enter("I am back");
    back.await("\\[general\\] #1 ada: I am back");
    assertThat(tokenOf("ada")).content().isNotEqualTo(Files.readString(old));
    Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
    TalkProcess thief =
        TalkProcess.start(
            elsewhere, "send", url, "--name", "ada", "--token", old.toString(), "mine");
    processes.push(thief);
    assertThat(thief.exitCode()).isNotZero();
    back.enter(":exit");
    assertThat(back.exitCode()).isZero();
  }

  private TalkProcess startWithPassword(String... args) throws Exception {
    List<String> command = TalkProcess.java(Main.class);
    command.addAll(List.of(args));
    Map<String, String> environment =
        Map.of("TALK_HOME", home.toString(), JoinOptions.PASSWORD, "correct horse");
    TalkProcess process = TalkProcess.start(home, command, environment);
    processes.push(process);
    return process;
  }

  private Path tokenOf(String name) throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve("tokens"))) {
      return files.filter(file -> file.endsWith(name)).findAny().orElseThrow();
    }
  }

  @Test
  void aCrowdIsEmulatedOverTheNetwork() throws Exception {
    String url = hub().url();
    TalkProcess crowd =
        start("simulate", url, "--clients", "5", "--rate", "50", "--for", "1s", "--seed", "1");
    assertThat(crowd.exitCode()).isZero();
    assertThat(crowd.restOfOut()).last().asString().endsWith("order and completeness: held");
  }

  @Test
  void aCrowdSurvivesAKilledHub() throws Exception {
    TalkProcess hub = hub();
    String url = hub.url();
    String port = url.replaceFirst(".*:", "");
    TalkProcess crowd = start("simulate", url, "--clients", "6", "--rate", "60", "--for", "3s");
    crowd.await(" +1 s .*");
    hub.kill();
    TalkProcess again = start("hub", "--port", port, "--data", data());
    again.await("hub at .*");
    assertThat(crowd.exitCode(SIMULATION)).isZero();
    assertThat(crowd.restOfOut())
        .last()
        .asString()
        .contains("errors 0;")
        .endsWith("order and completeness: held");
  }

  @Test
  void whatIsTypedWhileTheHubIsAwayOutlivesTheTerminal() throws Exception {
    TalkProcess hub = hub();
    String url = hub.url();
    TalkProcess ada = start("join", url, "--name", "ada");
    ada.enter("one");
    ada.await(".*ada: one");
    hub.kill();
    ada.awaitError(".*the hub does not answer.*");
    ada.enter("two");
    Await.until("it is on disk", () -> outboxHolds("two"));
    ada.kill();
    TalkProcess again = start("hub", "--port", url.replaceFirst(".*:", ""), "--data", data());
    again.await("hub at .*");
    TalkProcess back = start("join", url, "--name", "ada");
    back.await("\\[general\\] #2 ada: two");
    back.enter(":history");
    back.await("\\[general\\] #2 ada: two");
    back.enter(":exit");
    assertThat(back.exitCode()).isZero();
    assertThat(back.restOfOut()).isEmpty();
  }

  /** Nothing else tells from outside when it is on disk. */
  private boolean outboxHolds(String text) {
    try (Stream<Path> files = Files.walk(home.resolve("outbox"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
          return true;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return false;
  }

  @Test
  void requestsAreLoggedWithoutWhatTheyNameWhenAskedFor() throws Exception {
    TalkProcess hub = hub("--access-log", "--metrics-port", "0");
    String url = hub.url();
    hub.await("metrics at http://127\\.0\\.0\\.1:\\d+/metrics");
    TalkProcess ada = start("send", url, "--name", "ada", "psst");
    assertThat(ada.exitCode()).isZero();
    assertThat(start("health", url).exitCode()).isZero();
    String line = hub.awaitError(".*/v1/health.*");
    assertThat(line).contains("GET", "200", "127.0.0.1");
    hub.terminate();
    assertThat(hub.exitCode()).isZero();
    assertThat(hub.allErr())
        .anyMatch(one -> one.contains("/v1/ws"))
        .noneMatch(one -> one.contains("psst") || one.contains("ada"));
  }

  private TalkProcess hub(String... more) throws Exception {
    String[] args = new String[more.length + 5];
    System.arraycopy(new String[] {"hub", "--port", "0", "--data", data()}, 0, args, 0, 5);
    System.arraycopy(more, 0, args, 5, more.length);
    return start(args);
  }

  private String data() {
    return home.resolve("data").toString();
  }

  private TalkProcess start(String... args) throws Exception {
    TalkProcess process = TalkProcess.start(home, args);
    processes.push(process);
    return process;
  }
}
