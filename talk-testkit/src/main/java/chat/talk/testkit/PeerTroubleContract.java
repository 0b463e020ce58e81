package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatClient;
import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Claim;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.Peer;
import chat.talk.Storage;
import chat.talk.Transport;
import chat.talk.UserAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The part of {@link TransportContract} in which others are slow, absent or not who they were. */
abstract class PeerTroubleContract extends PeerDeliveryContract {
  private static final int MANY = 400;

  @Test
  void stuckListenerDelaysNobody() {
    Recorder bobs = recorder();
    StuckListener stuck = stuck(bobs);
    start(peer(BOB).listener(stuck));
    Recorder carols = recorder();
    start(peer(CAROL).listener(carols));
    ChatClient alice = start(ALICE);
    List<String> texts = numbered("text", 50);
    sendAll(alice, BOB, texts).forEach(Await::result);
    stuck.awaitStuck();
    Await.result(alice.send(CAROL, "meanwhile"));
    carols.awaitTexts("meanwhile");
    assertThat(bobs.texts()).isEmpty();
    stuck.release();
    bobs.awaitTexts(texts.toArray(String[]::new));
  }

  @Test
  void fullBacklogIsRefusedUntilThereIsRoom() {
    Recorder bobs = recorder();
    StuckListener stuck = stuck(bobs);
    ChatClient bob = start(peer(BOB).listener(stuck).maxBacklog(20_000));
    ChatClient alice = start(ALICE);
    List<String> stored = new ArrayList<>();
    Draft draft = sendUntilOverloaded(alice, stored);
    assertThat(Await.code(alice.send(draft))).isEqualTo(Code.OVERLOADED);
    stuck.release();
    Await.until("room for one more", () -> Await.code(alice.send(draft)) == null);
    stored.add(draft.text());
    bobs.awaitTexts(stored.toArray(String[]::new));
    bob.close();
    bobs.assertNothingLeft();
  }

  private static Draft sendUntilOverloaded(ChatClient alice, List<String> stored) {
    for (String text : numbered("x".repeat(1000), 50)) {
      Draft draft = Draft.of(BOB, text);
      Code code = Await.code(alice.send(draft));
      if (code != null) {
        assertThat(code).isEqualTo(Code.OVERLOADED);
        return draft;
      }
      stored.add(text);
    }
    throw new AssertionError("50,000 characters went into a backlog of 20,000");
  }

  @Test
  void unknownUserIsToldAtOnce() {
    assertThat(Await.code(start(ALICE).send("nobody", "hello?"))).isEqualTo(Code.UNKNOWN_USER);
  }

  @Test
  void userWhereNobodyListensIsUnreachable() {
    ChatClient alice = start(ALICE);
    list(BOB, deserted());
    assertThat(Await.code(alice.send(BOB, "hello?"))).isEqualTo(Code.UNREACHABLE);
  }

  @Test
  void protocolThatNoTransportSpeaksIsToldApart() {
    list(BOB, new UserAddress("CARRIER-PIGEON", HOST, 1));
    assertThat(Await.code(start(ALICE).send(BOB, "coo"))).isEqualTo(Code.NO_TRANSPORT);
  }

  @Test
  void failedDraftMayBeSentAgain() {
    ChatClient alice = start(ALICE);
    Draft draft = Draft.of(BOB, "at last");
    assertThat(Await.code(alice.send(draft))).isEqualTo(Code.UNKNOWN_USER);
    Recorder heard = recorder();
    ChatClient bob = start(peer(BOB).listener(heard));
    Await.result(alice.send(draft));
    heard.awaitTexts("at last");
    assertThat(texts(alice)).containsExactly("at last");
    bob.close();
    heard.assertNothingLeft();
  }

  @ParameterizedTest
  @EnumSource(
      value = Code.class,
      names = {"FORBIDDEN", "TOO_LARGE", "REFUSED", "OVERLOADED", "STORAGE"})
  void refusalReachesTheClient(Code code) {
    ChatException refusal = new ChatException(code, "not today");
    Mailbox unwilling = new Mailbox(envelope -> CompletableFuture.failedFuture(refusal));
    list(BOB, open(unwilling).address());
    ChatException failure = Await.failure(start(ALICE).send(BOB, "please"));
    assertThat(failure).isNotNull().hasMessage("not today");
    assertThat(failure.code()).isEqualTo(code);
    assertThat(unwilling.texts()).contains("please");
  }

  @Test
  void refusedMessageIsNotInTheSendersLog() {
    ChatException refusal = new ChatException(Code.FORBIDDEN, "not today");
    list(BOB, open(new Mailbox(e -> CompletableFuture.failedFuture(refusal))).address());
    ChatClient alice = start(ALICE);
    assertThat(Await.code(alice.send(BOB, "please"))).isEqualTo(Code.FORBIDDEN);
    assertThat(texts(alice)).isEmpty();
  }

  /** What a peer answers that is about to go says nothing about the one who comes after him. */
  @Test
  void messageToAPeerWhoIsClosingGoesToHimWhoComesAfter() {
    Mailbox after = new Mailbox();
    UserAddress next = open(after).address();
    Mailbox closing =
        new Mailbox(
            envelope -> {
              list(BOB, next);
              return CompletableFuture.failedFuture(new ChatException(Code.CLOSED, "about to go"));
            });
    list(BOB, open(closing).address());
    Await.result(start(ALICE).send(BOB, "hello"));
    assertThat(after.texts()).containsExactly("hello");
  }

  @Test
  void peerWhoIsClosingAndDoesNotComeBackIsUnreachable() {
    Mailbox closing =
        new Mailbox(
            envelope ->
                CompletableFuture.failedFuture(new ChatException(Code.CLOSED, "about to go")));
    list(BOB, open(closing).address());
    assertThat(Await.code(start(ALICE).send(BOB, "hello"))).isEqualTo(Code.UNREACHABLE);
  }

  @Test
  void whatIsSentAfterAListGoesWhereTheListSays() {
    Mailbox before = new Mailbox();
    Mailbox after = new Mailbox();
    list(BOB, open(before).address());
    Peer alice = startPeer(peer(ALICE));
    Await.result(alice.send(BOB, "before"));
    UserAddress next = open(after).address();
    list(BOB, next);
    assertThat(Await.result(alice.users())).containsEntry(BOB, next);
    Await.result(alice.send(BOB, "after"));
    assertThat(before.texts()).containsExactly("before");
    assertThat(after.texts()).containsExactly("after");
  }

  @Test
  void peerThatMovedIsFound() {
    Mailbox before = new Mailbox();
    Transport.Endpoint first = open(before);
    list(BOB, first.address());
    ChatClient alice = start(ALICE);
    Await.result(alice.send(BOB, "before"));
    first.close();
    Draft draft = Draft.of(BOB, "gone");
    assertThat(Await.code(alice.send(draft))).isIn(Code.UNREACHABLE, Code.TIMED_OUT);
    Mailbox after = new Mailbox();
    list(BOB, open(after).address());
    Await.result(alice.send(draft));
    assertThat(before.texts()).containsExactly("before");
    assertThat(after.texts()).containsExactly("gone");
  }

  @Test
  void peerThatCameBackElsewhereGetsWhatIsSentThen() {
    Recorder first = recorder();
    ChatClient before = start(peer(BOB).listener(first));
    ChatClient alice = start(ALICE);
    Await.result(alice.send(BOB, "before"));
    int port = addressOf(BOB).port();
    before.close();
    assertThat(Await.code(alice.send(BOB, "nobody here"))).isEqualTo(Code.UNKNOWN_USER);
    open(port, new Mailbox());
    Recorder second = recorder();
    ChatClient after = start(peer(BOB).listener(second));
    Await.result(alice.send(BOB, "after"));
    after.close();
    first.awaitTexts("before");
    first.assertNothingLeft();
    second.awaitTexts("after");
    second.assertNothingLeft();
  }

  @Test
  void peerThatVanishesAmidSendsLosesAndDoublesNothing() {
    Storage bobs = Storage.inMemory();
    Recorder heard = recorder();
    ChatClient before = start(peer(BOB).listener(heard).storage(bobs));
    ChatClient alice = start(ALICE);
    List<Draft> drafts = numbered("text", MANY).stream().map(t -> Draft.of(BOB, t)).toList();
    List<CompletableFuture<Entry>> sent = drafts.stream().map(alice::send).toList();
    Await.until("some to arrive", () -> heard.messages().size() >= MANY / 10);
    before.close();
    sent.forEach(Await::failure);
    ChatClient after = start(peer(BOB).listener(heard).storage(bobs));
    drafts.forEach(draft -> Await.result(alice.send(draft)));
    after.close();
    assertThat(heard.texts()).containsExactlyInAnyOrderElementsOf(numbered("text", MANY));
    assertThat(new HashSet<>(texts(alice))).hasSize(MANY);
  }

  @Test
  void messageIsNotGivenToWhoeverTookOverTheAddress() {
    Recorder bobs = recorder();
    Recorder carols = recorder();
    ChatClient alice = start(ALICE);
    ChatClient before = start(peer(BOB).listener(bobs));
    Await.result(alice.send(BOB, "one"));
    int port = addressOf(BOB).port();
    before.close();
    ChatClient carol = start(peer(CAROL).listener(carols).listenOn(HOST, port));
    ChatClient after = start(peer(BOB).listener(bobs));
    Await.result(alice.send(BOB, "two"));
    bobs.awaitTexts("one", "two");
    after.close();
    assertThat(Await.code(alice.send(BOB, "three"))).isEqualTo(Code.UNKNOWN_USER);
    carol.close();
    assertThat(carols.entries()).isEmpty();
    bobs.assertNothingLeft();
  }

  @Test
  void messageToAnAddressOfSomebodyElseIsMisdirected() {
    Recorder carols = recorder();
    ChatClient carol = start(peer(CAROL).listener(carols));
    Await.result(registry.register(BOB, addressOf(CAROL), Claim.NONE));
    assertThat(Await.code(start(ALICE).send(BOB, "for Bob"))).isEqualTo(Code.MISDIRECTED);
    carol.close();
    assertThat(carols.entries()).isEmpty();
  }
}
