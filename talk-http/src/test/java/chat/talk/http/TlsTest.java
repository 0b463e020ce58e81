package chat.talk.http;

import static chat.talk.ChatException.Code.INVALID;
import static chat.talk.ChatException.Code.UNREACHABLE;
import static chat.talk.http.Outcomes.message;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.Claim;
import chat.talk.Envelope;
import chat.talk.Registry;
import chat.talk.Transport;
import chat.talk.UserAddress;
import chat.talk.UserName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TlsTest {
  @TempDir private Path folder;
  private Path certificate;
  private Path key;
  private HttpSettings settings;

  @BeforeEach
  void makeCertificate() throws IOException {
    HeldCertificate own =
        new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
    certificate = Files.write(folder.resolve("c.pem"), own.certificatePem().getBytes(US_ASCII));
    key = Files.write(folder.resolve("k.pem"), own.privateKeyPkcs8Pem().getBytes(US_ASCII));
    settings = HttpSettings.defaults().withCertificate(certificate, key).withTrust(certificate);
  }

  static Stream<Function<HttpSettings, Transport>> transports() {
    return Stream.of(HttpTransport::new, WebSocketTransport::new);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void trustedEndpointIsTalkedTo(Function<HttpSettings, Transport> make) {
    Transport transport = make.apply(settings);
    CompletableFuture<Envelope> received = new CompletableFuture<>();
    try (Transport.Endpoint endpoint = open(transport, received);
        Transport.Connection connection = transport.connect(endpoint.address())) {
      assertThat(endpoint.address().protocol()).isIn("HTTPS", "WSS");
      Outcomes.of(connection.deliver(message("1", "secret")));
      assertThat(Outcomes.of(received)).isEqualTo(message("1", "secret"));
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void unknownCertificateIsNotTalkedTo(Function<HttpSettings, Transport> make) {
    CompletableFuture<Envelope> received = new CompletableFuture<>();
    try (Transport.Endpoint endpoint = open(make.apply(settings), received);
        Transport.Connection connection =
            make.apply(HttpSettings.defaults()).connect(endpoint.address())) {
      ChatException failure = Outcomes.failure(connection.deliver(message("1", "secret")));
      assertThat(failure.code()).isEqualTo(UNREACHABLE);
      assertThat(failure).hasMessageContaining("certif");
      assertThat(received).isNotDone();
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void certificateForAnotherHostIsNotTalkedTo(Function<HttpSettings, Transport> make) {
    Transport transport = make.apply(settings);
    CompletableFuture<Envelope> received = new CompletableFuture<>();
    try (Transport.Endpoint endpoint = open(transport, received)) {
      UserAddress there = endpoint.address();
      UserAddress otherName = new UserAddress(there.protocol(), "localhost", there.port());
      try (Transport.Connection connection = transport.connect(otherName)) {
        assertThat(Outcomes.failure(connection.deliver(message("1", "secret"))).code())
            .isEqualTo(UNREACHABLE);
        assertThat(received).isNotDone();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void endpointThatSpeaksPlainlyIsNotTalkedTo(Function<HttpSettings, Transport> make) {
    CompletableFuture<Envelope> received = new CompletableFuture<>();
    Transport transport = make.apply(settings);
    try (Transport.Endpoint plain = open(new HttpTransport(), received);
        Transport.Connection connection =
            transport.connect(
                new UserAddress(
                    transport.protocols().contains("WS") ? "WSS" : "HTTPS",
                    "127.0.0.1",
                    plain.address().port()))) {
      assertThat(Outcomes.failure(connection.deliver(message("1", "secret"))).code())
          .isEqualTo(UNREACHABLE);
    }
  }

  @Test
  void registryIsAskedOverTls() {
    try (HttpServer server =
        RegistryApi.serve(Registry.inMemory(), HttpServer.builder().tls(certificate, key))
            .start()) {
      String url = "https://127.0.0.1:" + server.port();
      UserAddress home = new UserAddress("WSS", "127.0.0.1", 1);
      UserName bob = UserName.of("bob");
      Registry registry = HttpRegistry.at(url, settings);
      Outcomes.of(registry.register(bob, home, Claim.random()));
      assertThat(Outcomes.of(registry.users())).containsEntry(bob, home);
      assertThat(Outcomes.failure(HttpRegistry.at(url).users()).code()).isEqualTo(UNREACHABLE);
    }
  }

  @Test
  void healthIsAskedOverTlsOfThoseWhoAreTrusted() {
    Transport transport = new WebSocketTransport(settings);
    Duration timeout = Duration.ofSeconds(5);
    try (Transport.Endpoint endpoint = open(transport, new CompletableFuture<>());
        HttpHealth trusting = new HttpHealth(4, timeout, settings);
        HttpHealth wary = new HttpHealth(4, timeout)) {
      assertThat(Outcomes.of(trusting.check(endpoint.address()))).isTrue();
      assertThat(Outcomes.of(wary.check(endpoint.address()))).isFalse();
    }
  }

  @Test
  void fileWithoutACertificateIsRefusedAtOnce() {
    for (Path file : new Path[] {key, folder, folder.resolve("absent.pem")}) {
      assertThatThrownBy(() -> HttpSettings.defaults().withTrust(file))
          .isInstanceOfSatisfying(ChatException.class, e -> assertThat(e.code()).isEqualTo(INVALID))
          .hasMessageContaining(file.toString())
          .hasMessageNotContaining("Exception");
    }
  }

  private static Transport.Endpoint open(
      Transport transport, CompletableFuture<Envelope> received) {
    return transport.open(
        "127.0.0.1",
        0,
        envelope -> {
          received.complete(envelope);
          return CompletableFuture.completedFuture(null);
        });
  }
}
