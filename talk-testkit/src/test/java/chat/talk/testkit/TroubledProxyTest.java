package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.testkit.TalkativeServer.Guest;
import chat.talk.testkit.TroubledProxy.Ending;
import chat.talk.testkit.TroubledProxy.Side;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class TroubledProxyTest {
  private static final int MANY = 1 << 20;

  private final TalkativeServer server = new TalkativeServer();
  private final TroubledProxy proxy = TroubledProxy.to(server.port());
  private final List<Socket> clients = new ArrayList<>();

  @AfterEach
  void closeAll() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
    proxy.close();
    server.close();
    Await.until(
        "no thread is left",
        () -> Thread.getAllStackTraces().keySet().stream().noneMatch(this::isOfProxy));
  }

  private boolean isOfProxy(Thread thread) {
    return thread.getName().startsWith("troubled-")
        && thread.getName().endsWith("-" + proxy.port());
  }

  private Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    client.setSoTimeout((int) Await.LIMIT.toMillis());
    clients.add(client);
    return client;
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private static void send(Socket client, byte[] bytes) throws IOException {
    client.getOutputStream().write(bytes);
  }

  private static byte[] receive(Socket client, int count) throws IOException {
    return client.getInputStream().readNBytes(count);
  }

  private static void assertAnswers(Socket client, int count) throws IOException {
    CompletableFuture<Void> sent =
        Background.run(
            () -> {
              try {
                send(client, bytes(count));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(receive(client, count)).isEqualTo(bytes(count));
    Await.result(sent);
  }

  private static void assertReset(Socket client) {
    assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
  }

  private static void assertEnds(Socket client) throws IOException {
    assertThat(client.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void carriesEverythingBothWaysAndCountsIt() throws IOException {
    assertAnswers(connect(), MANY);
    proxy.awaitPassed(Side.CLIENT, MANY);
    proxy.awaitPassed(Side.SERVER, MANY);
    assertThat(proxy.passed(Side.CLIENT)).isEqualTo(MANY);
    assertThat(proxy.passed(Side.SERVER)).isEqualTo(MANY);
    assertThat(proxy.accepted()).isEqualTo(1);
  }

  @Test
  void endOfAStreamPassesAndTheOtherDirectionGoesOn() throws IOException {
    Socket client = connect();
    send(client, bytes(10));
    client.shutdownOutput();
    Guest guest = server.guest(0);
    assertThat(Await.result(guest.end)).isNull();
    guest.say(bytes(20));
    guest.socket.close();
    assertThat(client.getInputStream().readAllBytes()).hasSize(30);
    proxy.awaitOpen(0);
  }

  @Test
  void resetOfOneSideResetsTheOther() throws IOException {
    Socket client = connect();
    assertAnswers(client, 10);
    client.setSoLinger(true, 0);
    client.close();
    assertThat(Await.result(server.guest(0).end)).isInstanceOf(SocketException.class);
    proxy.awaitOpen(0);
  }

  @Test
  void cutByResetIsAnErrorForBothSides() throws IOException {
    Socket client = connect();
    assertAnswers(client, 10);
    proxy.cut(Ending.RESET);
    assertReset(client);
    assertThat(Await.result(server.guest(0).end)).isInstanceOf(SocketException.class);
    assertThat(proxy.accepted()).isEqualTo(1);
    assertAnswers(connect(), 10);
  }

  @Test
  void cutByCloseIsTheEndForBothSides() throws IOException {
    Socket client = connect();
    assertAnswers(client, 10);
    proxy.cut(Ending.CLOSE);
    proxy.awaitOpen(0);
    assertEnds(client);
    assertThat(Await.result(server.guest(0).end)).isNull();
    assertAnswers(connect(), 10);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 37, 99})
  void cutsDirectlyAfterAByte(int count) throws IOException {
    Socket client = connect();
    assertAnswers(client, 10);
    proxy.cutAfter(Side.CLIENT, count, Ending.CLOSE);
    send(client, bytes(100));
    Guest guest = server.guest(0);
    assertThat(Await.result(guest.end)).isNull();
    assertThat(guest.heard()).hasSize(10 + count).endsWith(Arrays.copyOf(bytes(100), count));
    assertAnswers(connect(), 1000);
  }

  @Test
  void cutsAnswersInTheMiddleByReset() throws IOException {
    Socket client = connect();
    proxy.cutAfter(Side.SERVER, 50, Ending.RESET);
    send(client, bytes(100));
    assertThat(Await.result(server.guest(0).end)).isInstanceOf(SocketException.class);
    assertThat(proxy.passed(Side.SERVER)).isEqualTo(50);
  }

  @Test
  void oneDirectionStallsWhileTheOtherGoesOn() throws IOException {
    Socket client = connect();
    assertAnswers(client, 10);
    proxy.awaitPassed(Side.SERVER, 10);
    proxy.stall(Side.SERVER);
    send(client, bytes(100));
    Guest guest = server.guest(0);
    guest.awaitHeard(110);
    assertThat(proxy.passed(Side.SERVER)).isEqualTo(10);
    proxy.goOn(Side.SERVER);
    assertThat(receive(client, 100)).isEqualTo(bytes(100));
  }

  @Test
  void newConnectionsStallAsWell() throws IOException {
    proxy.stall(Side.CLIENT);
    Socket client = connect();
    send(client, bytes(100));
    Guest guest = server.guest(0);
    guest.say(bytes(3));
    assertThat(receive(client, 3)).isEqualTo(bytes(3));
    assertThat(guest.heard()).isEmpty();
    proxy.calm();
    assertThat(receive(client, 100)).isEqualTo(bytes(100));
  }

  @Test
  void nothingIsLostWhenItIsSplitDelayedAndThrottled() throws IOException {
    Socket client = connect();
    proxy.split(Side.CLIENT, 1);
    proxy.split(Side.SERVER, 7);
    assertAnswers(client, 20_000);
    proxy.delay(Side.CLIENT, Duration.ofMillis(5));
    assertAnswers(client, 20_000);
    proxy.throttle(Side.SERVER, 100_000);
    assertAnswers(client, 20_000);
    proxy.throttle(Side.SERVER, 1);
    send(client, bytes(100));
    proxy.calm();
    assertThat(receive(client, 100)).isEqualTo(bytes(100));
  }

  @Test
  void bytesThatGatherDuringADelayAreMerged() throws IOException {
    Socket client = connect();
    client.setTcpNoDelay(true);
    assertAnswers(client, 1);
    proxy.delay(Side.CLIENT, Duration.ofDays(1));
    for (int i = 0; i < 100; i++) {
      send(client, bytes(1));
    }
    proxy.calm();
    assertThat(receive(client, 100)).hasSize(100);
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void halfClosedSideGoesOnToReceive(Side from) throws IOException {
    Socket client = connect();
    assertAnswers(client, 10);
    proxy.halfClose(from);
    Guest guest = server.guest(0);
    if (from == Side.CLIENT) {
      assertThat(Await.result(guest.end)).isNull();
      guest.say(bytes(5));
      assertThat(receive(client, 5)).isEqualTo(bytes(5));
    } else {
      assertEnds(client);
      send(client, bytes(5));
      guest.awaitHeard(15);
    }
  }

  @Test
  void clientOfALostServerBelievesThatItIsConnected() throws IOException {
    Socket client = connect();
    assertAnswers(client, 10);
    proxy.drop(Side.SERVER);
    assertThat(Await.result(server.guest(0).end)).isInstanceOf(SocketException.class);
    send(client, bytes(MANY));
    proxy.awaitOpen(1);
    assertThat(client.getInputStream().available()).isZero();
    client.close();
    proxy.awaitOpen(0);
    assertAnswers(connect(), 10);
  }

  @Test
  void serverOfALostClientBelievesThatItIsConnected() throws IOException {
    Socket client = connect();
    assertAnswers(client, 10);
    proxy.drop(Side.CLIENT);
    assertReset(client);
    Guest guest = server.guest(0);
    guest.say(bytes(MANY));
    proxy.awaitOpen(1);
    assertThat(guest.end).isNotDone();
    guest.socket.close();
    proxy.awaitOpen(0);
  }

  @Test
  void refusesUntilItServesAgainAtTheSamePort() throws IOException {
    Socket before = connect();
    assertAnswers(before, 10);
    for (int i = 0; i < 20; i++) {
      proxy.refuse();
      assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
      proxy.refuse();
      proxy.serve();
    }
    assertAnswers(before, 10);
    assertAnswers(connect(), 10);
  }

  @Test
  void whatIsSwallowedIsAcceptedAndNeverAnswered() throws IOException {
    Socket before = connect();
    assertAnswers(before, 10);
    proxy.swallow();
    Socket client = connect();
    send(client, bytes(MANY));
    proxy.awaitAccepted(2);
    assertAnswers(before, 10);
    assertThat(server.count()).isEqualTo(1);
    proxy.serve();
    assertAnswers(connect(), 10);
    assertThat(server.count()).isEqualTo(2);
    assertThat(client.getInputStream().available()).isZero();
  }

  @Test
  void connectionsGoToTheServerThatIsThereNow() throws IOException {
    server.close();
    Socket early = connect();
    assertReset(early);
    try (TalkativeServer other = new TalkativeServer()) {
      proxy.leadTo(other.port());
      assertAnswers(connect(), 10);
      assertThat(other.count()).isEqualTo(1);
    }
  }

  @Test
  void atRandomMomentsAnythingHappensUntilItIsCalm() throws IOException {
    long seed = System.nanoTime();
    proxy.randomly(new Random(seed));
    AtomicInteger done = new AtomicInteger();
    Await.until(
        Duration.ofSeconds(40),
        () -> "talk to come through, seed %d, %s".formatted(seed, proxy),
        () -> talksFor(100) && done.incrementAndGet() == 20);
    assertThatThrownBy(() -> proxy.randomly(new Random(seed)))
        .isInstanceOf(IllegalStateException.class);
    proxy.calm();
    assertAnswers(connect(), MANY);
  }

  /** Says whether it came to its end. */
  private boolean talksFor(int rounds) {
    try (Socket client = connect()) {
      client.setSoTimeout(1000);
      for (int i = 0; i < rounds; i++) {
        send(client, bytes(100));
        byte[] answer = receive(client, 100);
        assertThat(answer).isEqualTo(Arrays.copyOf(bytes(100), answer.length));
        if (answer.length < 100) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void closingEndsEverythingWhateverIsUnderWay() throws IOException {
    Socket half = connect();
    proxy.awaitOpen(1);
    proxy.halfClose(Side.SERVER);
    assertEnds(half);
    Socket stalled = connect();
    proxy.awaitOpen(2);
    proxy.stall(Side.CLIENT);
    send(stalled, bytes(10));
    proxy.throttle(Side.SERVER, 1);
    server.guest(0).say(bytes(1000));
    proxy.randomly(new Random(1));
    proxy.close();
    proxy.close();
    assertReset(stalled);
    assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> proxy.cutAfter(Side.CLIENT, 0, Ending.RESET))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> proxy.split(Side.CLIENT, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> proxy.throttle(Side.CLIENT, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
