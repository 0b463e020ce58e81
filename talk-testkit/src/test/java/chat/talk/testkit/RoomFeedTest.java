package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatClient;
import chat.talk.ChatClient.State;
import chat.talk.ChatException.Code;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Notice;
import chat.talk.room.Chunk;
import chat.talk.room.Feed;
import chat.talk.room.HubClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RoomFeedTest extends RoomFixture {
  @AfterEach
  void listenerWasCalledProperly() {
    recorder.assertWellBehaved();
  }

  @Test
  void listenerGetsWhatIsFedInOrder() {
    open();
    session().feed(chunk(CHAT, 0, 3), chunk(OTHER, 0, 1));
    session().feed(chunk(CHAT, 3, 5));
    executor.run();
    assertThat(recorder.texts())
        .containsExactly("text 1", "text 2", "text 3", "text 1", "text 4", "text 5");
  }

  @Test
  void noticesComeBeforeEntriesAndTheStateBeforeBoth() {
    List<Object> heard = new ArrayList<>();
    bob(listing(heard)).open();
    Notice typing = new Notice.Typing(CHAT, ALICE, true);
    session().feed(typing, chunk(CHAT, 0, 1));
    executor.run();
    assertThat(heard)
        .containsExactly(new Notice.StateChanged(State.CONNECTED), typing, entry(CHAT, 1));
  }

  private static ChatMessageListener listing(List<Object> heard) {
    return new ChatMessageListener() {
      @Override
      public void onMessage(ChatClient me, ChatMessage message) {}

      @Override
      public void onEntry(ChatClient me, Entry entry) {
        heard.add(entry);
      }

      @Override
      public void onNotice(ChatClient me, Notice notice) {
        heard.add(notice);
      }
    };
  }

  @Test
  void hubsThreadNeverRunsTheListener() {
    open();
    session().feed(chunk(CHAT, 0, 1));
    assertThat(recorder.texts()).isEmpty();
    assertThat(executor.size()).isEqualTo(1);
  }

  @Test
  void feedsArePolledUntilThereIsNothing() {
    open();
    int before = session().polls.get();
    session().feed(chunk(CHAT, 0, 1));
    session().feed(chunk(CHAT, 1, 2));
    executor.run();
    assertThat(session().polls).hasValue(before + 3);
    executor.run();
    assertThat(session().polls).hasValue(before + 3);
  }

  @Test
  void whatComesAgainIsPassedOver() {
    open();
    session().feed(chunk(CHAT, 0, 3));
    session().feed(chunk(CHAT, 0, 3));
    session().feed(chunk(CHAT, 1, 2));
    session().feed(chunk(CHAT, 1, 5));
    executor.run();
    assertThat(recorder.texts()).isEqualTo(texts(1, 5));
    assertThat(hub.knocks).hasSize(1);
  }

  @Test
  void holeMakesTheClientComeBackWithItsOwnPlaces() {
    open();
    session().feed(chunk(CHAT, 0, 2), chunk(OTHER, 0, 7));
    session().feed(chunk(CHAT, 3, 4));
    executor.run();
    assertThat(session().isClosed).isTrue();
    comeBack();
    assertThat(hub.last().resume).isEqualTo(Map.of(CHAT, place(2), OTHER, place(7)));
    session().feed(chunk(CHAT, 2, 4));
    executor.run();
    assertThat(recorder.texts()).endsWith("text 3", "text 4");
  }

  @Test
  void placeBehindPassedOverEntriesIsWhereTheNextChunkBegins() {
    open();
    session().feed(chunk(CHAT, 0, 1, 9));
    session().feed(chunk(CHAT, 9, 10));
    executor.run();
    assertThat(recorder.texts()).containsExactly("text 1", "text 10");
    assertThat(hub.knocks).hasSize(1);
  }

  @Test
  void chunkOfAnotherLifeOfTheLogIsAHoleUnlessItsLossIsTold() {
    Chunk next = new Chunk(CHAT, new Cursor(2, 0), List.of(), new Cursor(2, 3));
    open();
    session().feed(chunk(CHAT, 0, 5));
    session().feed(next);
    executor.run();
    comeBack();
    assertThat(hub.knocks).hasSize(2);
    session().feed(new Notice.Lost(CHAT, place(5)), next);
    executor.run();
    session().end(Code.UNREACHABLE);
    comeBack();
    assertThat(hub.last().resume).containsEntry(CHAT, new Cursor(2, 3));
  }

  @Test
  void afterALossItGoesOnFurtherButRepeatsNothing() {
    open();
    session().feed(chunk(CHAT, 0, 5));
    session().feed(new Notice.Lost(CHAT, place(2)), chunk(CHAT, 4, 7));
    session().feed(new Notice.Lost(CHAT, place(7)), chunk(CHAT, 9, 10));
    executor.run();
    assertThat(recorder.texts())
        .containsExactly(
            "text 1", "text 2", "text 3", "text 4", "text 5", "text 6", "text 7", "text 10");
    assertThat(recorder.notices()).filteredOn(Notice.Lost.class::isInstance).hasSize(2);
    assertThat(hub.knocks).hasSize(1);
  }

  @Test
  void lossThatIsToldAgainExcusesNoLaterHole() {
    open();
    session().feed(chunk(CHAT, 0, 2));
    session().feed(new Notice.Lost(CHAT, place(2)), chunk(CHAT, 4, 5));
    session().feed(new Notice.Lost(CHAT, place(2)), chunk(CHAT, 5, 6));
    session().feed(chunk(CHAT, 8, 9));
    executor.run();
    assertThat(recorder.texts()).containsExactly("text 1", "text 2", "text 5", "text 6");
    assertThat(session().isClosed).isTrue();
  }

  @Test
  void lossIsUsedUpByAChunkThatRepeats() {
    open();
    session().feed(chunk(CHAT, 0, 5));
    session().feed(new Notice.Lost(CHAT, place(2)), chunk(CHAT, 3, 4));
    session().feed(chunk(CHAT, 7, 8));
    executor.run();
    assertThat(recorder.texts()).isEqualTo(texts(1, 5));
    assertThat(session().isClosed).isTrue();
  }

  @Test
  void lossThatOneSessionToldIsNoExcuseForTheNext() {
    open();
    session().feed(chunk(CHAT, 0, 2));
    session().feed(new Notice.Lost(CHAT, place(2)));
    executor.run();
    session().end(Code.UNREACHABLE);
    comeBack();
    session().feed(chunk(CHAT, 4, 5));
    executor.run();
    assertThat(recorder.texts()).isEqualTo(texts(1, 2));
    assertThat(session().isClosed).isTrue();
  }

  @Test
  void whoEntersAgainGoesOnFurther() {
    open();
    session().feed(chunk(CHAT, 0, 2));
    session().feed(new Notice.Left(CHAT));
    Chunk onwards = new Chunk(CHAT, place(2), List.of(entry(CHAT, 7)), place(7));
    session().feed(new Notice.Entered(CHAT), onwards);
    executor.run();
    assertThat(recorder.texts()).containsExactly("text 1", "text 2", "text 7");
    assertThat(hub.knocks).hasSize(1);
  }

  @Test
  void noticeThatComesTwiceHidesNoHole() {
    open();
    session().feed(new Notice.Entered(CHAT), chunk(CHAT, 0, 2));
    session().feed(new Notice.Entered(CHAT), chunk(CHAT, 6, 7));
    executor.run();
    assertThat(recorder.texts()).containsExactly("text 1", "text 2");
    assertThat(session().isClosed).isTrue();
  }

  @Test
  void resumedFromTheBeginningAnyPlaceIsAGoodOne() {
    bob().resumeFrom(Map.of(CHAT, Cursor.START, OTHER, Cursor.END)).open();
    session().feed(new Chunk(CHAT, Cursor.START, List.of(entry(CHAT, 3)), place(3)));
    session().feed(chunk(OTHER, 8, 9));
    executor.run();
    assertThat(recorder.texts()).containsExactly("text 3", "text 9");
  }

  @Test
  void whatWasFetchedBeforeABreakAndComesAgainAfterItIsHeardOnce() {
    List<Object> heard = new ArrayList<>();
    ScriptedSession[] first = new ScriptedSession[1];
    ChatMessageListener breaking =
        (me, message) -> {
          heard.add(message.text());
          if (message.text().equals("text 2")) {
            first[0].end(Code.UNREACHABLE);
            clock.advance(PAUSE);
          }
        };
    bob(breaking).open();
    first[0] = session();
    session().feed(chunk(CHAT, 0, 2), chunk(CHAT, 2, 4));
    executor.run();
    assertThat(hub.last().resume).isEqualTo(Map.of(CHAT, place(2)));
    session().feed(chunk(CHAT, 2, 6));
    executor.run();
    assertThat(heard).isEqualTo(texts(1, 6));
  }

  @Test
  void listenerThatThrowsIsCalledForWhatFollows() {
    ChatMessageListener spoilt =
        (me, message) -> {
          recorder.onEntry(me, entry(CHAT, Integer.parseInt(message.text().substring(5))));
          new Throwing<>(message.text().equals("text 2")).run();
        };
    bob(spoilt).open();
    session().feed(chunk(CHAT, 0, 3));
    executor.run();
    assertThat(recorder.texts()).isEqualTo(texts(1, 3));
  }

  @Test
  void sessionThatThrowsIsLeft() {
    HubClient client = open();
    session().throwsAtPoll = true;
    session().ready();
    executor.run();
    assertThat(session().isClosed).isTrue();
    comeBack();
    assertThat(client.state()).isEqualTo(State.CONNECTED);
  }

  @Test
  void busyClientLeavesTheExecutorToOthersInBetween() {
    open();
    for (int i = 0; i < 40; i++) {
      session().feed(chunk(CHAT, 100 * i, 100 * (i + 1)));
    }
    List<Integer> heard = new ArrayList<>();
    executor.execute(() -> heard.add(recorder.texts().size()));
    executor.runOne();
    executor.runOne();
    assertThat(heard).hasSize(1).allMatch(count -> count < 2000);
    executor.run();
    assertThat(recorder.texts()).isEqualTo(texts(1, 4000));
  }

  @Test
  void wakingUpForNothingDoesNothing() {
    open();
    session().feed(Feed.EMPTY);
    for (int i = 0; i < 10; i++) {
      session().ready();
    }
    executor.run();
    assertThat(recorder.entries()).isEmpty();
    assertThat(session().acknowledgements()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyEntryIsHeardOnceWhateverTheSessionsDo(int seed) {
    Random random = new Random(seed);
    open();
    int rounds = 0;
    while (recorder.texts().size() < 300) {
      assertThat(rounds++).as("rounds with seed " + seed).isLessThan(100_000);
      feedAnything(random, recorder.texts().size());
      if (random.nextInt(20) == 0) {
        session().end(Code.UNREACHABLE);
      }
      executor.run();
      advance(Duration.ofMillis(random.nextInt(1000)));
    }
    List<String> heard = recorder.texts();
    assertThat(heard).as("seed " + seed).isEqualTo(texts(1, heard.size()));
  }

  private void feedAnything(Random random, int heard) {
    int after = Math.max(0, heard + random.nextInt(12) - 8);
    if (heard > 0 || after == 0) {
      session().feed(chunk(CHAT, after, after + random.nextInt(10)));
    }
  }
}
