package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatClient;
import chat.talk.ChatClient.State;
import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Claim;
import chat.talk.Notice;
import chat.talk.UserAddress;
import chat.talk.testkit.TrickyTransport.Way;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Users who are not where they were, and names that are not whose they were. */
final class PeerMovesTest extends PeerFixture {
  private static final Duration REFRESH = Duration.ofMinutes(2);
  private static final Claim CLAIM = Claim.of("alices-secret");

  private final SettableClock clock = new SettableClock();
  private final Recorder heard = new Recorder();

  private ChatClient startAlice() {
    return start(peer(ALICE).claim(CLAIM).scheduler(clock).listener(heard));
  }

  @AfterEach
  void recorderIsPleased() {
    heard.assertWellBehaved();
  }

  @ParameterizedTest
  @EnumSource(
      value = Code.class,
      names = {"TIMED_OUT", "BAD_ANSWER"})
  void userWhoseOldAddressAnswersBadlyIsFoundAtTheNextSend(Code code) {
    UserAddress old = listBobAtABadPlace(code);
    ChatClient alice = startAlice();
    assertThat(Await.code(alice.send(BOB, "one"))).isEqualTo(code);
    Mailbox after = listBob();
    assertThat(addressOf(BOB)).isNotEqualTo(old);
    Await.result(alice.send(BOB, "two"));
    assertThat(after.texts()).containsExactly("two");
  }

  @ParameterizedTest
  @EnumSource(
      value = Code.class,
      names = {"TIMED_OUT", "BAD_ANSWER"})
  void badAddressIsNotTrustedAgainAfterAPause(Code code) {
    listBobAtABadPlace(code);
    ChatClient alice = startAlice();
    assertThat(Await.code(alice.send(BOB, "one"))).isEqualTo(code);
    Mailbox after = listBob();
    clock.advance(REFRESH.minusSeconds(1));
    Await.result(alice.send(BOB, "two"));
    assertThat(after.texts()).containsExactly("two");
  }

  private UserAddress listBobAtABadPlace(Code code) {
    UserAddress old = open(new Mailbox());
    list(old);
    ChatException failure = new ChatException(code, "rubbish, or nothing");
    transport.connecting =
        address ->
            address.equals(old)
                ? new Way(envelope -> CompletableFuture.failedFuture(failure))
                : transport.real.connect(address);
    return old;
  }

  @Test
  void nameThatSomebodyElseHasTakenMeansDisconnected() {
    ChatClient alice = startAlice();
    UserAddress own = addressOf(ALICE);
    Claim others = Claim.random();
    Await.result(registry.remove(ALICE, CLAIM));
    Await.result(registry.register(ALICE, open(new Mailbox()), others));
    clock.advance(REFRESH);
    assertThat(heard.awaitState(State.DISCONNECTED).why()).isEqualTo(Code.FORBIDDEN);
    assertThat(alice.state()).isEqualTo(State.DISCONNECTED);
    Await.result(registry.remove(ALICE, others));
    clock.advance(REFRESH);
    heard.awaitNotice(new Notice.StateChanged(State.CONNECTED));
    assertThat(addressOf(ALICE)).isEqualTo(own);
  }

  @Test
  void nameThatWasMovedWithTheSameClaimMovesBack() {
    ChatClient alice = startAlice();
    UserAddress own = addressOf(ALICE);
    Await.result(registry.update(ALICE, open(new Mailbox()), CLAIM));
    clock.advance(REFRESH);
    assertThat(addressOf(ALICE)).isEqualTo(own);
    assertThat(alice.state()).isEqualTo(State.CONNECTED);
    assertThat(heard.notices()).isEmpty();
  }

  @Test
  void closingDuringAPauseLeavesNothingToDo() {
    UserAddress bobs = open(new Mailbox());
    list(bobs);
    ChatException failure = new ChatException(Code.UNREACHABLE, "nobody there");
    transport.connecting = a -> new Way(envelope -> CompletableFuture.failedFuture(failure));
    ChatClient alice = start(peer(ALICE).scheduler(clock).closeWithin(Duration.ofMillis(200)));
    CompletableFuture<?> sent = alice.send(BOB, "one");
    Await.until("a pause and a refresh to come", () -> clock.pending() == 2);
    alice.close();
    assertThat(Await.code(sent)).isEqualTo(Code.CLOSED);
    assertThat(clock.pending()).isZero();
  }
}
