package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.Page;
import chat.talk.Storage;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * What a {@link Storage} has to hold that keeps the newest entries and drops the oldest: it says
 * what is lost, and never more than that.
 */
public abstract class BoundedStorageContract extends StorageContract {
  /** Room for a few of the messages below, which take 256 characters and their text each. */
  private static final long ROOM = 3000;

  private static final int MANY = 100;
  private static final int STEPS = 200;

  /** For subclasses. */
  protected BoundedStorageContract() {}

  /**
   * Makes the storage under test with little room.
   *
   * @param maxCharacters the room; each entry takes its text and not less than 100 characters
   * @return a new and empty one at each call; the contract closes it
   */
  protected abstract Storage openBounded(long maxCharacters);

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
    storage = opened(openBounded(ROOM));
  }

  @RepeatedTest(10)
  void boundedStorageKeepsTheNewestPartOfEachLogAndTellsOfTheRest() {
    storage = opened(openBounded(10_000));
    withSeed(
        random -> {
          StorageModel model = new StorageModel(storage, random, Integer.MAX_VALUE);
          for (int i = 0; i < STEPS; i++) {
            model.append();
          }
          model.logs().forEach(this::checkNewestPart);
        });
  }

  private void checkNewestPart(ChatId chat, List<Entry> log) {
    List<Entry> retained = readOn(chat, Cursor.START, 3);
    int dropped = log.size() - retained.size();
    assertThat(retained).isEqualTo(log.subList(dropped, log.size()));
    assertThat(storage.readAfter(chat, Cursor.START, 3).lost()).isEqualTo(dropped > 0);
    for (int i = 0; i < log.size(); i++) {
      Page page = storage.readAfter(chat, log.get(i).cursor(), log.size());
      boolean lost = i + 1 < dropped;
      assertThat(page.lost()).isEqualTo(lost);
      assertThat(page.entries()).isEqualTo(lost ? retained : log.subList(i + 1, log.size()));
    }
  }
}
