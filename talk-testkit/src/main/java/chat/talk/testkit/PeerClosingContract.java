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
import chat.talk.Notice;
import chat.talk.PeerBuilder;
import chat.talk.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The part of {@link TransportContract} about starts that fail and about ends. */
abstract class PeerClosingContract extends PeerTroubleContract {
  private static final int MANY = 400;

  @Test
  void closedClientIsGone() {
    Recorder heard = recorder();
    ChatClient bob = start(peer(BOB).listener(heard));
    bob.close();
    assertThat(bob.state()).isEqualTo(ChatClient.State.CLOSED);
    assertThat(addressOf(BOB)).isNull();
    heard.awaitNotice(new Notice.StateChanged(ChatClient.State.CLOSED));
    assertThat(Await.code(start(ALICE).send(BOB, "hello?"))).isEqualTo(Code.UNKNOWN_USER);
  }

  @Test
  void closedClientRefusesEverything() {
    ChatClient alice = start(ALICE);
    ChatId chat = ChatId.direct(ALICE, BOB);
    alice.close();
    assertThat(Await.code(alice.send(BOB, "late"))).isEqualTo(Code.CLOSED);
    assertThat(Await.code(alice.readAfter(chat, Cursor.START, 1))).isEqualTo(Code.CLOSED);
    assertThat(Await.code(alice.readBefore(chat, Cursor.END, 1))).isEqualTo(Code.CLOSED);
  }

  @Test
  void closingAgainDoesNothing() {
    Recorder heard = recorder();
    ChatClient bob = start(peer(BOB).listener(heard));
    List<CompletableFuture<Void>> closings = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      closings.add(Background.run(bob::close));
    }
    closings.forEach(Await::result);
    bob.close();
    assertThat(heard.notices()).containsOnlyOnce(new Notice.StateChanged(ChatClient.State.CLOSED));
  }

  @Test
  void senderWhoClosesStillSendsWhatHeHandedOver() {
    Recorder heard = recorder();
    ChatClient bob = start(peer(BOB).listener(heard));
    ChatClient alice = start(peer(ALICE).closeWithin(Await.LIMIT));
    List<String> texts = numbered("text", MANY);
    List<CompletableFuture<Entry>> sent = sendAll(alice, BOB, texts);
    Await.result(Background.run(alice::close));
    sent.forEach(Await::result);
    bob.close();
    assertThat(heard.texts()).isEqualTo(texts);
  }

  @Test
  void senderMayCloseWhileSending() {
    Recorder heard = recorder();
    ChatClient bob = start(peer(BOB).listener(heard));
    ChatClient alice = start(peer(ALICE).closeWithin(Await.LIMIT));
    List<String> texts = numbered("text", MANY);
    CompletableFuture<List<CompletableFuture<Entry>>> sending =
        Background.supply(() -> sendAll(alice, BOB, texts));
    Await.until("some to arrive", () -> !heard.messages().isEmpty());
    alice.close();
    List<String> stored = stored(texts, Await.result(sending), Code.CLOSED);
    bob.close();
    assertThat(heard.texts()).isEqualTo(stored);
  }

  @Test
  void receiverMayCloseWhileOthersSend() {
    Recorder heard = recorder();
    ChatClient bob = start(peer(BOB).listener(heard));
    ChatClient alice = start(ALICE);
    List<String> texts = numbered("text", MANY);
    List<CompletableFuture<Entry>> sent = sendAll(alice, BOB, texts);
    Await.until("some to arrive", () -> !heard.messages().isEmpty());
    Await.result(Background.run(bob::close));
    List<String> atClose = heard.texts();
    List<String> stored =
        stored(texts, sent, Code.CLOSED, Code.UNKNOWN_USER, Code.UNREACHABLE, Code.TIMED_OUT);
    assertThat(atClose).containsAll(stored).doesNotHaveDuplicates();
    assertThat(heard.texts()).isEqualTo(atClose);
  }

  /** The texts whose sends succeeded; those that failed did so with one of the codes. */
  private static List<String> stored(
      List<String> texts, List<CompletableFuture<Entry>> sent, Code... codes) {
    List<String> stored = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Code code = Await.code(sent.get(i));
      if (code == null) {
        stored.add(texts.get(i));
      } else {
        assertThat(code).isIn((Object[]) codes);
      }
    }
    return stored;
  }

  @Test
  void listenerMayCloseItsClient() {
    Recorder heard = recorder();
    CompletableFuture<Void> returned = new CompletableFuture<>();
    ChatClient bob =
        start(
            peer(BOB)
                .listener(
                    (me, message) -> {
                      heard.onMessage(me, message);
                      me.close();
                      returned.complete(null);
                    }));
    ChatClient alice = start(ALICE);
    CompletableFuture<Entry> sent = alice.send(BOB, "good night");
    Await.result(returned);
    Await.failure(sent);
    heard.awaitTexts("good night");
    assertThat(bob.state()).isEqualTo(ChatClient.State.CLOSED);
    Await.until("the user to be gone", () -> addressOf(BOB) == null);
    assertThat(Await.failure(alice.send(BOB, "still there?"))).isNotNull();
    heard.assertNothingLeft();
  }

  @Test
  void stuckListenerDoesNotHoldUpTheEnd() {
    StuckListener stuck = stuck(recorder());
    ChatClient bob = start(peer(BOB).listener(stuck).closeWithin(Duration.ofMillis(300)));
    Await.result(start(ALICE).send(BOB, "hello"));
    stuck.awaitStuck();
    long start = System.nanoTime();
    bob.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    stuck.awaitInterrupted();
  }

  @Test
  void silentPeerDoesNotHoldUpTheEnd() {
    Mailbox silent = Mailbox.silent();
    list(BOB, open(silent).address());
    ChatClient alice = start(peer(ALICE).closeWithin(Duration.ofMillis(300)));
    List<CompletableFuture<Entry>> sent = sendAll(alice, BOB, numbered("text", 20));
    Await.until("a message to arrive", () -> !silent.texts().isEmpty());
    long start = System.nanoTime();
    alice.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(all(sent)).allMatch(CompletableFuture::isCompletedExceptionally);
  }

  @Test
  void clientCannotStartOnAPortInUse() {
    int port = open(new Mailbox()).address().port();
    assertThat(startFailure(peer(ALICE).listenOn(HOST, port))).isEqualTo(Code.CANNOT_LISTEN);
    assertThat(addressOf(ALICE)).isNull();
  }

  @Test
  void clientCannotStartUnderATakenName() {
    list(ALICE, deserted());
    assertThat(startFailure(peer(ALICE))).isEqualTo(Code.NAME_TAKEN);
  }

  @Test
  void clientCannotStartUnderAClaimedName() {
    start(peer(ALICE).claim(Claim.random()));
    assertThat(startFailure(peer(ALICE))).isEqualTo(Code.FORBIDDEN);
  }

  @Test
  void failedStartLeavesThePortFree() {
    int port = deserted().port();
    list(ALICE, deserted());
    assertThat(startFailure(peer(ALICE).listenOn(HOST, port))).isEqualTo(Code.NAME_TAKEN);
    try (Transport.Endpoint endpoint = open(port, new Mailbox())) {
      assertThat(endpoint.address().port()).isEqualTo(port);
    }
  }

  @Test
  void closedClientLeavesThePortFree() {
    ChatClient before = start(ALICE);
    int port = addressOf(ALICE).port();
    before.close();
    start(peer(ALICE).listenOn(HOST, port));
    assertThat(Objects.requireNonNull(addressOf(ALICE)).port()).isEqualTo(port);
  }

  private static Code startFailure(PeerBuilder peer) {
    List<Code> codes = new ArrayList<>();
    assertThatThrownBy(() -> peer.start().close())
        .isInstanceOfSatisfying(ChatException.class, e -> codes.add(e.code()));
    return codes.get(0);
  }
}
