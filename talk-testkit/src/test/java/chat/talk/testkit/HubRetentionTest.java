package chat.talk.testkit;

import static chat.talk.testkit.HubStorageFixture.comment;
import static chat.talk.testkit.HubStorageFixture.edit;
import static chat.talk.testkit.StorageFixture.ALICE;
import static chat.talk.testkit.StorageFixture.BOB;
import static chat.talk.testkit.StorageFixture.CHAT;
import static chat.talk.testkit.StorageFixture.OTHER;
import static chat.talk.testkit.StorageFixture.message;
import static chat.talk.testkit.StorageFixture.messages;
import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.Page;
import chat.talk.room.HubStorage;
import chat.talk.room.HubStorage.Change;
import chat.talk.room.HubStorage.Stretch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a hub's storage in memory does when it has no more room. */
final class HubRetentionTest {
  private static final int FEW = 5;

  private final ChatMessage target = message("target");

  /** Room for so many short entries, which take 256 characters and less than 50 of text. */
  private static HubStorage open(int entries) {
    return HubStorage.inMemory(entries * 306L);
  }

  @Test
  void droppedEntriesAreToldAsLost() {
    HubStorage storage = open(FEW);
    List<Entry> entries = append(storage, messages("text", 100));
    Page page = storage.readAfter(CHAT, entries.get(0).cursor(), 100);
    assertThat(page.lost()).isTrue();
    assertThat(page.entries()).hasSizeBetween(1, 2 * FEW);
    assertThat(storage.heads()).containsEntry(CHAT, entries.get(99).cursor());
    assertThat(storage.find(List.of(entries.get(0).event().key()))).isEmpty();
    Stretch all = new Stretch(CHAT, Cursor.START, storage.head(CHAT));
    assertThat(storage.count(BOB, List.of(all))).containsExactly((long) page.entries().size());
  }

  @Test
  void droppedCommentsAreToldAsLost() {
    HubStorage storage = open(FEW);
    List<ChatMessage> talk = new ArrayList<>(List.of(target));
    for (int i = 0; i < FEW; i++) {
      talk.add(comment(CHAT, BOB, "comment-" + i, target.key()));
    }
    List<Entry> entries = append(storage, talk);
    append(storage, List.of(message(OTHER, BOB, "elsewhere", "text")));
    append(storage, List.of(target));
    Page page = storage.comments(target.key(), entries.get(0).cursor(), 100);
    assertThat(page.lost()).isTrue();
    assertThat(page.entries()).isNotEmpty().isEqualTo(retained(storage, talk));
    assertThat(storage.comments(target.key(), page.next(), 100).lost()).isFalse();
  }

  private static List<Entry> retained(HubStorage storage, List<ChatMessage> comments) {
    return storage.readAfter(CHAT, Cursor.START, 100).entries().stream()
        .filter(entry -> comments.indexOf(entry.event()) > 0)
        .toList();
  }

  @Test
  void editsOutliveTheirMessageUntilTheyExpire() {
    HubStorage storage = open(FEW);
    append(storage, List.of(target, edit("edit", target, "changed")));
    append(storage, messages("text", 3));
    append(storage, List.of(saying("long", "x".repeat(200))));
    assertThat(storage.find(List.of(target.key()))).isEmpty();
    assertThat(first(storage)).isEqualTo(edit("edit", target, "changed"));
    storage.commit(List.of(new Change.Expire(CHAT, Cursor.END)));
    assertThat(first(storage)).isEqualTo(edit("edit", target, ""));
    append(storage, messages("more", 100));
    assertThat(storage.readAfter(CHAT, Cursor.START, 100).entries()).hasSizeBetween(1, 2 * FEW);
  }

  private static ChatMessage saying(String id, String text) {
    return message(CHAT, ALICE, id, text);
  }

  private static Event first(HubStorage storage) {
    return storage.readAfter(CHAT, Cursor.START, 1).entries().get(0).event();
  }

  @Test
  void textThatIsGoneTakesNoRoom() {
    HubStorage storage = open(100);
    for (int i = 0; i < 20; i++) {
      ChatMessage big = saying("big-" + i, "x".repeat(10_000));
      append(storage, List.of(big, edit("edit-" + i, big, "y".repeat(5_000))));
      storage.commit(List.of(new Change.Erase(big.key())));
    }
    assertThat(storage.readAfter(CHAT, Cursor.START, 1).lost()).isFalse();
  }

  @Test
  void textThatIsNotTakesRoom() {
    HubStorage storage = open(100);
    append(storage, messages("text", 40));
    append(storage, List.of(edit("edit", message("text-0"), "y".repeat(25_000))));
    storage.commit(List.of(new Change.Rewrite(message("text-39").key(), "x".repeat(25_000))));
    List<Entry> left = storage.readAfter(CHAT, Cursor.START, 100).entries();
    assertThat(left).hasSizeLessThan(30);
  }

  @Test
  void factsAreNeverDropped() {
    HubStorage storage = open(FEW);
    storage.commit(List.of(new Change.Put(HubStorageFixture.user("alice"))));
    append(storage, messages("text", 100));
    assertThat(HubStorageFixture.facts(storage)).containsExactly(HubStorageFixture.user("alice"));
  }

  private static List<Entry> append(HubStorage storage, List<? extends Event> events) {
    return storage.append(events);
  }
}
