package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Storage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link Storage} has to hold that outlives the one who opened it. */
public abstract class DurableStorageContract extends StorageContract {
  private static final int MANY = 100;

  /** For subclasses. */
  protected DurableStorageContract() {}

  /**
   * Opens once more what {@link #open()} opened last, which has been closed since.
   *
   * @return the storage with all that was in it
   */
  protected abstract Storage openAgain();

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
    storage = opened(openAgain());
  }
}
