package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatClient;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.Notice;
import chat.talk.Registry;
import chat.talk.Transport;
import chat.talk.UserName;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RecorderTest {
  private static final UserName ALICE = UserName.of("alice");
  private static final UserName BOB = UserName.of("bob");
  private static final ChatId CHAT = ChatId.direct(ALICE, BOB);
  private static final Notice CLOSED = new Notice.StateChanged(ChatClient.State.CLOSED);
  private static final Notice LOST = new Notice.Lost(CHAT, Cursor.START);

  private final Recorder recorder = new Recorder(Duration.ofMillis(50));
  private final ChatClient bob =
      ChatClient.peer("bob").registry(Registry.inMemory()).transport(Transport.loopback()).start();

  @AfterEach
  void close() {
    bob.close();
  }

  @Test
  void everythingIsRecorded() {
    hear(1, "one");
    recorder.onEntry(bob, entry(2, BOB, "own"));
    recorder.onNotice(bob, LOST);
    assertThat(recorder.entries()).containsExactly(entry(1, ALICE, "one"), entry(2, BOB, "own"));
    assertThat(recorder.messages()).containsExactly(message(1, ALICE, "one"));
    assertThat(recorder.texts()).containsExactly("one");
    assertThat(recorder.notices()).containsExactly(LOST);
  }

  @Test
  void messagesAreTakenInTheirOrder() {
    for (int i = 1; i <= 6; i++) {
      hear(i, "text " + i);
    }
    assertThat(recorder.nextMessage().text()).isEqualTo("text 1");
    assertThat(recorder.awaitMessages(2))
        .extracting(ChatMessage::text)
        .containsExactly("text 2", "text 3");
    recorder.awaitTexts("text 4", "text 5");
    assertFails(recorder::assertNothingLeft, "from message 5 on", "text 6");
    recorder.nextMessage();
    recorder.assertNothingLeft();
  }

  @Test
  void waitEndsWhenTheMessageComes() {
    Recorder patient = new Recorder();
    CompletableFuture<ChatMessage> next = Background.supply(patient::nextMessage);
    patient.onEntry(bob, entry(1, ALICE, "at last"));
    assertThat(Await.result(next).text()).isEqualTo("at last");
  }

  @Test
  void waitThatFailsShowsWhatHasCome() {
    hear(1, "one");
    hear(2, "x".repeat(1000));
    recorder.onNotice(bob, LOST);
    assertFails(
        () -> recorder.awaitMessages(3),
        "waited PT0.05S for 3 more messages",
        "2 messages came: [alice: one, alice: xxx",
        "x…]",
        "1 notices came: [Lost");
  }

  @Test
  void longRecordIsShownByItsEnd() {
    for (int i = 1; i <= 30; i++) {
      hear(i, "text " + i);
    }
    assertFails(() -> recorder.awaitMessages(31), "30 messages came: […, alice: text 11,");
  }

  @Test
  void wrongTextsAreShown() {
    hear(1, "one");
    hear(2, "two");
    assertFails(() -> recorder.awaitTexts("two", "one"), "[two, one] but came [one, two]");
  }

  @Test
  void noticesAreTakenInTheirOrder() {
    Notice disconnected = new Notice.StateChanged(ChatClient.State.DISCONNECTED);
    recorder.onNotice(bob, disconnected);
    recorder.onNotice(bob, LOST);
    recorder.onNotice(bob, CLOSED);
    assertThat(recorder.awaitNotice(Notice.Lost.class)).isEqualTo(LOST);
    assertFails(() -> recorder.awaitNotice(disconnected), "DISCONNECTED", "3 notices came");
    recorder.awaitNotice(CLOSED);
  }

  @Test
  void changeOfTheStateIsTakenWhateverItsReason() {
    Notice.StateChanged away =
        new Notice.StateChanged(ChatClient.State.DISCONNECTED, Code.FORBIDDEN, "closed");
    recorder.onNotice(bob, CLOSED);
    recorder.onNotice(bob, away);
    assertThat(recorder.awaitState(ChatClient.State.DISCONNECTED)).isEqualTo(away);
    assertFails(() -> recorder.awaitState(ChatClient.State.CLOSED), "CLOSED", "2 notices came");
  }

  @Test
  void callAfterAnEndWithAReasonIsAViolation() {
    recorder.onNotice(
        bob, new Notice.StateChanged(ChatClient.State.CLOSED, Code.CONFLICT, "replaced"));
    recorder.onNotice(bob, LOST);
    assertFails(recorder::assertWellBehaved, "closed");
  }

  @Test
  void lossThatNobodyTookIsLeft() {
    recorder.onNotice(bob, new Notice.StateChanged(ChatClient.State.DISCONNECTED));
    recorder.assertNothingLeft();
    recorder.onNotice(bob, LOST);
    assertFails(recorder::assertNothingLeft, "Lost");
    recorder.awaitNotice(LOST);
    recorder.assertNothingLeft();
  }

  @Test
  void callsOneByOneAreFine() {
    hear(1, "one");
    hear(2, "two");
    recorder.onNotice(bob, CLOSED);
    assertThatCode(recorder::assertWellBehaved).doesNotThrowAnyException();
  }

  @Test
  void callsAtTheSameTimeAreSeen() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Void> first =
        Background.run(() -> recorder.onEntry(slow(inside, goOn), entry(1, ALICE, "slow")));
    Await.latch("the first call", inside);
    hear(2, "fast");
    goOn.countDown();
    Await.result(first);
    assertFails(recorder::assertWellBehaved, "during one on");
  }

  /** A client that lets an entry's call wait, where the listener asks for the name. */
  private ChatClient slow(CountDownLatch inside, CountDownLatch goOn) {
    return new NamedClient(
        () -> {
          inside.countDown();
          Await.latch("leave to go on", goOn);
          return BOB;
        });
  }

  @Test
  void entryThatComesTwiceIsSeen() {
    hear(1, "one");
    hear(2, "two");
    hear(2, "two");
    assertFails(recorder::assertWellBehaved, "came");
  }

  @Test
  void entriesOutOfOrderAreSeen() {
    hear(2, "two");
    hear(1, "one");
    assertFails(recorder::assertWellBehaved, "came");
  }

  @Test
  void callAfterTheEndIsSeen() {
    recorder.onNotice(bob, CLOSED);
    hear(1, "late");
    assertFails(recorder::assertWellBehaved, "after the notice that bob is closed");
  }

  private void hear(int place, String text) {
    recorder.onEntry(bob, entry(place, ALICE, text));
  }

  private static Entry entry(int place, UserName author, String text) {
    return new Entry(new Cursor(7, place), message(place, author, text));
  }

  private static ChatMessage message(int place, UserName author, String text) {
    return new ChatMessage(CHAT, MessageId.of("id-" + place), author, text, Instant.EPOCH);
  }

  private static void assertFails(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call).isInstanceOf(AssertionError.class).hasMessageContainingAll(parts);
  }
}
