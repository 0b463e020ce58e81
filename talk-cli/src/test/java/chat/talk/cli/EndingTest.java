package chat.talk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.talk.ChatClient;
import chat.talk.Peer;
import chat.talk.http.HttpRegistry;
import chat.talk.http.HttpTransport;
import chat.talk.registry.RegistryServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a process ends when what it stands on gives way. */
final class EndingTest {
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  @TempDir Path home;

  private final SlowStore store = new SlowStore();
  private final Deque<TalkProcess> processes = new ArrayDeque<>();
  private RegistryServer registry;

  @BeforeEach
  void openRegistry() {
    registry = RegistryServer.builder().store(store).start();
  }

  @AfterEach
  void endThem() {
    processes.forEach(TalkProcess::close);
    store.letThrough();
    registry.close();
  }

  @Test
  void whoseOutputIsGoneUnregistersAndFails() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")));
    TalkProcess bob = track(TalkProcess.startWithoutOut(home, peerArgs("bob")));
    assertThat(bob.exitCode()).isEqualTo(ExitCode.FAILED);
    bob.awaitError("error: nothing more can be written to stdout");
    assertThat(users()).isEmpty();
  }

  @Test
  void whoCannotPassAMessageOnUnregistersAndFails() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")));
    TalkProcess bob = track(TalkProcess.startWithoutOut(home, peerArgs("bob", "--json")));
    bob.awaitError(".*\\(you\\)");
    try (Peer alice =
        ChatClient.peer("alice")
            .registry(HttpRegistry.at(registry.url()))
            .transport(new HttpTransport())
            .start()) {
      alice.send("bob", "Hello?").join();
      assertThat(bob.exitCode()).isEqualTo(ExitCode.FAILED);
      bob.awaitError("error: nothing more can be written to stdout");
      assertThat(users()).containsExactly("alice");
    }
  }

  @Test
  void whoCannotUnregisterSaysSoInOneLine() throws Exception {
    TalkProcess bob = start(peerArgs("bob"));
    bob.await(".*\\(you\\)");
    registry.close();
    bob.enter(":exit");
    assertThat(bob.exitCode()).isEqualTo(ExitCode.NO_REGISTRY);
    assertThat(bob.restOfErr())
        .singleElement()
        .asString()
        .startsWith("talk: bob could not be taken off the registry: ");
  }

  @Test
  void whomTheRegistryHasForgottenNeedNotUnregister() throws Exception {
    TalkProcess bob = start(peerArgs("bob"));
    bob.await(".*\\(you\\)");
    store.forgetAll();
    bob.endInput();
    assertThat(bob.exitCode()).isZero();
    assertThat(bob.restOfErr()).isEmpty();
  }

  @Test
  void aSignalDuringTheStartLeavesNoNameBehind() throws Exception {
    store.holdBack();
    TalkProcess bob = start(peerArgs("bob"));
    store.awaitEntry();
    bob.terminate();
    assertThat(bob.hasEndedWithin(HALF_A_SECOND)).isFalse();
    store.letThrough();
    assertThat(bob.exitCode()).isEqualTo(143);
    store.awaitChange();
    assertThat(users()).isEmpty();
  }

  @Test
  void aWrongCertificateIsAWrongOption() throws Exception {
    String pem = Files.writeString(home.resolve("pem"), "no certificate").toString();
    TalkProcess peer = start(peerArgs("bob", "--tls-cert", pem, "--tls-key", pem));
    TalkProcess server = start("registry", "--port", "0", "--tls-cert", pem, "--tls-key", pem);
    for (TalkProcess process : List.of(peer, server)) {
      assertThat(process.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(process.restOfErr())
          .singleElement()
          .asString()
          .contains(pem)
          .doesNotContain("Exception");
    }
  }

  @Test
  void twiceVerboseLeavesTheNetworkLibraryOut() throws Exception {
    TalkProcess server = start("registry", "--port", "0", "-vv");
    server.url();
    server.terminate();
    assertThat(server.exitCode()).isEqualTo(143);
    assertThat(server.restOfErr())
        .noneMatch(line -> line.contains("io.netty") || line.contains("PlatformDependent"));
  }

  private List<String> users() {
    return registry.registry().users().join().keySet().stream().map(Object::toString).toList();
  }

  private String[] peerArgs(String name, String... more) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("peer", "--name", name, "--registry", registry.url(), "--port", "0"));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  private TalkProcess start(String... args) throws Exception {
    return track(TalkProcess.start(home, args));
  }

  private TalkProcess track(TalkProcess process) {
    processes.push(process);
    return process;
  }
}
