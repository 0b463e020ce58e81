package chat.talk.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatClient;
import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Claim;
import chat.talk.Registry;
import chat.talk.Transport;
import chat.talk.UserAddress;
import chat.talk.UserName;
import chat.talk.http.HttpRegistry;
import chat.talk.http.HttpSettings;
import chat.talk.http.HttpTransport;
import chat.talk.http.WebSocketTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryServerTest {
  private static final Duration OFTEN = Duration.ofMillis(20);

  @Test
  void deadAndSilentUsersGoWhileLivingOnesStay() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        RegistryServer server =
            RegistryServer.builder().checkEvery(OFTEN).checkTimeout(Duration.ofMillis(50)).start();
        ChatClient http = peer("http", server, new HttpTransport(HttpSettings.defaults()));
        ChatClient ws = peer("ws", server, new WebSocketTransport(HttpSettings.defaults()))) {
      Registry registry = HttpRegistry.at(server.url());
      register(registry, "dead", freePort());
      register(registry, "silent", silent.getLocalPort());
      awaitUsers(registry, http.name(), ws.name());
    }
  }

  @Test
  void userWhoseCertificateIsTrustedStays(@TempDir Path folder) throws Exception {
    HeldCertificate own =
        new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
    Path certificate = Files.writeString(folder.resolve("c.pem"), own.certificatePem());
    Path key = Files.writeString(folder.resolve("k.pem"), own.privateKeyPkcs8Pem());
    HttpSettings settings = HttpSettings.defaults().withTrust(certificate);
    try (RegistryServer server =
            RegistryServer.builder()
                .tls(certificate, key)
                .trust(certificate)
                .checkEvery(OFTEN)
                .start();
        ChatClient secure =
            ChatClient.peer("secure")
                .registry(HttpRegistry.at(server.url(), settings))
                .transport(new WebSocketTransport(settings.withCertificate(certificate, key)))
                .start()) {
      register(server.registry(), "dead", freePort());
      awaitUsers(server.registry(), secure.name());
    }
  }

  @Test
  void nameOfAProxyIsAnsweredWhenItIsAllowed() throws Exception {
    try (RegistryServer server = RegistryServer.builder().allowHosts("registry.example").start()) {
      assertThat(statusLine(server, "registry.example")).contains(" 200 ");
      assertThat(statusLine(server, "elsewhere.example")).contains(" 421 ");
    }
  }

  private static String statusLine(RegistryServer server, String host) throws IOException {
    try (Socket socket = new Socket(server.host(), server.port())) {
      String request = "GET /v1/users HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))
          .readLine();
    }
  }

  @Test
  void registryOfTheServerIsTheOneThatIsServed() throws Exception {
    try (RegistryServer server = RegistryServer.builder().start()) {
      register(server.registry(), "alice", 9);
      assertThat(HttpRegistry.at(server.url()).users().get(10, TimeUnit.SECONDS))
          .containsOnlyKeys(UserName.of("alice"));
    }
  }

  @Test
  void portInUseIsToldAndLeavesNothingOpen() {
    try (RegistryServer server = RegistryServer.builder().start()) {
      assertThatThrownBy(
              () -> RegistryServer.builder().listenOn(server.host(), server.port()).start())
          .isInstanceOfSatisfying(
              ChatException.class, e -> assertThat(e.code()).isEqualTo(Code.CANNOT_LISTEN))
          .hasMessageContaining(Integer.toString(server.port()));
    }
  }

  @Test
  void closedServerFreesItsPortAndMayBeClosedAgain() {
    RegistryServer first = RegistryServer.builder().start();
    first.close();
    first.close();
    try (RegistryServer second =
        RegistryServer.builder().listenOn(first.host(), first.port()).start()) {
      assertThat(second.port()).isEqualTo(first.port());
    }
  }

  @Test
  void settingsOutOfRangeAreRefusedByName() {
    RegistryServer.Builder builder = RegistryServer.builder();
    assertThatThrownBy(() -> builder.checkEvery(Duration.ZERO)).hasMessageContaining("checkEvery");
    assertThatThrownBy(() -> builder.checkTimeout(Duration.ofSeconds(-1)))
        .hasMessageContaining("checkTimeout");
    assertThatThrownBy(() -> builder.maxParallelChecks(0))
        .hasMessageContaining("maxParallelChecks");
    assertThatThrownBy(() -> builder.mayFail(0)).hasMessageContaining("mayFail");
  }

  private static ChatClient peer(String name, RegistryServer server, Transport by) {
    return ChatClient.peer(name).registry(HttpRegistry.at(server.url())).transport(by).start();
  }

  private static void register(Registry registry, String name, int port) throws Exception {
    registry
        .register(UserName.of(name), UserAddress.http("127.0.0.1", port), Claim.NONE)
        .get(10, TimeUnit.SECONDS);
  }

  /** Asks again and again until no more are left than these. */
  private static void awaitUsers(Registry registry, UserName... names) {
    CompletableFuture.supplyAsync(() -> askUntilOnly(registry, names))
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }

  private static Map<UserName, UserAddress> askUntilOnly(Registry registry, UserName... names) {
    Map<UserName, UserAddress> users = registry.users().join();
    while (users.size() > names.length) {
      users = registry.users().join();
    }
    assertThat(users).containsOnlyKeys(names);
    return users;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
