package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.Page;
import chat.talk.UserName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of {@link StorageContract} about writing. */
abstract class StorageAppendContract extends StorageFixture {
  private static final int WRITERS = 6;
  private static final int GROUPS = 40;
  private static final int GROUP = 3;

  @Test
  void appendedEventIsReadAsItWas() {
    ChatMessage message = message("one");
    Entry entry = append(message);
    assertThat(entry.event()).isEqualTo(message);
    assertThat(storage.readAfter(CHAT, Cursor.START, 1).entries()).containsExactly(entry);
    assertThat(storage.get(ALICE, message.id())).contains(entry);
  }

  @Test
  void unknownMessageIsNotFound() {
    append(message("one"));
    assertThat(storage.get(ALICE, MessageId.of("two"))).isEmpty();
    assertThat(storage.get(BOB, MessageId.of("one"))).isEmpty();
    assertThat(storage.get(ALICE, MessageId.of("ONE"))).isEmpty();
  }

  @Test
  void emptyGroupAppendsNothing() {
    assertThat(storage.append(List.of())).isEmpty();
    assertThat(storage.chats()).isEmpty();
  }

  @Test
  void groupKeepsItsOrder() {
    List<ChatMessage> group = messages("text", 2000);
    assertThat(events(storage.append(group))).isEqualTo(group);
    assertThat(readAll(CHAT)).isEqualTo(group);
  }

  @Test
  void loneAppendsKeepTheirOrder() {
    List<ChatMessage> messages = messages("text", 200);
    messages.forEach(this::append);
    assertThat(readAll(CHAT)).isEqualTo(messages);
  }

  @Test
  void groupMayGoToSeveralChats() {
    ChatMessage first = message("first");
    ChatMessage second = message(OTHER, BOB, "second", "elsewhere");
    ChatMessage third = message("third");
    assertThat(events(storage.append(List.of(first, second, third))))
        .containsExactly(first, second, third);
    assertThat(readAll(CHAT)).containsExactly(first, third);
    assertThat(readAll(OTHER)).containsExactly(second);
  }

  @Test
  void repeatIsAnsweredWithTheFirstEntry() {
    Entry first = append(message("one"));
    append(message("two"));
    assertThat(append(message("one"))).isEqualTo(first);
    assertThat(readAll(CHAT)).containsExactly(message("one"), message("two"));
  }

  @Test
  void repeatIsKnownWhateverElseItSays() {
    Entry first = append(message("one"));
    assertThat(append(message(CHAT, ALICE, "one", "something else"))).isEqualTo(first);
    assertThat(append(message(OTHER, ALICE, "one", "somewhere else"))).isEqualTo(first);
    assertThat(readAll(CHAT)).containsExactly(message("one"));
    assertThat(readAll(OTHER)).isEmpty();
    assertThat(storage.chats()).containsExactly(CHAT);
  }

  @Test
  void repeatWithinAGroupIsAppendedOnce() {
    ChatMessage one = message("one");
    ChatMessage two = message("two");
    List<Entry> entries = storage.append(List.of(one, two, one, two, one));
    assertThat(events(entries)).containsExactly(one, two, one, two, one);
    assertThat(entries.get(2)).isEqualTo(entries.get(0)).isEqualTo(entries.get(4));
    assertThat(readAll(CHAT)).containsExactly(one, two);
  }

  @Test
  void groupMayMixOldAndNew() {
    Entry old = append(message("old"));
    List<Entry> entries = storage.append(List.of(message("new"), message("old"), message("newer")));
    assertThat(entries.get(1)).isEqualTo(old);
    assertThat(readAll(CHAT)).containsExactly(message("old"), message("new"), message("newer"));
  }

  @Test
  void idsOfDifferentAuthorsAreDifferent() {
    ChatMessage bobs = message(CHAT, BOB, "one", "Bob's");
    append(message("one"));
    append(bobs);
    assertThat(readAll(CHAT)).containsExactly(message("one"), bobs);
    assertThat(storage.get(BOB, bobs.id()).map(Entry::event)).contains(bobs);
  }

  @Test
  void whatDiffersInCaseOnlyIsDifferent() {
    List<ChatMessage> inChat =
        List.of(
            message("one"),
            message("ONE"),
            message(CHAT, UserName.of("ALICE"), "one", "of an Alice who shouts"));
    ChatMessage elsewhere = message(ChatId.of("CHAT"), ALICE, "One", "elsewhere");
    storage.append(inChat);
    append(elsewhere);
    assertThat(readAll(CHAT)).isEqualTo(inChat);
    assertThat(readAll(elsewhere.chat())).containsExactly(elsewhere);
    assertThat(storage.chats()).containsExactlyInAnyOrder(CHAT, elsewhere.chat());
    inChat.forEach(m -> assertThat(storage.get(m.author(), m.id()).get().event()).isEqualTo(m));
  }

  @Test
  void groupThatCannotBeStoredIsNotStoredInPart() {
    List<ChatMessage> broken = Arrays.asList(message("one"), null);
    assertThatThrownBy(() -> storage.append(broken)).isInstanceOf(RuntimeException.class);
    assertThat(readAll(CHAT)).isEmpty();
    assertThat(storage.get(ALICE, MessageId.of("one"))).isEmpty();
  }

  @Test
  void everyTextIsKeptAsItWas() {
    List<ChatMessage> messages = new ArrayList<>();
    for (String text : Texts.UNICODE) {
      messages.add(message(CHAT, ALICE, "id-" + messages.size(), text));
    }
    storage.append(messages);
    assertThat(readAll(CHAT)).isEqualTo(messages);
  }

  @Test
  void megabyteIsKeptAsItWas() {
    ChatMessage megabyte = message(CHAT, ALICE, "big", Texts.megabyte());
    append(megabyte);
    assertThat(readAll(CHAT).equals(List.of(megabyte))).as("the same megabyte").isTrue();
  }

  @Test
  void longestNamesAndIdsAreKept() {
    ChatMessage message =
        message(
            ChatId.of("~".repeat(ChatId.MAX_LENGTH)),
            UserName.of("n".repeat(UserName.MAX_LENGTH)),
            ":".repeat(MessageId.MAX_LENGTH),
            "");
    append(message);
    assertThat(readAll(message.chat())).containsExactly(message);
    assertThat(storage.get(message.author(), message.id())).isPresent();
  }

  @Test
  void sameMessageFromManyThreadsIsAppendedOnce() {
    for (ChatMessage message : messages("race", 20)) {
      List<Entry> entries =
          onThreads(WRITERS, writer -> List.of(append(message))).stream()
              .flatMap(List::stream)
              .toList();
      assertThat(entries).hasSize(WRITERS);
      assertThat(entries.stream().distinct()).hasSize(1);
    }
    assertThat(readAll(CHAT)).containsExactlyInAnyOrderElementsOf(messages("race", 20));
  }

  @Test
  void groupsThatOverlapInOppositeOrdersDoNotLockEachOther() {
    List<ChatMessage> there = messages("text", 50);
    List<ChatMessage> back = new ArrayList<>(there);
    Collections.reverse(back);
    onThreads(WRITERS, writer -> storage.append(writer % 2 == 0 ? there : back));
    assertThat(readAll(CHAT)).hasSize(50).containsAll(there);
  }

  @Test
  void tailingReaderMissesNothingAndSeesGroupsWhole() {
    CompletableFuture<List<List<List<Entry>>>> writing =
        Background.supply(() -> onThreads(WRITERS, this::writeGroups));
    List<Event> seen = tail(WRITERS * GROUPS * GROUP, GROUP);
    Await.result(writing);
    assertThat(seen).doesNotHaveDuplicates().isEqualTo(readAll(CHAT));
    for (int writer = 0; writer < WRITERS; writer++) {
      String prefix = writer + "-";
      assertThat(seen)
          .filteredOn(event -> event.id().value().startsWith(prefix))
          .isEqualTo(messages(prefix + "x", GROUPS * GROUP));
    }
  }

  @Test
  void groupOfTwoChatsIsSeenInBothOrInNone() {
    int groups = 300;
    CompletableFuture<Void> writing =
        Background.run(() -> IntStream.range(0, groups).forEach(this::appendToBoth));
    Tail chat = new Tail(CHAT);
    Tail other = new Tail(OTHER);
    Await.until(
        "both tails",
        () -> {
          int inChat = chat.read();
          int inOther = other.read();
          assertThat(inOther).as("in the chat that is read second").isGreaterThanOrEqualTo(inChat);
          assertThat(chat.read()).as("read second now").isGreaterThanOrEqualTo(inOther);
          return inOther >= groups;
        });
    Await.result(writing);
  }

  private void appendToBoth(int number) {
    ChatMessage one = message(CHAT, ALICE, "one-" + number, "one");
    ChatMessage two = message(OTHER, ALICE, "two-" + number, "two");
    storage.append(number % 2 == 0 ? List.of(one, two) : List.of(two, one));
  }

  /** A reader that counts what it has come past. */
  private final class Tail {
    private final ChatId chat;
    private Cursor cursor = Cursor.START;
    private int count;

    Tail(ChatId chat) {
      this.chat = chat;
    }

    /** Reads to the end; returns how many there were so far. */
    int read() {
      Page page;
      do {
        page = storage.readAfter(chat, cursor, 1000);
        cursor = page.next();
        count += page.entries().size();
      } while (!page.atEnd());
      return count;
    }
  }

  private List<List<Entry>> writeGroups(int writer) {
    List<ChatMessage> all = messages(writer + "-x", GROUPS * GROUP);
    return IntStream.range(0, GROUPS)
        .mapToObj(i -> storage.append(all.subList(i * GROUP, (i + 1) * GROUP)))
        .toList();
  }

  /** Reads on until it has seen so many, which come in groups. */
  List<Event> tail(int count, int group) {
    List<Event> seen = new ArrayList<>();
    Cursor[] cursor = {Cursor.START};
    Await.until(
        "the tailing reader",
        () -> {
          Page page = storage.readAfter(CHAT, cursor[0], 7);
          assertThat(page.lost()).isFalse();
          seen.addAll(events(page.entries()));
          cursor[0] = page.next();
          assertThat(page.atEnd() && seen.size() % group != 0).as("half a group").isFalse();
          return seen.size() >= count;
        });
    return seen;
  }

  static <T> List<T> onThreads(int count, IntFunction<T> task) {
    return IntStream.range(0, count)
        .mapToObj(i -> Background.supply(() -> task.apply(i)))
        .toList()
        .stream()
        .map(Await::result)
        .toList();
  }
}
