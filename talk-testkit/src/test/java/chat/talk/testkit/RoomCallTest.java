package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatClient.State;
import chat.talk.ChatException.Code;
import chat.talk.Entry;
import chat.talk.room.Command;
import chat.talk.room.Device;
import chat.talk.room.HubClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RoomCallTest extends RoomFixture {
  @Test
  void answerThatComesJustBeforeTheEndIsTaken() {
    HubClient bob = open();
    session().whileAsked =
        call -> {
          call.answer(List.of());
          session().end(Code.UNAUTHENTICATED);
        };
    CompletableFuture<List<Device>> answer = bob.revokeDevice("device");
    executor.run();
    assertThat(answer).isCompleted();
    assertThat(bob.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void commandsGoOutInTheOrderOfTheCallsAndAnswersComeBack() {
    HubClient client = open();
    var first = client.send(draft(1));
    var second = client.chats();
    var third = client.send(draft(3));
    assertThat(session().commands()).containsExactly(send(1), new Command.Chats(), send(3));
    session().asked().get(2).answer(entry(CHAT, 3));
    session().asked().get(1).answer(List.of());
    session().asked().get(0).answer(entry(CHAT, 1));
    executor.run();
    assertThat(first).isCompletedWithValue(entry(CHAT, 1));
    assertThat(second).isCompletedWithValue(List.of());
    assertThat(third).isCompletedWithValue(entry(CHAT, 3));
  }

  @Test
  void futuresCompleteOnTheExecutorOnly() {
    HubClient client = open();
    var sent = client.send(draft(1));
    session().asked().get(0).answer(entry(CHAT, 1));
    assertThat(sent).isNotDone();
    executor.run();
    assertThat(sent).isCompleted();
  }

  @Test
  void whatWasAskedBeforeTheHubAnsweredGoesOutThen() {
    hub.letsIn = false;
    HubClient client = open();
    client.send(draft(1));
    client.send(draft(2));
    hub.last().letIn();
    assertThat(session().commands()).isEqualTo(sends(1, 2));
  }

  @Test
  void unansweredIsAskedAgainInTheOldOrderBeforeWhatIsNewer() {
    HubClient client = open();
    for (int i = 1; i <= 5; i++) {
      client.send(draft(i));
    }
    session().asked().get(1).answer(entry(CHAT, 2));
    session().end(Code.UNREACHABLE);
    client.send(draft(6));
    comeBack();
    client.send(draft(7));
    List<Command<?>> expected = new ArrayList<>(sends(1, 7));
    expected.remove(1);
    assertThat(session().commands()).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNREACHABLE", "CLOSED"})
  void answerThatTheConnectionIsGoneMakesTheClientComeBackAndAskAgain(Code code) {
    HubClient client = open();
    var first = client.send(draft(1));
    client.send(draft(2));
    ScriptedSession before = session();
    before.asked().get(0).fail(code);
    client.send(draft(3));
    advance(LAST_WORDS.minusMillis(1));
    assertThat(before.isClosed).isFalse();
    assertThat(before.commands()).isEqualTo(sends(1, 2));
    advance(Duration.ofMillis(1));
    assertThat(before.isClosed).isTrue();
    comeBack();
    assertThat(session()).isNotSameAs(before);
    assertThat(session().commands()).isEqualTo(sends(1, 3));
    session().asked().get(0).answer(entry(CHAT, 1));
    executor.run();
    assertThat(first).isCompletedWithValue(entry(CHAT, 1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void clientThatAnotherOfItsDevicePutOutStaysOutWhicheverItHearsFirst(boolean answerFirst) {
    HubClient client = open();
    var sent = client.send(draft(1));
    ScriptedSession.Call asked = session().asked().get(0);
    if (answerFirst) {
      asked.fail(Code.UNREACHABLE);
      session().end(Code.CONFLICT);
    } else {
      session().end(Code.CONFLICT);
      asked.fail(Code.UNREACHABLE);
    }
    executor.run();
    assertThat(client.state()).isEqualTo(State.CLOSED);
    assertThat(Await.code(sent)).isEqualTo(Code.CONFLICT);
    assertThat(clock.pending()).isZero();
    assertThat(hub.knocks).hasSize(1);
  }

  @Test
  void sessionThatEndsAfterASuspicionIsFollowedByAnotherAtTheUsualPause() {
    HubClient client = open();
    client.send(draft(1));
    session().asked().get(0).fail(Code.UNREACHABLE);
    session().end(Code.UNREACHABLE);
    assertThat(client.state()).isEqualTo(State.DISCONNECTED);
    comeBack();
    advance(LAST_WORDS);
    assertThat(client.state()).isEqualTo(State.CONNECTED);
    assertThat(session().isClosed).isFalse();
    assertThat(hub.knocks).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"BANNED", "STORAGE", "OVERLOADED", "FORBIDDEN", "INTERNAL", "TIMED_OUT"})
  void otherFailuresGoToTheCaller(Code code) {
    HubClient client = open();
    var sent = client.send(draft(1));
    session().asked().get(0).fail(code);
    executor.run();
    assertThat(Await.code(sent)).isEqualTo(code);
    assertThat(session().isClosed).isFalse();
  }

  @Test
  void silentSessionIsTakenForDeadAndMessagesGoOverTheNext() {
    HubClient client = open();
    ScriptedSession silent = session();
    var sent = client.send(draft(1));
    advance(TIMEOUT.minusMillis(1));
    assertThat(silent.isClosed).isFalse();
    advance(Duration.ofMillis(1));
    assertThat(silent.isClosed).isTrue();
    comeBack();
    assertThat(session().commands()).isEqualTo(sends(1, 1));
    session().asked().get(0).answer(entry(CHAT, 1));
    executor.run();
    assertThat(sent).isCompleted();
  }

  @Test
  void sessionThatAnswersSomeIsDeadOnlyWhenTheOldestWaitsTooLong() {
    HubClient client = open();
    for (int i = 0; i < 10; i++) {
      client.send(draft(i));
      advance(Duration.ofSeconds(20));
      session().asked().get(i).answer(entry(CHAT, i + 1));
    }
    assertThat(hub.knocks).hasSize(1);
    client.send(draft(10));
    advance(TIMEOUT);
    comeBack();
    assertThat(hub.knocks).hasSize(2);
  }

  @Test
  void questionsTimeOutAndMessagesDoNot() {
    hub.letsIn = false;
    HubClient client = open();
    var sent = client.send(draft(1));
    var asked = client.chats();
    advance(TIMEOUT.minusMillis(1));
    assertThat(asked).isNotDone();
    advance(Duration.ofMillis(1));
    assertThat(Await.code(asked)).isEqualTo(Code.TIMED_OUT);
    for (int i = 0; i < 100; i++) {
      advance(Duration.ofMinutes(1));
    }
    assertThat(sent).isNotDone();
    hub.last().letIn();
    assertThat(session().commands()).isEqualTo(sends(1, 1));
  }

  @Test
  void thatSomebodyWritesIsSaidNowOrNever() {
    hub.letsIn = false;
    HubClient client = open();
    var before = client.typing(CHAT, true);
    executor.run();
    assertThat(Await.code(before)).isEqualTo(Code.UNREACHABLE);
    hub.last().letIn();
    var meanwhile = client.typing(CHAT, true);
    assertThat(session().commands()).containsExactly(new Command.Type(CHAT, true));
    client.send(draft(1));
    session().end(Code.UNREACHABLE);
    executor.run();
    assertThat(Await.code(meanwhile)).isEqualTo(Code.UNREACHABLE);
    hub.letsIn = true;
    comeBack();
    assertThat(session().commands()).isEqualTo(sends(1, 1));
  }

  @Test
  void thatSomebodyWritesIsNotSaidOverASessionThatSeemsToHaveEnded() {
    HubClient client = open();
    client.send(draft(1));
    session().asked().get(0).fail(Code.UNREACHABLE);
    var typing = client.typing(CHAT, true);
    executor.run();
    assertThat(Await.code(typing)).isEqualTo(Code.UNREACHABLE);
    assertThat(session().commands()).isEqualTo(sends(1, 1));
  }

  @Test
  void questionThatIsAskedTwiceTimesOutOnce() {
    HubClient client = open();
    var asked = client.chats();
    advance(Duration.ofSeconds(15));
    session().end(Code.UNREACHABLE);
    comeBack();
    assertThat(session().commands()).containsExactly(new Command.Chats());
    advance(Duration.ofSeconds(15));
    assertThat(Await.code(asked)).isEqualTo(Code.TIMED_OUT);
  }

  @Test
  void lateAnswerOfAnEarlierSessionIsNoAnswerToWhatWasAskedAgain() {
    HubClient client = open();
    var sent = client.send(draft(1));
    ScriptedSession before = session();
    before.end(Code.UNREACHABLE);
    comeBack();
    before.asked().get(0).fail(Code.UNREACHABLE);
    assertThat(session().isClosed).isFalse();
    session().asked().get(0).answer(entry(CHAT, 1));
    executor.run();
    assertThat(sent).isCompletedWithValue(entry(CHAT, 1));
  }

  @Test
  void onlyAWindowIsUnansweredOverTheSession() {
    HubClient client = open();
    for (int i = 1; i <= 300; i++) {
      client.send(draft(i));
    }
    assertThat(session().asked()).hasSize(256);
    session().asked().get(100).answer(entry(CHAT, 1));
    assertThat(session().commands()).isEqualTo(sends(1, 257));
  }

  @Test
  void windowIsFilledInOrderAfterABreak() {
    HubClient client = open();
    for (int i = 1; i <= 300; i++) {
      client.send(draft(i));
    }
    session().end(Code.UNREACHABLE);
    comeBack();
    assertThat(session().commands()).isEqualTo(sends(1, 256));
    for (int i = 0; i < 300; i++) {
      session().asked().get(i).answer(entry(CHAT, i + 1));
    }
    assertThat(session().commands()).isEqualTo(sends(1, 300));
  }

  @Test
  void tooMuchIsRefusedAndThereIsRoomAgainAfterAnAnswer() {
    HubClient client = open();
    List<CompletableFuture<Entry>> sent = new ArrayList<>();
    for (int i = 1; i <= 1024; i++) {
      sent.add(client.send(draft(i)));
    }
    assertThat(Await.code(client.send(draft(2000)))).isEqualTo(Code.OVERLOADED);
    session().asked().get(0).answer(entry(CHAT, 1));
    client.send(draft(1025));
    for (int i = 1; i < 1025; i++) {
      session().asked().get(i).answer(entry(CHAT, i + 1));
    }
    executor.run();
    assertThat(sent).allMatch(CompletableFuture::isDone);
    assertThat(session().commands()).isEqualTo(sends(1, 1025));
  }

  @Test
  void callbackMayAskOn() {
    HubClient client = open();
    List<Integer> answered = new ArrayList<>();
    client.send(draft(1)).thenRun(() -> answered.add(1)).thenRun(() -> client.send(draft(2)));
    session().asked().get(0).answer(entry(CHAT, 1));
    executor.run();
    assertThat(answered).containsExactly(1);
    assertThat(session().commands()).isEqualTo(sends(1, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void messagesTakeEffectOnceAndInOrderWhateverBreaks(int seed) {
    Random random = new Random(seed);
    HubClient client = open();
    List<CompletableFuture<Entry>> sent = new ArrayList<>();
    List<Command<?>> effective = new ArrayList<>();
    for (int i = 1; i <= 500; i++) {
      sent.add(client.send(draft(i)));
      if (random.nextInt(4) == 0) {
        answerSome(random, effective);
      }
      if (random.nextInt(10) == 0) {
        session().end(Code.UNREACHABLE);
        comeBack();
      }
    }
    while (effective.size() < 500 || !sent.stream().allMatch(CompletableFuture::isDone)) {
      answerSome(random, effective);
      executor.run();
    }
    assertThat(effective).as("seed " + seed).isEqualTo(sends(1, 500));
  }

  /** As a hub does: takes them in order, each once, and loses some answers. */
  private void answerSome(Random random, List<Command<?>> effective) {
    ScriptedSession session = session();
    int upTo = random.nextInt(session.asked().size() + 1);
    for (ScriptedSession.Call call : session.asked().subList(0, upTo)) {
      if (!effective.contains(call.command)) {
        effective.add(call.command);
      }
      if (random.nextInt(3) > 0) {
        call.answer(entry(CHAT, 1));
      }
    }
  }
}
