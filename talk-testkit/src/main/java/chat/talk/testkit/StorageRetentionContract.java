package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.Page;
import chat.talk.Storage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The part of {@link StorageContract} for storages that forget, and for those that outlive. */
abstract class StorageRetentionContract extends StorageReadContract {
  /** Room for a few of the messages below, which take 256 characters and their text each. */
  private static final long ROOM = 3000;

  private static final int MANY = 100;

  @Test
  void newestEntriesAreRetained() {
    openSmall();
    List<Entry> entries = storage.append(messages("text", MANY));
    Page page = storage.readAfter(CHAT, Cursor.START, MANY);
    assertThat(page.lost()).isTrue();
    assertThat(page.entries()).hasSizeBetween(1, MANY - 1);
    assertThat(readOn(CHAT, Cursor.START, 3))
        .isEqualTo(entries.subList(MANY - page.entries().size(), MANY));
  }

  @Test
  void backwardsReadingEndsAtTheOldestRetainedEntry() {
    openSmall();
    storage.append(messages("text", MANY));
    assertThat(storage.readBefore(CHAT, Cursor.END, 2).lost()).isFalse();
    assertThat(readBack(CHAT, Cursor.END, 2)).isEqualTo(readOn(CHAT, Cursor.START, 2));
  }

  @Test
  void droppedPlaceIsLostInBothDirections() {
    openSmall();
    Entry first = append(message("first"));
    append(message("second"));
    storage.append(messages("text", MANY));
    Page page = storage.readAfter(CHAT, first.cursor(), MANY);
    assertThat(page.lost()).isTrue();
    assertThat(page.entries()).isEqualTo(readOn(CHAT, Cursor.START, MANY));
    assertLostEnd(storage.readBefore(CHAT, first.cursor(), MANY));
  }

  @Test
  void retainedPlaceIsNotLost() {
    openSmall();
    storage.append(messages("text", MANY));
    List<Entry> retained = readOn(CHAT, Cursor.START, MANY);
    Page page = storage.readAfter(CHAT, retained.get(0).cursor(), MANY);
    assertThat(page.lost()).isFalse();
    assertThat(page.entries()).isEqualTo(retained.subList(1, retained.size()));
  }

  @Test
  void readerWhoHadEverythingBeforeItWasDroppedLostNothing() {
    openSmall();
    Entry read = append(message("read"));
    for (ChatMessage elsewhere : messages("elsewhere", MANY)) {
      append(message(OTHER, BOB, elsewhere.id().value(), elsewhere.text()));
    }
    Entry next = append(message("next"));
    Page page = storage.readAfter(CHAT, read.cursor(), MANY);
    assertThat(page.entries()).containsExactly(next);
    assertThat(page.lost()).isFalse();
    assertThat(storage.chats()).containsExactlyInAnyOrder(CHAT, OTHER);
  }

  @Test
  void idOfADroppedEntryIsForgotten() {
    openSmall();
    Entry first = append(message("first"));
    storage.append(messages("text", MANY));
    assertThat(storage.get(ALICE, MessageId.of("first"))).isEmpty();
    assertThat(append(message("first")).cursor()).isNotEqualTo(first.cursor());
    assertThat(readAll(CHAT)).endsWith(message("first"));
  }

  @Test
  void idOfARetainedEntryIsKnown() {
    openSmall();
    List<Entry> entries = storage.append(messages("text", MANY));
    assertThat(append(message("text-" + (MANY - 1)))).isEqualTo(entries.get(MANY - 1));
  }

  private void openSmall() {
    Optional<Storage> small = openSmall(ROOM);
    assumeThat(small).isPresent();
    storage = opened(small.orElseThrow());
  }

  @Test
  void everythingOutlivesTheStorage() {
    List<Entry> entries = storage.append(messages("text", MANY));
    storage.savePosition(BOB, CHAT, entries.get(41).cursor());
    Cursor emptyHead = storage.head(OTHER);
    reopen();
    assertThat(readOn(CHAT, Cursor.START, 7)).isEqualTo(entries);
    assertThat(storage.head(CHAT)).isEqualTo(entries.get(MANY - 1).cursor());
    assertThat(storage.chats()).containsExactly(CHAT);
    assertThat(readOn(CHAT, storage.position(BOB, CHAT), 7)).isEqualTo(entries.subList(42, MANY));
    assertThat(append(message("text-3"))).isEqualTo(entries.get(3));
    assertThat(storage.readAfter(OTHER, emptyHead, 1).lost()).isFalse();
  }

  @Test
  void appendingGoesOnAfterReopening() {
    Entry before = append(message("before"));
    reopen();
    Entry after = append(message("after"));
    assertThat(readOn(CHAT, before.cursor(), 7)).containsExactly(after);
    assertThat(readAll(CHAT)).containsExactly(message("before"), message("after"));
  }

  private void reopen() {
    storage.close();
    Optional<Storage> again = openAgain();
    assumeThat(again).isPresent();
    storage = opened(again.orElseThrow());
  }
}
