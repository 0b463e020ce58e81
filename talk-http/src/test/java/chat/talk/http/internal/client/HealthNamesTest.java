package chat.talk.http.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.Registry;
import chat.talk.UserAddress;
import chat.talk.http.HttpServer;
import chat.talk.http.RegistryApi;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names that take longer to look up than a check may take. */
final class HealthNamesTest {
  private static final int SLOW_NAMES = 200;
  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final long HANG_MILLIS = 1500;

  private final CountDownLatch over = new CountDownLatch(1);
  private final Map<String, AtomicInteger> atOnce = new ConcurrentHashMap<>();
  private final Queue<String> doubled = new ConcurrentLinkedQueue<>();
  private final HttpServer server =
      RegistryApi.serve(Registry.inMemory(), HttpServer.builder().allowHosts("well.example"))
          .start();
  private final HealthClient health = new HealthClient(64, TIMEOUT, List.of(), this::find);

  @AfterEach
  void close() {
    over.countDown();
    health.close();
    server.close();
  }

  private InetAddress find(String host) throws UnknownHostException {
    if (host.equals("well.example")) {
      return InetAddress.getLoopbackAddress();
    }
    AtomicInteger threads = atOnce.computeIfAbsent(host, any -> new AtomicInteger());
    if (threads.incrementAndGet() > 1) {
      doubled.add(host);
    }
    try {
      over.await(HANG_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
    threads.decrementAndGet();
    throw new UnknownHostException(host);
  }

  private CompletableFuture<Boolean> check(String host) {
    return health.check(UserAddress.http(host, server.port()));
  }

  private List<CompletableFuture<Boolean>> checkSlowOnes() {
    List<CompletableFuture<Boolean>> slow = new ArrayList<>();
    for (int i = 0; i < SLOW_NAMES; i++) {
      slow.add(check("slow" + i + ".example"));
    }
    return slow;
  }

  private static boolean of(CompletableFuture<Boolean> result) {
    return result.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void nobodyWellIsJudgedByTheNamesOfOthers() {
    List<CompletableFuture<Boolean>> slow = checkSlowOnes();
    CompletableFuture<Boolean> named = check("well.example");
    assertThat(of(check("localhost"))).isTrue();
    assertThat(of(check("127.0.0.1"))).isTrue();
    assertThat(slow).anyMatch(each -> !each.isDone());
    assertThat(of(named)).isTrue();
    assertThat(slow).allSatisfy(each -> assertThat(of(each)).isFalse());
  }

  @Test
  void nameThatIsKnownIsNotLookedUpBehindOthers() {
    assertThat(of(check("well.example"))).isTrue();
    List<CompletableFuture<Boolean>> slow = checkSlowOnes();
    assertThat(of(check("Well.Example"))).isTrue();
    assertThat(slow).anyMatch(each -> !each.isDone());
  }

  @Test
  void slowNameIsLookedUpOnceAtATime() {
    for (int round = 0; round < 3; round++) {
      List<CompletableFuture<Boolean>> same = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        same.add(check("slow.example"));
      }
      assertThat(same).allSatisfy(each -> assertThat(of(each)).isFalse());
    }
    assertThat(atOnce).containsOnlyKeys("slow.example");
    assertThat(doubled).isEmpty();
  }

  @Test
  void closeEndsChecksWhoseNamesWait() {
    List<CompletableFuture<Boolean>> slow = checkSlowOnes();
    health.close();
    assertThat(slow).allSatisfy(each -> assertThat(of(each)).isFalse());
    assertThat(atOnce).hasSizeLessThan(SLOW_NAMES);
  }
}
