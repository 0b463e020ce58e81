package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessage.Revision;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.room.HubStorage.Change;
import chat.talk.room.HubStorage.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of {@link HubStorageContract} about finding, counting and comments. */
abstract class HubStorageReadContract extends HubStorageTextContract {
  private static final ChatMessage TARGET = message("target");

  @Test
  void everyKindOfEventIsReadAsItWas() {
    List<Event> events = Samples.events(CHAT);
    storage.append(events);
    assertThat(readAll(CHAT)).isEqualTo(events);
    for (Event event : events) {
      assertThat(storage.get(event.author(), event.id()).get().event()).isEqualTo(event);
    }
  }

  @Test
  void entriesAreFoundByTheirKeys() {
    Entry one = append(message("one"));
    Entry two = append(message(OTHER, BOB, "two", "elsewhere"));
    append(message("three"));
    MessageKey unknown = new MessageKey(BOB, MessageId.of("one"));
    MessageKey first = one.event().key();
    assertThat(hub().find(List.of(first, unknown, two.event().key(), first)))
        .isEqualTo(Map.of(first, one, two.event().key(), two));
    assertThat(hub().find(List.of())).isEmpty();
    assertThat(hub().find(List.of(unknown))).isEmpty();
  }

  @Test
  void manyEntriesAreFoundAtOnce() {
    List<Entry> entries = storage.append(messages("text", 3000));
    List<MessageKey> keys = events(entries).stream().map(Event::key).toList();
    assertThat(hub().find(keys).values()).containsExactlyInAnyOrderElementsOf(entries);
  }

  @Test
  void headsAreThoseOfAllLogs() {
    assertThat(hub().heads()).isEmpty();
    storage.append(List.of(message("one"), message(OTHER, BOB, "two", "elsewhere")));
    append(message("three"));
    storage.savePosition(BOB, ChatId.of("empty"), Cursor.START);
    assertThat(hub().heads())
        .isEqualTo(Map.of(CHAT, storage.head(CHAT), OTHER, storage.head(OTHER)));
  }

  @Test
  void messagesOfOthersAreCountedUnlessBlank() {
    List<Entry> entries =
        storage.append(
            List.of(
                message(CHAT, BOB, "one", ""),
                message("mine"),
                message(CHAT, BOB, "erased", "x"),
                new Event.Joined(CHAT, MessageId.of("joined"), BOB, NOW, BOB),
                comment("comment", TARGET.key()),
                message(CHAT, BOB, "edited", "x")));
    commit(
        new Change.Erase(entries.get(2).event().key()),
        new Change.Rewrite(entries.get(5).event().key(), "changed"));
    assertThat(unread(ALICE, CHAT, Cursor.START)).isEqualTo(3);
    assertThat(unread(BOB, CHAT, Cursor.START)).isEqualTo(1);
    assertThat(unread(ALICE, CHAT, entries.get(0).cursor())).isEqualTo(2);
    assertThat(unread(ALICE, CHAT, entries.get(4).cursor())).isEqualTo(1);
    assertThat(unread(ALICE, CHAT, entries.get(5).cursor())).isZero();
    commit(new Change.Expire(CHAT, entries.get(4).cursor()));
    assertThat(unread(ALICE, CHAT, Cursor.START)).isEqualTo(1);
  }

  @Test
  void stretchEndsWhereItSays() {
    List<Entry> entries = storage.append(messages("text", 10));
    List<Stretch> stretches = new ArrayList<>();
    List<Long> expected = new ArrayList<>();
    for (int from = 0; from < 10; from++) {
      for (int to = from; to < 10; to++) {
        stretches.add(new Stretch(CHAT, entries.get(from).cursor(), entries.get(to).cursor()));
        expected.add((long) to - from);
      }
    }
    assertThat(hub().count(BOB, stretches)).isEqualTo(expected);
  }

  @Test
  void stretchesOfManyChatsAreCountedAtOnce() {
    List<ChatId> chats = IntStream.range(0, 500).mapToObj(i -> ChatId.of("chat" + i)).toList();
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < chats.size(); i++) {
      for (int j = 0; j < i % 4; j++) {
        events.add(message(chats.get(i), BOB, i + "-" + j, "text"));
      }
    }
    storage.append(events);
    List<Stretch> all =
        chats.stream().map(chat -> new Stretch(chat, Cursor.START, storage.head(chat))).toList();
    List<Long> expected = IntStream.range(0, chats.size()).mapToObj(i -> (long) i % 4).toList();
    assertThat(hub().count(ALICE, all)).isEqualTo(expected);
    assertThat(hub().count(ALICE, List.of())).isEmpty();
  }

  @Test
  void commentsAreThoseOnTheMessageInTheOrderOfTheLog() {
    ChatMessage other = message("other");
    List<Event> comments = new ArrayList<>();
    storage.append(List.of(TARGET, other));
    for (int i = 0; i < 10; i++) {
      append(comment("other-" + i, other.key()));
      comments.add(append(comment("comment-" + i, TARGET.key())).event());
      append(edit("edit-" + i, TARGET, "changed"));
    }
    Page page = hub().comments(TARGET.key(), Cursor.START, 10);
    assertThat(events(page.entries())).isEqualTo(comments);
    assertThat(page.atEnd()).isTrue();
    assertThat(page.lost()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 9, 10, 11, 1000, Integer.MAX_VALUE})
  void everyLimitReadsAllComments(int limit) {
    List<Entry> comments = tenComments();
    List<Entry> read = new ArrayList<>();
    Page page = hub().comments(TARGET.key(), Cursor.START, limit);
    read.addAll(page.entries());
    while (!page.atEnd()) {
      assertThat(page.entries()).hasSizeBetween(1, limit);
      page = hub().comments(TARGET.key(), page.next(), limit);
      read.addAll(page.entries());
    }
    assertThat(read).isEqualTo(comments);
    Entry later = append(comment("later", TARGET.key()));
    assertThat(hub().comments(TARGET.key(), page.next(), limit).entries()).containsExactly(later);
  }

  @Test
  void longCommentsAreAllRead() {
    append(TARGET);
    String text = "x".repeat(StorageReadContract.LONG);
    List<MessageId> comments = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      MessageId id = MessageId.of("comment-" + i);
      append(new ChatMessage(CHAT, id, BOB, text, NOW, TARGET.key(), Revision.ORIGINAL));
      comments.add(id);
    }
    Page page = hub().comments(TARGET.key(), Cursor.START, 100);
    List<Entry> read = new ArrayList<>(page.entries());
    while (!page.atEnd()) {
      page = hub().comments(TARGET.key(), page.next(), 100);
      read.addAll(page.entries());
    }
    assertThat(read).extracting(entry -> entry.event().id()).isEqualTo(comments);
    assertThat(read).allMatch(entry -> ((ChatMessage) entry.event()).text().equals(text));
  }

  @Test
  void commentsFollowAnyPlaceOfTheLog() {
    List<Entry> comments = tenComments();
    Cursor between = append(message("between")).cursor();
    Entry last = append(comment("last", TARGET.key()));
    assertThat(hub().comments(TARGET.key(), comments.get(8).cursor(), 5).entries())
        .containsExactly(comments.get(9), last);
    assertThat(hub().comments(TARGET.key(), between, 5).entries()).containsExactly(last);
    assertThat(hub().comments(TARGET.key(), storage.head(CHAT), 5).entries()).isEmpty();
    assertThat(hub().comments(TARGET.key(), Cursor.END, 5).entries()).isEmpty();
  }

  private List<Entry> tenComments() {
    append(TARGET);
    List<Entry> comments = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      append(message("text-" + i));
      comments.add(append(comment("comment-" + i, TARGET.key())));
    }
    return comments;
  }

  @Test
  void commentThatWasErasedKeepsItsPlaceAmongThem() {
    List<Entry> comments = tenComments();
    commit(new Change.Erase(comments.get(3).event().key()));
    List<Entry> read = hub().comments(TARGET.key(), Cursor.START, 20).entries();
    assertThat(read).extracting(Entry::cursor).isEqualTo(cursors(comments));
    assertThat(read.get(3).event()).isEqualTo(now(comments.get(3)));
  }

  private static List<Cursor> cursors(List<Entry> entries) {
    return entries.stream().map(Entry::cursor).toList();
  }

  @Test
  void commentsOnABlankMessageStay() {
    List<Entry> comments = tenComments();
    commit(new Change.Erase(TARGET.key()));
    assertThat(hub().comments(TARGET.key(), Cursor.START, 20).entries()).isEqualTo(comments);
  }

  @Test
  void commentMayBeCommentedOn() {
    ChatMessage comment = comment("comment", TARGET.key());
    ChatMessage onIt = comment("on-it", comment.key());
    storage.append(List.of(TARGET, comment, onIt));
    assertThat(events(hub().comments(TARGET.key(), Cursor.START, 5).entries()))
        .containsExactly(comment);
    assertThat(events(hub().comments(comment.key(), Cursor.START, 5).entries()))
        .containsExactly(onIt);
  }

  @Test
  void unknownMessageHasNoComments() {
    append(message("one"));
    Page page = hub().comments(TARGET.key(), Cursor.START, 5);
    assertThat(page.entries()).isEmpty();
    assertThat(page.atEnd()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void limitOfCommentsBelowOneIsInvalid(int limit) {
    append(TARGET);
    assertCode(Code.INVALID, () -> hub().comments(TARGET.key(), Cursor.START, limit));
  }

  @Test
  void closedHubStorageRefusesEverything() {
    append(TARGET);
    storage.close();
    assertCode(Code.CLOSED, () -> commit());
    assertCode(Code.CLOSED, () -> hub().find(List.of(TARGET.key())));
    assertCode(Code.CLOSED, () -> hub().heads());
    assertCode(Code.CLOSED, () -> hub().count(ALICE, List.of()));
    assertCode(Code.CLOSED, () -> hub().comments(TARGET.key(), Cursor.START, 1));
    assertCode(Code.CLOSED, () -> hub().facts().count());
  }
}
