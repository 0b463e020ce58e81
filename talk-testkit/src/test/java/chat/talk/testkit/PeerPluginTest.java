package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatClient;
import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Claim;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Envelope;
import chat.talk.Page;
import chat.talk.Registry;
import chat.talk.RegistryStore;
import chat.talk.Transport;
import chat.talk.UserAddress;
import chat.talk.testkit.TrickyTransport.Place;
import chat.talk.testkit.TrickyTransport.Way;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Transports, registries and storages that throw, answer rubbish or take their time. */
final class PeerPluginTest extends PeerFixture {
  static Stream<Named<Function<UserAddress, Transport.Connection>>> brokenWays() {
    return Stream.of(
        Named.of("connect throws", new Throwing<>(false)),
        Named.of("connect throws an error", new Throwing<>(true)),
        Named.of("connect returns nothing", address -> null),
        Named.of("deliver throws", address -> new Way(new Throwing<>(false))),
        Named.of("deliver throws an error", address -> new Way(new Throwing<>(true))),
        Named.of("deliver returns nothing", address -> new Way(envelope -> null)));
  }

  @ParameterizedTest
  @MethodSource("brokenWays")
  void sendOverABrokenTransportFailsAndTheNextOneWorks(
      Function<UserAddress, Transport.Connection> broken) {
    Mailbox bobs = listBob();
    transport.connecting = broken;
    ChatClient alice = start(peer(ALICE));
    assertThat(Await.code(alice.send(BOB, "one"))).isEqualTo(Code.INTERNAL);
    assertThat(Await.code(alice.send(BOB, "two"))).isEqualTo(Code.INTERNAL);
    transport.mend();
    alice.close();
    ChatClient again = start(peer(ALICE));
    Await.result(again.send(BOB, "three"));
    assertThat(bobs.texts()).containsExactly("three");
  }

  @Test
  void laneSurvivesATransportThatThrows() {
    Mailbox bobs = listBob();
    ChatClient alice = start(peer(ALICE));
    Function<Envelope, CompletableFuture<Void>> broken = new Throwing<>(false);
    transport.connecting = new Throwing<>(false);
    assertThat(Await.code(alice.send(BOB, "one"))).isEqualTo(Code.INTERNAL);
    transport.connecting =
        address -> {
          Transport.Connection way = transport.real.connect(address);
          return new Way(e -> e.text().equals("two") ? broken.apply(e) : way.deliver(e));
        };
    assertThat(Await.code(alice.send(BOB, "two"))).isEqualTo(Code.INTERNAL);
    Await.result(alice.send(BOB, "three"));
    assertThat(bobs.texts()).containsExactly("three");
  }

  @Test
  void sendSurvivesARegistryThatThrows() {
    listBob();
    ChatClient alice = start(peer(ALICE));
    registry.goMad();
    assertThat(Await.code(alice.send(BOB, "one"))).isEqualTo(Code.INTERNAL);
    registry.comeBack();
    Await.result(alice.send(BOB, "two"));
  }

  @Test
  void startWithARegistryThatThrowsFails() {
    registry.goMad();
    assertThatThrownBy(() -> peer(ALICE).listenOn(HOST, 4711).start())
        .isInstanceOf(ChatException.class);
    assertPortIsFree(4711);
    awaitNoThreadOf(ALICE);
  }

  @Test
  void closeSurvivesARegistryThatThrows() {
    ChatClient alice = start(peer(ALICE).listenOn(HOST, 4711));
    registry.goMad();
    alice.close();
    registry.comeBack();
    assertPortIsFree(4711);
    awaitNoThreadOf(ALICE);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void closeSurvivesAnEndpointThatThrows(Runnable failure) {
    transport.opening = endpoint -> new Place(endpoint, failure);
    Recorder heard = new Recorder();
    ChatClient alice = start(peer(ALICE).listenOn(HOST, 4711).listener(heard));
    alice.close();
    assertThat(alice.state()).isEqualTo(ChatClient.State.CLOSED);
    assertThat(heard.notices()).hasSize(1);
    assertPortIsFree(4711);
    awaitNoThreadOf(ALICE);
  }

  static Stream<Runnable> failures() {
    return Stream.of(new Throwing<>(false), new Throwing<>(true));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void closeSurvivesConnectionsThatThrow(Runnable failure) {
    listBob();
    Await.result(registry.register(CAROL, open(new Mailbox()), Claim.NONE));
    CountDownLatch delivered = new CountDownLatch(2);
    transport.connecting =
        address ->
            new Way(
                envelope -> {
                  delivered.countDown();
                  return new CompletableFuture<>();
                },
                failure);
    ChatClient alice = start(peer(ALICE).listenOn(HOST, 4711).closeWithin(Duration.ofMillis(100)));
    CompletableFuture<Entry> toBob = alice.send(BOB, "one");
    CompletableFuture<Entry> toCarol = alice.send(CAROL, "two");
    Await.latch("both messages", delivered);
    alice.close();
    assertThat(Await.code(toBob)).isEqualTo(Code.CLOSED);
    assertThat(Await.code(toCarol)).isEqualTo(Code.CLOSED);
    assertPortIsFree(4711);
    awaitNoThreadOf(ALICE);
  }

  @Test
  void registryWhoseExecutorRefusesFailsItsFutures() {
    Registry refusing =
        Registry.on(
            RegistryStore.inMemory(),
            task -> {
              throw new RejectedExecutionException("full");
            });
    assertThat(Await.failure(refusing.users())).isNotNull();
    assertThat(Await.failure(refusing.remove(BOB, Claim.NONE))).isNotNull();
  }

  @Test
  void deliveryIsNeverOnTheThreadThatSends() {
    Set<Thread> deliverers = ConcurrentHashMap.newKeySet();
    listBob();
    transport.connecting =
        address ->
            new Way(
                envelope -> {
                  deliverers.add(Thread.currentThread());
                  return CompletableFuture.completedFuture(null);
                });
    ChatClient alice = start(peer(ALICE));
    Set<Thread> senders = ConcurrentHashMap.newKeySet();
    Stream.generate(() -> Background.run(() -> sendMany(alice, senders)))
        .limit(4)
        .toList()
        .forEach(Await::result);
    assertThat(deliverers).isNotEmpty().doesNotContainAnyElementsOf(senders);
  }

  private static void sendMany(ChatClient alice, Set<Thread> senders) {
    senders.add(Thread.currentThread());
    for (int i = 0; i < 100; i++) {
      Await.result(alice.send(BOB, "text"));
    }
  }

  @Test
  void slowHistoryDelaysNoSend() {
    listBob();
    CountDownLatch slow = new CountDownLatch(1);
    storage.beforeReadBack = () -> Await.latch("the end of a slow read", slow);
    ChatClient alice = start(peer(ALICE).storage(storage));
    CompletableFuture<Page> page = alice.readBefore(ChatId.direct(ALICE, BOB), Cursor.END, 1);
    Await.result(alice.send(BOB, "meanwhile"));
    assertThat(page).isNotDone();
    slow.countDown();
    Await.result(page);
  }

  static Stream<Named<Function<List<Entry>, List<Entry>>>> brokenAppends() {
    return Stream.of(
        Named.of("throws", new Throwing<>(false)),
        Named.of("throws an error", new Throwing<>(true)),
        Named.of("none", entries -> List.of()),
        Named.of("nothing", entries -> null),
        Named.of("an entry that is none", entries -> Arrays.asList((Entry) null)));
  }

  @ParameterizedTest
  @MethodSource("brokenAppends")
  void receiverOutlivesABrokenStorage(Function<List<Entry>, List<Entry>> broken) {
    start(peer(BOB).storage(storage));
    ChatClient alice = start(peer(ALICE));
    storage.appended = broken;
    assertThat(Await.code(alice.send(BOB, "one"))).isEqualTo(Code.STORAGE);
    storage.mend();
    Await.result(alice.send(BOB, "two"));
  }

  @ParameterizedTest
  @MethodSource("brokenAppends")
  void senderOutlivesABrokenStorage(Function<List<Entry>, List<Entry>> broken) {
    listBob();
    ChatClient alice = start(peer(ALICE).storage(storage));
    storage.appended = broken;
    assertThat(Await.code(alice.send(BOB, "one"))).isEqualTo(Code.STORAGE);
    storage.mend();
    Await.result(alice.send(BOB, "two"));
    alice.close();
    awaitNoThreadOf(ALICE);
  }
}
