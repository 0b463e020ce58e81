package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.Page;
import chat.talk.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of {@link StorageContract} about reading, and about the end. */
abstract class StorageReadContract extends StorageAppendContract {
  private static final int SIZE = 10;

  /** As long as a hub lets messages be. */
  static final int LONG = 1 << 20;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 9, 10, 11, 1000, Integer.MAX_VALUE})
  void everyLimitReadsEverythingForwards(int limit) {
    List<Entry> entries = storage.append(messages("text", SIZE));
    assertThat(readOn(CHAT, Cursor.START, limit)).isEqualTo(entries);
    assertThat(storage.readAfter(CHAT, Cursor.START, limit).entries()).hasSizeBetween(1, limit);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 9, 10, 11, 1000, Integer.MAX_VALUE})
  void everyLimitReadsEverythingBackwards(int limit) {
    List<Entry> entries = storage.append(messages("text", SIZE));
    assertThat(readBack(CHAT, Cursor.END, limit)).isEqualTo(entries);
    assertThat(storage.readBefore(CHAT, Cursor.END, limit).entries()).hasSizeBetween(1, limit);
  }

  @Test
  void longTextsAreAllReadInBothDirections() {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      entries.add(append(message(CHAT, ALICE, "long-" + i, "x".repeat(LONG))));
    }
    assertThat(readOn(CHAT, Cursor.START, 100).equals(entries)).isTrue();
    assertThat(readBack(CHAT, Cursor.END, 100).equals(entries)).isTrue();
  }

  @Test
  void everyCursorDividesTheLog() {
    List<Entry> entries = storage.append(messages("text", SIZE));
    for (int i = 0; i < SIZE; i++) {
      Cursor cursor = entries.get(i).cursor();
      assertThat(readOn(CHAT, cursor, 4)).isEqualTo(entries.subList(i + 1, SIZE));
      assertThat(readBack(CHAT, cursor, 4)).isEqualTo(entries.subList(0, i + 1));
    }
  }

  @Test
  void cursorsGrowAndAreNotTheEdges() {
    List<Entry> entries = storage.append(messages("text", SIZE));
    assertThat(entries).isSortedAccordingTo((a, b) -> compare(a.cursor(), b.cursor()));
    assertThat(entries.stream().map(Entry::cursor).distinct()).hasSize(SIZE);
    assertThat(entries).allMatch(entry -> entry.cursor().epoch() > 0);
    assertThat(Cursor.parse(entries.get(3).cursor().toString())).isEqualTo(entries.get(3).cursor());
  }

  private static int compare(Cursor a, Cursor b) {
    return Long.compare(a.sequence(), b.sequence());
  }

  @Test
  void pageThatIsFullTellsWhetherThereIsMore() {
    List<Entry> entries = storage.append(messages("text", 4));
    assertThat(storage.readAfter(CHAT, entries.get(2).cursor(), 1).atEnd()).isTrue();
    assertThat(storage.readAfter(CHAT, entries.get(1).cursor(), 1).atEnd()).isFalse();
    assertThat(storage.readBefore(CHAT, entries.get(0).cursor(), 1).atEnd()).isTrue();
    assertThat(storage.readBefore(CHAT, entries.get(1).cursor(), 1).atEnd()).isFalse();
  }

  @Test
  void nothingFollowsTheEnd() {
    storage.append(messages("text", SIZE));
    assertEmptyEnd(storage.readAfter(CHAT, Cursor.END, 5));
    assertEmptyEnd(storage.readAfter(CHAT, storage.head(CHAT), 5));
  }

  @Test
  void nothingPrecedesTheStart() {
    storage.append(messages("text", SIZE));
    assertEmptyEnd(storage.readBefore(CHAT, Cursor.START, 5));
  }

  @Test
  void readingOnAfterTheEndGivesWhatCame() {
    storage.append(messages("text", SIZE));
    Cursor next = storage.readAfter(CHAT, Cursor.END, 5).next();
    Entry entry = append(message("later"));
    assertThat(readOn(CHAT, next, 5)).containsExactly(entry);
  }

  @Test
  void unknownChatIsEmpty() {
    append(message("one"));
    assertEmptyEnd(storage.readAfter(OTHER, Cursor.START, 5));
    assertEmptyEnd(storage.readAfter(OTHER, Cursor.END, 5));
    assertEmptyEnd(storage.readBefore(OTHER, Cursor.END, 5));
    assertEmptyEnd(storage.readBefore(OTHER, Cursor.START, 5));
    assertThat(storage.chats()).containsExactly(CHAT);
  }

  @Test
  void headOfAnEmptyChatResumesWithTheFirstEntry() {
    Cursor head = storage.head(CHAT);
    Cursor next = storage.readAfter(CHAT, Cursor.START, 5).next();
    Entry entry = append(message("first"));
    for (Cursor cursor : List.of(head, next)) {
      Page page = storage.readAfter(CHAT, cursor, 5);
      assertThat(page.entries()).containsExactly(entry);
      assertThat(page.lost()).isFalse();
    }
  }

  @Test
  void headIsBehindTheNewestEntry() {
    for (ChatMessage message : messages("text", 3)) {
      Entry entry = append(message);
      assertThat(storage.head(CHAT)).isEqualTo(entry.cursor());
      append(message(OTHER, BOB, message.id().value(), "elsewhere"));
    }
  }

  @Test
  void cursorOfAnotherLifeIsLost() {
    List<Entry> entries = storage.append(messages("text", SIZE));
    Cursor foreign = foreign(entries.get(4).cursor());
    Page forwards = storage.readAfter(CHAT, foreign, SIZE);
    assertThat(forwards.lost()).isTrue();
    assertThat(forwards.entries()).startsWith(entries.get(0));
    assertLostEnd(storage.readBefore(CHAT, foreign, SIZE));
  }

  @Test
  void cursorFromBeyondTheHeadIsLost() {
    List<Entry> entries = storage.append(messages("text", SIZE));
    Cursor head = storage.head(CHAT);
    for (long beyond : List.of(head.sequence() + 1, Long.MAX_VALUE)) {
      Cursor cursor = new Cursor(head.epoch(), beyond);
      Page forwards = storage.readAfter(CHAT, cursor, SIZE);
      assertThat(forwards.lost()).isTrue();
      assertThat(forwards.entries()).startsWith(entries.get(0));
      assertLostEnd(storage.readBefore(CHAT, cursor, SIZE));
    }
  }

  @Test
  void afterALossReadingGoesOnWithoutAnother() {
    List<Entry> entries = storage.append(messages("text", SIZE));
    Page page = storage.readAfter(CHAT, foreign(storage.head(CHAT)), 3);
    assertThat(storage.readAfter(CHAT, page.next(), 3).lost()).isFalse();
    assertThat(readOn(CHAT, foreign(storage.head(CHAT)), 3)).isEqualTo(entries);
  }

  @Test
  void lossInAnEmptyChatIsTold() {
    Page page = storage.readAfter(CHAT, foreign(storage.head(CHAT)), 3);
    assertThat(page.lost()).isTrue();
    assertThat(page.entries()).isEmpty();
    Entry entry = append(message("first"));
    assertThat(storage.readAfter(CHAT, page.next(), 3))
        .isEqualTo(new Page(List.of(entry), entry.cursor(), true, false));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void limitBelowOneIsInvalid(int limit) {
    append(message("one"));
    assertCode(Code.INVALID, () -> storage.readAfter(CHAT, Cursor.START, limit));
    assertCode(Code.INVALID, () -> storage.readBefore(CHAT, Cursor.END, limit));
  }

  @Test
  void chatsAreThoseEverAppendedTo() {
    assertThat(storage.chats()).isEmpty();
    storage.append(List.of(message("one"), message(OTHER, BOB, "two", "elsewhere")));
    assertThat(storage.chats()).containsExactlyInAnyOrder(CHAT, OTHER);
  }

  @Test
  void readerBeginsAtTheStart() {
    append(message("one"));
    assertThat(storage.position(BOB, CHAT)).isEqualTo(Cursor.START);
  }

  @Test
  void positionIsTheOneLastSaved() {
    List<Entry> entries = storage.append(messages("text", 3));
    for (int i : new int[] {0, 2, 1, 1}) {
      storage.savePosition(BOB, CHAT, entries.get(i).cursor());
      assertThat(storage.position(BOB, CHAT)).isEqualTo(entries.get(i).cursor());
    }
  }

  @Test
  void everyReaderHasAPositionInEveryChat() {
    List<Entry> entries =
        storage.append(List.of(message("one"), message(OTHER, BOB, "two", "elsewhere")));
    storage.savePosition(BOB, CHAT, entries.get(0).cursor());
    storage.savePosition(ALICE, OTHER, entries.get(1).cursor());
    assertThat(storage.position(BOB, CHAT)).isEqualTo(entries.get(0).cursor());
    assertThat(storage.position(ALICE, OTHER)).isEqualTo(entries.get(1).cursor());
    assertThat(storage.position(BOB, OTHER)).isEqualTo(Cursor.START);
    assertThat(storage.position(ALICE, CHAT)).isEqualTo(Cursor.START);
  }

  @Test
  void positionInAnEmptyChatIsKept() {
    Cursor head = storage.head(CHAT);
    storage.savePosition(BOB, CHAT, head);
    Entry entry = append(message("first"));
    assertThat(readOn(CHAT, storage.position(BOB, CHAT), 5)).containsExactly(entry);
  }

  @Test
  void positionsThatDifferInCaseOnlyAreDifferent() {
    Cursor first = append(message("one")).cursor();
    Cursor second = append(message("two")).cursor();
    Cursor third = append(message(ChatId.of("CHAT"), ALICE, "three", "elsewhere")).cursor();
    storage.savePosition(BOB, CHAT, first);
    storage.savePosition(UserName.of("BOB"), CHAT, second);
    storage.savePosition(BOB, ChatId.of("CHAT"), third);
    assertThat(storage.position(BOB, CHAT)).isEqualTo(first);
    assertThat(storage.position(UserName.of("BOB"), CHAT)).isEqualTo(second);
    assertThat(storage.position(BOB, ChatId.of("CHAT"))).isEqualTo(third);
  }

  @Test
  void closedStorageRefusesEverything() {
    append(message("one"));
    storage.close();
    storage.close();
    assertCode(Code.CLOSED, () -> storage.append(List.of(message("two"))));
    assertCode(Code.CLOSED, () -> storage.get(ALICE, MessageId.of("one")));
    assertCode(Code.CLOSED, () -> storage.readAfter(CHAT, Cursor.START, 1));
    assertCode(Code.CLOSED, () -> storage.readBefore(CHAT, Cursor.END, 1));
    assertCode(Code.CLOSED, () -> storage.head(CHAT));
    assertCode(Code.CLOSED, () -> storage.chats());
    assertCode(Code.CLOSED, () -> storage.position(BOB, CHAT));
    assertThatThrownBy(() -> storage.savePosition(BOB, CHAT, Cursor.START))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.code()).isEqualTo(Code.CLOSED));
  }

  static void assertCode(Code code, Callable<?> call) {
    assertThatThrownBy(call::call)
        .isInstanceOfSatisfying(ChatException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static void assertEmptyEnd(Page page) {
    assertThat(page.entries()).isEmpty();
    assertThat(page.atEnd()).isTrue();
    assertThat(page.lost()).isFalse();
  }

  static void assertLostEnd(Page page) {
    assertThat(page.entries()).isEmpty();
    assertThat(page.atEnd()).isTrue();
    assertThat(page.lost()).isTrue();
  }
}
