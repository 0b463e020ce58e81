package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.room.Chunk;
import chat.talk.room.Command;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RoomAcknowledgeTest extends RoomFixture {
  @Test
  void loneMessageIsAcknowledgedAtOnceAfterItWasHeard() {
    open();
    session().feed(chunk(CHAT, 0, 2));
    assertThat(session().acknowledgements()).isEmpty();
    executor.run();
    assertAcknowledged(0, Map.of(CHAT, place(2)), true);
  }

  @Test
  void applicationThatReadsByItselfAcknowledgesWithoutReading() {
    bob().readsByItself().open();
    session().feed(chunk(CHAT, 0, 2));
    executor.run();
    assertAcknowledged(0, Map.of(CHAT, place(2)), false);
  }

  @Test
  void whatFollowsQuicklyIsAcknowledgedTogetherAndOnlyWhatChanged() {
    open();
    hear(chunkAfter(CHAT, 0));
    hear(chunkAfter(CHAT, 1));
    hear(chunkAfter(OTHER, 0));
    hear(chunkAfter(CHAT, 2));
    assertThat(session().acknowledgements()).hasSize(1);
    advance(Duration.ofMillis(199));
    assertThat(session().acknowledgements()).hasSize(1);
    advance(Duration.ofMillis(1));
    assertAcknowledged(1, Map.of(CHAT, place(3), OTHER, place(1)), true);
    hear(chunkAfter(OTHER, 1));
    advance(Duration.ofMillis(200));
    assertAcknowledged(2, Map.of(OTHER, place(2)), true);
  }

  @Test
  void busyClientAcknowledgesAFewTimesASecond() {
    open();
    for (int i = 0; i < 1000; i++) {
      hear(chunkAfter(CHAT, i));
      advance(Duration.ofMillis(1));
    }
    advance(Duration.ofSeconds(1));
    assertThat(session().acknowledgements()).hasSizeBetween(5, 7);
    assertAcknowledged(session().acknowledgements().size() - 1, Map.of(CHAT, place(1000)), true);
  }

  @Test
  void afterAPauseItIsAtOnceAgain() {
    open();
    hear(chunkAfter(CHAT, 0));
    advance(Duration.ofSeconds(1));
    hear(chunkAfter(CHAT, 1));
    assertAcknowledged(1, Map.of(CHAT, place(2)), true);
  }

  @Test
  void onlyOneIsUnanswered() {
    open();
    session().takesAcknowledgements = false;
    hear(chunkAfter(CHAT, 0));
    hear(chunkAfter(CHAT, 1));
    advance(Duration.ofSeconds(5));
    assertThat(session().acknowledgements()).hasSize(1);
    session().acknowledgements().get(0).answer(null);
    advance(Duration.ZERO);
    assertAcknowledged(1, Map.of(CHAT, place(2)), true);
  }

  @Test
  void whatTheHubDidNotTakeIsToldWithTheNextNews() {
    open();
    session().takesAcknowledgements = false;
    hear(chunkAfter(CHAT, 0));
    session().acknowledgements().get(0).fail(Code.STORAGE);
    advance(Duration.ofSeconds(5));
    assertThat(session().acknowledgements()).hasSize(1);
    hear(chunkAfter(OTHER, 0));
    assertAcknowledged(1, Map.of(CHAT, place(1), OTHER, place(1)), true);
    assertThat(hub.knocks).hasSize(1);
  }

  @Test
  void whatABreakLeftUnansweredIsToldTheNextSession() {
    open();
    session().takesAcknowledgements = false;
    hear(chunkAfter(CHAT, 0));
    hear(chunkAfter(CHAT, 1));
    session().end(Code.UNREACHABLE);
    comeBack();
    advance(Duration.ofSeconds(1));
    assertAcknowledged(0, Map.of(CHAT, place(2)), true);
  }

  @Test
  void whatIsHeardAfterABreakIsToldTheNextSession() {
    open();
    session().feed(chunk(CHAT, 0, 1));
    session().end(Code.UNREACHABLE);
    executor.run();
    assertThat(session().acknowledgements()).isEmpty();
    comeBack();
    assertAcknowledged(0, Map.of(CHAT, place(1)), true);
  }

  @Test
  void sessionThatAnswersNoAcknowledgementIsGivenUp() {
    open();
    ScriptedSession first = session();
    first.takesAcknowledgements = false;
    hear(chunkAfter(CHAT, 0));
    advance(Duration.ofSeconds(30).minusMillis(1));
    assertThat(first.isClosed).isFalse();
    advance(Duration.ofMillis(1));
    assertThat(first.isClosed).isTrue();
    comeBack();
    advance(Duration.ofSeconds(1));
    assertAcknowledged(0, Map.of(CHAT, place(1)), true);
  }

  @Test
  void acknowledgementsTakeNoRoomFromQuestions() {
    var client = open();
    session().takesAcknowledgements = false;
    for (int i = 1; i <= 256; i++) {
      client.send(draft(i));
    }
    hear(chunkAfter(CHAT, 0));
    assertThat(session().acknowledgements()).hasSize(1);
    assertThat(session().asked()).hasSize(256);
  }

  private void hear(Chunk chunk) {
    session().feed(chunk);
    executor.run();
  }

  private static Chunk chunkAfter(ChatId chat, int after) {
    return chunk(chat, after, after + 1);
  }

  private void assertAcknowledged(int index, Map<ChatId, Cursor> places, boolean read) {
    assertThat(session().acknowledgements()).hasSize(index + 1);
    assertThat(session().acknowledgements().get(index).command)
        .isEqualTo(new Command.Acknowledge(places, read));
  }
}
