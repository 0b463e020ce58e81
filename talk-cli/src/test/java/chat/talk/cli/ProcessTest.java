package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registry and peers as processes of their own, as users and scripts run them. */
final class ProcessTest {
  @TempDir Path home;

  private final Deque<TalkProcess> processes = new ArrayDeque<>();

  @AfterEach
  void endThem() {
    processes.forEach(TalkProcess::close);
  }

  @Test
  void twoPeersTalkBothWays() throws Exception {
    String registry = registry();
    TalkProcess bob = peer(registry, "bob");
    TalkProcess alice = peer(registry, "alice");
    alice.enter(":user bob", "Hello, Bob: Grüße 👋");
    bob.await("alice: Hello, Bob: Grüße 👋");
    bob.enter(":user alice", "Hello, Alice");
    alice.await("bob: Hello, Alice");
    alice.enter(":exit");
    assertThat(alice.exitCode()).isZero();
    bob.enter(":update");
    bob.await("alice is gone; you talk to nobody now");
    bob.await("1 user");
    bob.endInput();
    assertThat(bob.exitCode()).isZero();
  }

  @Test
  void aPeerOverWebSocketTalksToOneOverHttp() throws Exception {
    String registry = registry();
    int port = freePort();
    String url = "ws://127.0.0.1:" + port;
    TalkProcess bob =
        start(
            "peer",
            "--name",
            "bob",
            "--registry",
            registry,
            "--port",
            "" + port,
            "--public-url",
            url);
    bob.await(" {2}bob {2}ws://127.0.0.1:" + port + " {2}\\(you\\)");
    TalkProcess alice = peer(registry, "alice");
    alice.enter(":user bob", "Over the socket");
    bob.await("alice: Over the socket");
    bob.enter(":user alice", "And back");
    alice.await("bob: And back");
  }

  @Test
  void aKilledPeerIsForgottenAndDeselected() throws Exception {
    String registry = registry();
    TalkProcess bob = peer(registry, "bob");
    TalkProcess alice = peer(registry, "alice");
    alice.enter(":user bob", "Hello");
    bob.await("alice: Hello");
    bob.kill();
    alice.enter("Still there?");
    alice.awaitError("error: not sent to bob: .*");
    updateUntil(alice, "bob is gone; you talk to nobody now");
    alice.await("1 user");
    alice.enter("Hello?", ":exit");
    alice.awaitError("error: nobody is selected.*");
    assertThat(alice.exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void aKilledPeerTakesItsNameBackAtOnce() throws Exception {
    String registry = slowRegistry();
    TalkProcess bob = peer(registry, "bob");
    bob.kill();
    TalkProcess again = peer(registry, "bob");
    again.enter(":exit");
    assertThat(again.exitCode()).isZero();
  }

  @Test
  void endOfInputAndSigtermUnregister() throws Exception {
    String registry = slowRegistry();
    TalkProcess alice = peer(registry, "alice");
    TalkProcess bob = peer(registry, "bob");
    TalkProcess carol = peer(registry, "carol");
    alice.enter(":update");
    alice.await("3 users");
    bob.endInput();
    assertThat(bob.exitCode()).isZero();
    carol.terminate();
    assertThat(carol.exitCode()).isEqualTo(143);
    alice.enter(":update");
    alice.await("1 user");
  }

  @Test
  void aNameInUseIsRefused() throws Exception {
    String registry = slowRegistry();
    peer(registry, "bob");
    TalkProcess here = start("peer", "--name", "bob", "--registry", registry, "--port", "0");
    here.awaitError("talk: another talk on this machine is bob already");
    assertThat(here.exitCode()).isEqualTo(ExitCode.NAME_TAKEN);
    TalkProcess elsewhere =
        startAt(
            home.resolve("elsewhere"),
            "peer",
            "--name",
            "bob",
            "--registry",
            registry,
            "--port",
            "0");
    assertThat(elsewhere.exitCode()).isEqualTo(ExitCode.NAME_TAKEN);
  }

  @Test
  void anAbsentRegistryAndATakenPortHaveTheirExitCodes() throws Exception {
    String nowhere = "http://127.0.0.1:" + freePort();
    TalkProcess alone = start("peer", "--name", "a", "--registry", nowhere, "--port", "0");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = "" + taken.getLocalPort();
      TalkProcess peer = start("peer", "--name", "b", "--registry", nowhere, "--port", port);
      TalkProcess registry = start("registry", "--port", port);
      assertThat(peer.exitCode()).isEqualTo(ExitCode.CANNOT_LISTEN);
      assertThat(registry.exitCode()).isEqualTo(ExitCode.CANNOT_LISTEN);
      registry.awaitError("talk: .*" + port + ".*");
    }
    assertThat(alone.exitCode()).isEqualTo(ExitCode.NO_REGISTRY);
    alone.awaitError("talk: asking the registry failed: " + nowhere + " .*");
  }

  @Test
  void errorsComeInTheOrderOfTheLinesAndEndWithOne() throws Exception {
    TalkProcess alice = peer(registry(), "alice");
    alice.enter("nobody", ":user bob", ":nonsense", ":exit");
    alice.awaitError("error: nobody is selected.*");
    alice.awaitError("error: nobody is registered as bob.*");
    alice.awaitError("error: no such command: :nonsense.*");
    assertThat(alice.exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void jsonCarriesReceivedMessagesAndNothingElse() throws Exception {
    String registry = registry();
    TalkProcess bob =
        start("peer", "--name", "bob", "--registry", registry, "--port", "0", "--json");
    bob.awaitError(".*\\(you\\)");
    TalkProcess alice = peer(registry, "alice");
    alice.enter(":user bob", "\"one\"", "two", ":exit");
    assertThat(alice.exitCode()).isZero();
    bob.await(
        "\\{\"id\":\".+\",\"chat\":\"alice~bob\",\"user\":\"alice\",\"text\":\"\\\\\"one\\\\\"\",\"time\":\".+Z\"}");
    bob.enter(":update", ":help", ":exit");
    assertThat(bob.exitCode()).isZero();
    assertThat(bob.restOfOut()).singleElement().asString().contains("\"text\":\"two\"");
  }

  @Test
  void theDemoPlaysWithoutATerminal() throws Exception {
    TalkProcess demo = start("demo");
    demo.endInput();
    assertThat(demo.exitCode()).isZero();
    assertThat(demo.restOfOut())
        .contains("4 users", "echo: Hello from nobody at all", "echo: Grüße, 世界 👋")
        .anyMatch(line -> line.startsWith("clock: It is "));
  }

  private String registry() throws Exception {
    return start("registry", "--port", "0", "--check-interval", "200ms").url();
  }

  /** One that notices nothing by itself. */
  private String slowRegistry() throws Exception {
    return start("registry", "--port", "0", "--check-interval", "1h").url();
  }

  private TalkProcess peer(String registry, String name) throws Exception {
    TalkProcess peer = start("peer", "--name", name, "--registry", registry, "--port", "0");
    peer.await(".*\\(you\\)");
    return peer;
  }

  private TalkProcess start(String... args) throws IOException {
    return startAt(home, args);
  }

  private TalkProcess startAt(Path home, String... args) throws IOException {
    TalkProcess process = TalkProcess.start(home, args);
    processes.push(process);
    return process;
  }

  private static void updateUntil(TalkProcess peer, String line) throws Exception {
    String seen = "";
    while (!seen.equals(line)) {
      peer.enter(":update");
      seen = peer.await("\\d users?|" + java.util.regex.Pattern.quote(line));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
