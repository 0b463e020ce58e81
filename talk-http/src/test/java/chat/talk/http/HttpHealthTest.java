package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.Registry;
import chat.talk.UserAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpHealthTest {
  private static final String OK = RawServer.answer("200 OK", "{\"status\":\"ok\"}");

  private final HttpHealth health = new HttpHealth(64, Duration.ofMillis(500));

  @AfterEach
  void close() {
    health.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP", "WS"})
  void whoAnswersOkIsWell(String protocol) throws IOException {
    try (RawServer server = RawServer.answering(OK)) {
      assertThat(Outcomes.of(health.check(server.address(protocol)))).isTrue();
    }
  }

  @Test
  void servedRegistryIsWellByNameAndByAddress() {
    try (HttpServer server = RegistryApi.serve(Registry.inMemory(), HttpServer.builder()).start()) {
      assertThat(Outcomes.of(health.check(UserAddress.http("localhost", server.port())))).isTrue();
      assertThat(Outcomes.of(health.check(UserAddress.http("127.0.0.1", server.port())))).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{\"status\":\"error\"}",
        "HTTP/1.1 503 Busy\r\nContent-Length: 15\r\n\r\n{\"status\":\"ok\"}",
        "HTTP/1.1 302 Found\r\nLocation: /v1/health\r\nContent-Length: 15\r\n\r\n{\"status\":\"ok\"}",
        "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"status\":\"ok\"}",
        "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"status\":\"ok\"}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "",
      })
  void whoAnswersAnythingElseIsNot(String answer) throws IOException {
    try (RawServer server = RawServer.answering(answer)) {
      assertThat(Outcomes.of(health.check(server.address("HTTP")))).isFalse();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void whoAnswersAtLengthIsNot() throws IOException {
    String long4097 = "{\"status\":\"ok\"}" + " ".repeat(4082);
    try (RawServer server = RawServer.answering(RawServer.answer("200 OK", long4097))) {
      assertThat(Outcomes.of(health.check(server.address("HTTP")))).isFalse();
    }
  }

  @Test
  void whoAnswersByDripsIsNot() throws IOException {
    RawServer.Script drips =
        (server, socket) -> {
          server.readRequest(socket.getInputStream());
          server.drip(socket.getOutputStream(), OK, 20);
        };
    try (RawServer server = RawServer.start(drips)) {
      assertThat(Outcomes.of(health.check(server.address("HTTP")))).isFalse();
    }
  }

  @Test
  void whoIsNotThereIsNot() throws IOException {
    int port = HttpTransportFailureTest.unusedPort();
    assertThat(Outcomes.of(health.check(UserAddress.http("127.0.0.1", port)))).isFalse();
    assertThat(Outcomes.of(health.check(new UserAddress("HTTPS", "::1", port)))).isFalse();
    assertThat(Outcomes.of(health.check(UserAddress.http("a..b", port)))).isFalse();
  }

  @Test
  void thousandsOfDeadDelayTheLivingNoLongerThanTheirTurn() throws IOException {
    int refusing = HttpTransportFailureTest.unusedPort();
    int bound = 8;
    try (RawServer well = RawServer.answering(OK);
        ServerSocket silent = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        HttpHealth few = new HttpHealth(bound, Duration.ofSeconds(3))) {
      List<CompletableFuture<Boolean>> dead = new ArrayList<>();
      List<CompletableFuture<Boolean>> living = new ArrayList<>();
      for (int i = 1; i < bound; i++) {
        dead.add(few.check(UserAddress.http("127.0.0.1", silent.getLocalPort())));
      }
      for (int i = 0; i < 300; i++) {
        dead.add(few.check(UserAddress.http("127.0.0.1", refusing)));
        living.add(few.check(well.address("HTTP")));
      }
      for (int i = 0; i < 3000; i++) {
        dead.add(few.check(UserAddress.http("127.0.0.1", refusing)));
      }
      assertThat(dead).allSatisfy(each -> assertThat(Outcomes.of(each)).isFalse());
      assertThat(living).allSatisfy(each -> assertThat(Outcomes.of(each)).isTrue());
    }
  }

  @Test
  void noMoreThanTheBoundAreAskedAtOnce() throws IOException {
    AtomicInteger open = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    RawServer.Script counting =
        (server, socket) -> {
          server.readRequest(socket.getInputStream());
          most.accumulateAndGet(open.incrementAndGet(), Math::max);
          server.pause(5);
          open.decrementAndGet();
          server.write(socket, OK);
        };
    try (RawServer server = RawServer.start(counting);
        HttpHealth few = new HttpHealth(3, Duration.ofSeconds(5))) {
      List<CompletableFuture<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        all.add(few.check(server.address("HTTP")));
      }
      assertThat(all).allSatisfy(each -> assertThat(Outcomes.of(each)).isTrue());
      assertThat(most.get()).isBetween(2, 3);
    }
  }

  @Test
  void closeAnswersWhatIsUnderWayAndWhatComesLater() throws IOException {
    try (RawServer silent = RawServer.answering("")) {
      HttpHealth patient = new HttpHealth(1, Duration.ofMinutes(1));
      CompletableFuture<Boolean> first = patient.check(silent.address("HTTP"));
      CompletableFuture<Boolean> second = patient.check(silent.address("HTTP"));
      Outcomes.await("the first check", () -> silent.requests() == 1);
      patient.close();
      patient.close();
      assertThat(Outcomes.of(first)).isFalse();
      assertThat(Outcomes.of(second)).isFalse();
      assertThat(Outcomes.of(patient.check(silent.address("HTTP")))).isFalse();
    }
  }
}
