package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatClient;
import chat.talk.ChatClient.State;
import chat.talk.ChatException.Code;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Entry;
import chat.talk.Notice;
import chat.talk.room.Command;
import chat.talk.room.HubClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class RoomCloseTest extends RoomFixture {
  @Test
  void idleClientClosesAtOnceAndLeavesNothing() {
    HubClient client = open();
    var stopped = client.stop();
    executor.run();
    assertThat(stopped).isCompleted();
    assertThat(client.state()).isEqualTo(State.CLOSED);
    assertThat(session().isClosed).isTrue();
    assertThat(states()).containsExactly(State.CONNECTED, State.CLOSED);
    assertThat(clock.pending()).isZero();
  }

  @Test
  void whatWasAskedIsAnsweredFirstAndNothingNewIsTaken() {
    HubClient client = open();
    var sent = client.send(draft(1));
    var stopped = client.stop();
    executor.run();
    assertThat(client.state()).isEqualTo(State.CONNECTED);
    var late = client.send(draft(2));
    executor.run();
    assertThat(Await.code(late)).isEqualTo(Code.CLOSED);
    session().asked().get(0).answer(entry(CHAT, 1));
    executor.run();
    assertThat(sent).isCompletedWithValue(entry(CHAT, 1));
    assertThat(stopped).isCompleted();
    assertThat(session().commands()).isEqualTo(sends(1, 1));
    assertThat(clock.pending()).isZero();
  }

  @Test
  void whatIsNotAnsweredWithinTheGraceFails() {
    HubClient client = open();
    var sent = client.send(draft(1));
    var stopped = client.stop();
    advance(GRACE.minusMillis(1));
    assertThat(stopped).isNotDone();
    advance(Duration.ofMillis(1));
    assertThat(Await.code(sent)).isEqualTo(Code.CLOSED);
    assertThat(stopped).isCompleted();
    assertThat(session().isClosed).isTrue();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void clientThatIsAwayComesBackToAskWithinTheGrace() {
    HubClient client = open();
    session().end(Code.UNREACHABLE);
    var sent = client.send(draft(1));
    var stopped = client.stop();
    comeBack();
    session().asked().get(0).answer(entry(CHAT, 1));
    executor.run();
    assertThat(sent).isCompleted();
    assertThat(stopped).isCompleted();
  }

  @Test
  void clientThatIsAwayAndHasAskedNothingClosesAtOnce() {
    HubClient client = open();
    session().end(Code.UNREACHABLE);
    var stopped = client.stop();
    executor.run();
    assertThat(stopped).isCompleted();
    assertThat(clock.pending()).isZero();
    assertThat(states()).containsExactly(State.CONNECTED, State.DISCONNECTED, State.CLOSED);
  }

  @Test
  void sessionThatComesAfterTheEndIsClosed() {
    hub.letsIn = false;
    HubClient client = open();
    var stopped = client.stop();
    executor.run();
    assertThat(stopped).isCompleted();
    assertThat(Await.code(client.connected())).isEqualTo(Code.CLOSED);
    hub.last().letIn();
    assertThat(session().isClosed).isTrue();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void whatHasArrivedIsHeardAndAcknowledgedBeforeTheEnd() {
    HubClient client = open();
    session().takesAcknowledgements = false;
    session().feed(chunk(CHAT, 0, 1));
    executor.run();
    session().feed(chunk(CHAT, 1, 3));
    var stopped = client.stop();
    executor.run();
    assertThat(recorder.texts()).isEqualTo(texts(1, 3));
    session().acknowledgements().get(0).answer(null);
    assertThat(session().acknowledgements().get(1).command)
        .isEqualTo(new Command.Acknowledge(Map.of(CHAT, place(3)), true));
    assertThat(session().isClosed).isFalse();
    session().acknowledgements().get(1).answer(null);
    executor.run();
    assertThat(session().isClosed).isTrue();
    assertThat(stopped).isCompleted();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void hubThatDoesNotTakeTheLastAcknowledgementDelaysTheEndByTheGraceOnly() {
    HubClient client = open();
    session().takesAcknowledgements = false;
    session().feed(chunk(CHAT, 0, 1));
    executor.run();
    var stopped = client.stop();
    advance(GRACE);
    assertThat(stopped).isCompleted();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void streamWithoutAnEndDoesNotKeepTheClientOpen() {
    List<Integer> heard = new ArrayList<>();
    HubClient client =
        bob((me, message) -> {
              heard.add(1);
              session().feed(chunk(CHAT, heard.size(), heard.size() + 1));
            })
            .open();
    session().feed(chunk(CHAT, 0, 1));
    var stopped = client.stop();
    executor.run();
    assertThat(stopped).isCompleted();
    assertThat(heard).hasSizeLessThan(5_000);
  }

  @Test
  void nothingIsHeardAfterTheEnd() {
    HubClient client = open();
    client.stop();
    executor.run();
    session().feed(chunk(CHAT, 0, 1));
    session().end(Code.CLOSED);
    executor.run();
    assertThat(recorder.texts()).isEmpty();
    assertThat(recorder.notices()).endsWith(new Notice.StateChanged(State.CLOSED));
    recorder.assertWellBehaved();
  }

  @Test
  void listenerThatClosesHearsOnlyOfTheEnd() {
    ChatMessageListener closing =
        new ChatMessageListener() {
          @Override
          public void onMessage(ChatClient me, ChatMessage message) {
            recorder.onMessage(me, message);
            me.close();
          }

          @Override
          public void onNotice(ChatClient me, Notice notice) {
            recorder.onNotice(me, notice);
          }
        };
    HubClient client = bob(closing).open();
    session().feed(chunk(CHAT, 0, 3));
    session().feed(new Notice.Typing(CHAT, ALICE, true), chunk(CHAT, 3, 5));
    executor.run();
    assertThat(recorder.texts()).containsExactly("text 1");
    assertThat(recorder.notices()).hasSize(2);
    assertThat(client.state()).isEqualTo(State.CLOSED);
    assertThat(states()).endsWith(State.CLOSED);
    assertThat(session().acknowledgements().get(0).command)
        .isEqualTo(new Command.Acknowledge(Map.of(CHAT, place(1)), true));
    assertThat(clock.pending()).isZero();
  }

  @Test
  void stoppingTwiceCompletesBoth() {
    HubClient client = open();
    var first = client.stop();
    var second = client.stop();
    executor.run();
    var third = client.stop();
    executor.run();
    assertThat(List.of(first, second, third)).allMatch(CompletableFuture::isDone);
    assertThat(states()).containsExactly(State.CONNECTED, State.CLOSED);
  }

  @Test
  void clientThatWasRefusedCanBeClosed() {
    hub.letsIn = false;
    HubClient client = open();
    hub.last().refuse(Code.NAME_TAKEN);
    executor.run();
    client.close();
    var stopped = client.stop();
    executor.run();
    assertThat(stopped).isCompleted();
    assertThat(states()).containsExactly(State.CLOSED);
    assertThat(clock.pending()).isZero();
  }

  @Test
  void executorThatRunsNothingDelaysTheEndByTheGraceOnly() {
    HubClient client = open();
    session().feed(chunk(CHAT, 0, 1));
    var stopped = client.stop();
    clock.advance(GRACE);
    clock.advance(GRACE);
    assertThat(client.state()).isEqualTo(State.CLOSED);
    assertThat(session().isClosed).isTrue();
    executor.run();
    assertThat(stopped).isCompleted();
    assertThat(recorder.texts()).isEmpty();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void executorThatTakesNothingAnyMoreKeepsNobodyWaiting() {
    HubClient client =
        bob()
            .executor(
                task -> {
                  throw new RejectedExecutionException("shut down");
                })
            .open();
    var sent = client.send(draft(1));
    session().asked().get(0).answer(entry(CHAT, 1));
    assertThat(sent).isCompleted();
    var stopped = client.stop();
    clock.advance(GRACE.plusSeconds(1));
    assertThat(stopped).isCompleted();
  }

  @Test
  void closingReturnsWithinTheGraceThoughNobodyAnswersOrRunsAnything() {
    HubClient client = bob().closeWithin(Duration.ofMillis(10)).open();
    CompletableFuture<Entry> sent = client.send(draft(1));
    client.close();
    assertThat(client.state()).isEqualTo(State.CLOSED);
    client.close();
    executor.run();
    assertThat(Await.code(sent)).isEqualTo(Code.CLOSED);
    assertThat(session().isClosed).isTrue();
    assertThat(clock.pending()).isZero();
  }
}
