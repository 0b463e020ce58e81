package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatClient;
import chat.talk.ChatClient.State;
import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Claim;
import chat.talk.Entry;
import chat.talk.Notice;
import chat.talk.PeerBuilder;
import chat.talk.Transport;
import chat.talk.UserAddress;
import chat.talk.UserName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PeerTimeTest {
  private static final UserName ALICE = UserName.of("alice");
  private static final UserName BOB = UserName.of("bob");
  private static final Duration REFRESH = Duration.ofMinutes(2);
  private static final Claim CLAIM = Claim.of("alices-secret");

  private final SettableClock clock = new SettableClock();
  private final FailingRegistry registry = new FailingRegistry();
  private final Transport transport = Transport.loopback();
  private final Recorder recorder = new Recorder();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @AfterEach
  void closeAll() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
    recorder.assertWellBehaved();
    assertThat(clock.pending()).as("tasks that outlive their clients").isZero();
  }

  @Test
  void forgottenPeerRegistersAgainEveryTwoMinutes() {
    startAlice();
    UserAddress address = addressOf(ALICE);
    for (int round = 0; round < 3; round++) {
      Await.result(registry.remove(ALICE, CLAIM));
      clock.advance(REFRESH.minusMillis(1));
      assertThat(addressOf(ALICE)).isNull();
      clock.advance(Duration.ofMillis(1));
      Await.until("Alice to be back", () -> address.equals(addressOf(ALICE)));
    }
  }

  @Test
  void registrationAfterBeingForgottenIsClaimed() {
    startAlice();
    Await.result(registry.remove(ALICE, CLAIM));
    clock.advance(REFRESH);
    Await.until("Alice to be back", () -> addressOf(ALICE) != null);
    assertThat(Await.code(registry.remove(ALICE, Claim.NONE))).isEqualTo(Code.FORBIDDEN);
  }

  @Test
  void intervalCanBeSet() {
    start(alice().refreshEvery(Duration.ofSeconds(5)));
    Await.result(registry.remove(ALICE, CLAIM));
    clock.advance(Duration.ofSeconds(5));
    Await.until("Alice to be back", () -> addressOf(ALICE) != null);
  }

  @Test
  void closedPeerDoesNotRegisterAgain() {
    startAlice().close();
    clock.advance(REFRESH.multipliedBy(3));
    assertThat(addressOf(ALICE)).isNull();
  }

  @Test
  void registryThatFailsAndRecoversIsNoticed() {
    ChatClient alice = startAlice();
    for (int round = 0; round < 2; round++) {
      registry.goDown();
      clock.advance(REFRESH);
      Notice.StateChanged away = recorder.awaitState(State.DISCONNECTED);
      assertThat(away.why()).isEqualTo(Code.UNREACHABLE);
      assertThat(away.reason()).isNotBlank();
      assertThat(alice.state()).isEqualTo(State.DISCONNECTED);
      registry.comeBack();
      clock.advance(REFRESH);
      recorder.awaitNotice(new Notice.StateChanged(State.CONNECTED));
      assertThat(alice.state()).isEqualTo(State.CONNECTED);
    }
  }

  @Test
  void stateIsToldWhenItChangesOnly() {
    ChatClient alice = startAlice();
    clock.advance(REFRESH.multipliedBy(3));
    registry.goDown();
    clock.advance(REFRESH.multipliedBy(3));
    recorder.awaitState(State.DISCONNECTED);
    alice.close();
    recorder.awaitNotice(new Notice.StateChanged(State.CLOSED));
    assertThat(recorder.notices()).hasSize(2);
  }

  @Test
  void knownPeersAreReachedWithoutTheRegistry() {
    Mailbox bobs = listBob();
    ChatClient alice = startAlice();
    Await.result(alice.send(BOB, "before"));
    registry.goDown();
    clock.advance(REFRESH);
    Await.result(alice.send(BOB, "meanwhile"));
    assertThat(bobs.texts()).containsExactly("before", "meanwhile");
  }

  @Test
  void registryOutOfReachIsNotAnUnknownUser() {
    ChatClient alice = startAlice();
    registry.goDown();
    assertThat(failureOf(alice.send(BOB, "hello?"))).isEqualTo(Code.UNREACHABLE);
  }

  @Test
  void peerDoesNotStartWithoutTheRegistry() {
    registry.goDown();
    assertThatThrownBy(() -> alice().start())
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.code()).isEqualTo(Code.UNREACHABLE));
  }

  @Test
  void sendIsTriedAgainAfterAPause() {
    Transport.Endpoint before = transport.open("127.0.0.1", 0, new Mailbox());
    list(before.address());
    ChatClient alice = startAlice();
    Await.result(alice.send(BOB, "before"));
    before.close();
    int pending = clock.pending();
    CompletableFuture<Entry> sent = alice.send(BOB, "after");
    Await.until("a pause after the first try", () -> clock.pending() > pending);
    Mailbox bobs = listBob();
    assertThat(sent).isNotDone();
    passUntilDone(sent);
    Await.result(sent);
    assertThat(bobs.texts()).containsExactly("after");
  }

  @Test
  void sendIsGivenUpAfterAFewTries() {
    ChatClient alice = startAlice();
    try (Transport.Endpoint gone = transport.open("127.0.0.1", 0, new Mailbox())) {
      list(gone.address());
    }
    assertThat(failureOf(alice.send(BOB, "hello?"))).isEqualTo(Code.UNREACHABLE);
  }

  @Test
  void messagesBearTheTimeOfTheClock() {
    listBob();
    ChatClient alice = startAlice();
    clock.advance(Duration.ofSeconds(77));
    Entry entry = Await.result(alice.send(BOB, "now"));
    assertThat(entry.event().time()).isEqualTo(clock.now());
  }

  @Test
  void connectionThatWasIdleIsMadeAgain() {
    Mailbox bobs = listBob();
    ChatClient alice = startAlice();
    Await.result(alice.send(BOB, "before"));
    clock.advance(Duration.ofHours(1));
    Await.result(alice.send(BOB, "after an hour"));
    assertThat(bobs.texts()).containsExactly("before", "after an hour");
  }

  private Code failureOf(CompletableFuture<Entry> sent) {
    passUntilDone(sent);
    return Await.code(sent);
  }

  /** Lets time pass, as often as something waits for it. */
  private void passUntilDone(CompletableFuture<Entry> sent) {
    Await.until(
        "the end of a send",
        () -> {
          clock.advance(Duration.ofMillis(100));
          return sent.isDone();
        });
  }

  private PeerBuilder alice() {
    return ChatClient.peer("alice")
        .registry(registry)
        .transport(transport)
        .listener(recorder)
        .claim(CLAIM)
        .scheduler(clock);
  }

  private ChatClient startAlice() {
    return start(alice());
  }

  private ChatClient start(PeerBuilder peer) {
    ChatClient client = peer.start();
    opened.push(client);
    return client;
  }

  private Mailbox listBob() {
    Mailbox mailbox = new Mailbox();
    Transport.Endpoint endpoint = transport.open("127.0.0.1", 0, mailbox);
    opened.push(endpoint);
    list(endpoint.address());
    return mailbox;
  }

  private void list(UserAddress address) {
    Await.result(registry.update(BOB, address, Claim.NONE));
  }

  private UserAddress addressOf(UserName user) {
    return Await.result(registry.users()).get(user);
  }
}
