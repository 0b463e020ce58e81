package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessage.Revision;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.UserName;
import chat.talk.room.HubStorage;
import chat.talk.room.HubStorage.Change;
import chat.talk.room.HubStorage.Stretch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jetbrains.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the first programs have made works as it did, and becomes a new file by a backup. */
final class FirstFileTest {
  private static final UserName READER = UserName.of("user-1");
  private static final UserName WRITER = UserName.of("writer");
  private static final int PAGE = 7;

  @TempDir private Path folder;
  private Path file;
  private Path first;

  /** Both hold the same, with the same places. */
  @BeforeEach
  void makeBoth() throws Exception {
    file = folder.resolve("new.db");
    first = folder.resolve("first.db");
    try (Database database = open(file)) {
      new RandomContent(1).fill(database);
    }
    Files.copy(file, first);
    // Without it, all places would be new ones.
    Files.copy(new SqliteFile(file).witness(), new SqliteFile(first).witness());
    FirstFile.bringBack(first);
  }

  private static Database open(Path file) {
    return Database.open(file.toString());
  }

  private static List<String> dump(Path file) {
    try (Database database = open(file)) {
      return FirstSchema.dump(Dump.of(database));
    }
  }

  @Test
  void itGoesOnAsItLies() throws SQLException {
    assertThat(FirstFile.is(first)).isTrue();
    assertThat(dump(first)).isEqualTo(dump(file));
    assertThat(FirstFile.is(first)).isTrue();
    assertThat(FirstFile.is(file)).isFalse();
  }

  @Test
  void whatIsAskedOfItIsAnsweredAsANewFileDoes() {
    try (Database here = open(first);
        Database there = open(file)) {
      assertThat(answers(here)).isEqualTo(answers(there));
    }
  }

  @Test
  void whatIsAddedToItIsHeldAsANewFileDoes() {
    try (Database here = open(first);
        Database there = open(file)) {
      new RandomContent(2).fill(here);
      new RandomContent(2).fill(there);
      assertThat(answers(here)).isEqualTo(answers(there));
    }
    assertThat(dump(first)).isEqualTo(dump(file));
  }

  @Test
  void emptyOneIsFilledAsANewFileIs() throws SQLException {
    Path empty = folder.resolve("empty.db");
    open(empty).close();
    FirstFile.bringBack(empty);
    try (Database database = open(empty)) {
      new RandomContent(1).fill(database);
      assertThat(FirstSchema.dump(Dump.of(database))).isEqualTo(dump(file));
    }
    assertThat(FirstFile.is(empty)).isTrue();
  }

  @Test
  void everyChangeOfEntriesChangesItAsANewFile() {
    try (Database here = open(first);
        Database there = open(file)) {
      for (List<Change> changes : changes(there.storage())) {
        for (int i = 0; i < 2; i++) {
          assertThat(here.storage().commit(changes)).isEqualTo(there.storage().commit(changes));
        }
        assertThat(answers(here)).isEqualTo(answers(there));
      }
    }
    assertThat(dump(first)).isEqualTo(dump(file));
  }

  /** To be made one after the other. */
  private static List<List<Change>> changes(HubStorage storage) {
    Entry entry = all(storage).get(0);
    ChatId chat = entry.event().chat();
    Cursor head = storage.head(chat);
    ChatMessage said = said(chat, "said", entry.event().key());
    ChatMessage other = said(chat, "other", null);
    Event erased =
        new Event.Erased(chat, MessageId.of("erased"), WRITER, FactSamples.TIME, said.id());
    return List.of(
        List.of(append(said), append(other)),
        List.of(append(edit(said, head)), new Change.Rewrite(said.key(), "edited")),
        List.of(append(edit(other, head)), new Change.Rewrite(other.key(), "edited")),
        List.of(append(erased), new Change.Erase(said.key())),
        List.of(new Change.Expire(chat, new Cursor(head.epoch(), head.sequence() + 2))));
  }

  private static ChatMessage said(ChatId chat, String text, @Nullable MessageKey about) {
    MessageId id = MessageId.of(text);
    return new ChatMessage(chat, id, WRITER, text, FactSamples.TIME, about, Revision.ORIGINAL);
  }

  private static Event edit(ChatMessage message, Cursor at) {
    MessageId id = MessageId.of("edit-" + message.id().value());
    return new Event.Edited(message.chat(), id, WRITER, message.time(), message.id(), at, "edited");
  }

  private static Change append(Event event) {
    return new Change.Append(event);
  }

  @Test
  void itGoesOverIntoANewFileByABackup() throws SQLException {
    List<String> content = dump(first);
    Backup backup = Backup.at(folder.resolve("backup.db"));
    try (Database database = open(first)) {
      backup.save(database);
    }
    Path restored = folder.resolve("restored.db");
    backup.restore(Database.builder(restored.toString()));
    assertThat(FirstFile.is(restored)).isFalse();
    assertThat(dump(restored)).isEqualTo(content);
  }

  /** What is said of entries when they are asked for in each way that there is. */
  private static List<Object> answers(Database database) {
    HubStorage storage = database.storage();
    List<Object> answers = new ArrayList<>(List.of(storage.heads(), storage.chats()));
    for (ChatId chat : chats(storage)) {
      addPages(answers, storage, chat);
      answers.add(storage.head(chat));
      answers.add(storage.position(READER, chat));
    }
    List<Entry> all = all(storage);
    answers.add(storage.find(all.stream().map(entry -> entry.event().key()).toList()));
    for (Entry entry : all) {
      Event event = entry.event();
      Cursor at = entry.cursor();
      answers.add(storage.get(event.author(), event.id()));
      answers.add(storage.comments(event.key(), Cursor.START, PAGE));
      answers.add(storage.comments(event.key(), at, PAGE));
      answers.add(
          storage.count(
              READER,
              List.of(
                  new Stretch(event.chat(), Cursor.START, at),
                  new Stretch(event.chat(), at, storage.head(event.chat())))));
    }
    return answers;
  }

  private static List<ChatId> chats(HubStorage storage) {
    return storage.chats().stream().sorted(Comparator.comparing(ChatId::value)).toList();
  }

  private static void addPages(List<Object> answers, HubStorage storage, ChatId chat) {
    Page after = storage.readAfter(chat, Cursor.START, PAGE);
    answers.add(after);
    while (!after.atEnd()) {
      after = storage.readAfter(chat, after.next(), PAGE);
      answers.add(after);
    }
    Page before = storage.readBefore(chat, Cursor.END, PAGE);
    answers.add(before);
    while (!before.atEnd()) {
      before = storage.readBefore(chat, before.next(), PAGE);
      answers.add(before);
    }
  }

  private static List<Entry> all(HubStorage storage) {
    return chats(storage).stream()
        .flatMap(chat -> storage.readAfter(chat, Cursor.START, 10_000).entries().stream())
        .toList();
  }
}
