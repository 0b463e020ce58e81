package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.MessageId;
import chat.talk.Page;
import chat.talk.UserName;
import chat.talk.jdbc.Backup.Contents;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage;
import chat.talk.room.HubStorage.Change;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup has to hold, whichever database it is of or goes into. */
abstract class BackupContract {
  private static final ChatId CHAT = ChatId.of("chat");
  private static final ChatId OTHER = ChatId.of("other");
  private static final UserName ALICE = UserName.of("alice");
  private static final int BACKUPS = 5;

  @TempDir Path folder;

  /** An empty database, always the same one. */
  abstract DatabaseBuilder database();

  /** A database besides. */
  private DatabaseBuilder elsewhere() {
    return Database.builder(folder.resolve("elsewhere.db").toString());
  }

  private Path file() {
    return folder.resolve("backup.db");
  }

  @RepeatedTest(3)
  void whatIsRestoredIsWhatWasSaved(RepetitionInfo repetition) {
    List<String> before = fill(elsewhere(), repetition.getCurrentRepetition());
    save(elsewhere());
    restore(database());
    assertThat(dump(database())).isEqualTo(before);
    Path second = folder.resolve("second.db");
    try (Database database = database().open()) {
      Backup.at(second).save(database);
    }
    Backup.at(second).replacing().restore(elsewhere());
    assertThat(dump(elsewhere())).isEqualTo(before);
  }

  @Test
  void everyLogBeginsANewLife() {
    fill(database(), 7);
    List<Long> before = epochs(database());
    save(database());
    Backup.at(file()).replacing().restore(database());
    assertThat(epochs(database())).hasSameSizeAs(before).doesNotContainAnyElementsOf(before);
  }

  @Test
  void placesOfTheLostFutureAreLost() {
    Cursor lost;
    Cursor saved;
    try (Database database = database().open()) {
      saved = append(database, message("saved"));
      database.storage().savePosition(ALICE, CHAT, saved);
      Backup.at(file()).save(database);
      append(database, message("lost"));
      lost = append(database, message("lost too"));
      database.storage().savePosition(ALICE, CHAT, lost);
    }
    Backup.at(file()).replacing().restore(database());
    try (Database database = database().open()) {
      HubStorage storage = database.storage();
      append(database, message("new"));
      Page page = storage.readAfter(CHAT, lost, 10);
      assertThat(page.lost()).isTrue();
      assertThat(texts(page)).containsExactly("saved", "new");
      assertThat(storage.readAfter(CHAT, saved, 10).lost()).isTrue();
      Page since = storage.readAfter(CHAT, storage.position(ALICE, CHAT), 10);
      assertThat(since.lost()).isFalse();
      assertThat(texts(since)).containsExactly("new");
    }
  }

  @Test
  void whatADatabaseHoldsIsReplacedOnlyWhenAsked() {
    fill(elsewhere(), 1);
    save(elsewhere());
    List<String> before = fill(database(), 2);
    assertFails(Code.CONFLICT, () -> restore(database()));
    assertThat(dump(database())).isEqualTo(before);
    Backup.at(file()).replacing().restore(database());
    assertThat(dump(database())).isEqualTo(dump(elsewhere()));
  }

  @Test
  void anEmptyDatabaseCanBeSavedAndRestored() {
    Contents saved = save(database());
    Contents restored = restore(elsewhere());
    assertThat(saved.messages()).isZero();
    assertThat(restored).isEqualTo(saved);
    assertThat(dump(elsewhere())).isEqualTo(dump(database()));
  }

  @Test
  void aBackupThatIsNotAsItWasChangesNothing() throws SQLException {
    fill(elsewhere(), 3);
    save(elsewhere());
    List<String> before = fill(database(), 4);
    execute("UPDATE files SET size = size / 2 + 1", "UPDATE schedule SET text = text || '.'");
    Backup replacing = Backup.at(file()).replacing();
    assertFails(Code.STORAGE, () -> replacing.restore(database()));
    assertThat(dump(database())).isEqualTo(before);
    execute("DROP TABLE registrations");
    assertFails(Code.STORAGE, () -> replacing.restore(database()));
    assertThat(dump(database())).isEqualTo(before);
  }

  @Test
  void anOlderBackupIsBroughtUpToDateOnACopy() throws Exception {
    List<String> saved = saveOlder();
    byte[] before = Files.readAllBytes(file());
    restore(database());
    assertThat(dump(database())).isEqualTo(FirstSchema.dump(saved));
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  /** Says what it holds. */
  List<String> saveOlder() throws SQLException {
    List<String> saved = fill(elsewhere(), 1);
    save(elsewhere());
    try (Connection backup = DriverManager.getConnection("jdbc:sqlite:" + file())) {
      FirstSchema.bringBackupBack(backup);
    }
    return saved;
  }

  @Test
  void whatIsWrittenMeanwhileIsInTheBackupWhollyOrNotAtAll() {
    AtomicBoolean enough = new AtomicBoolean();
    try (Database database = database().open()) {
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(() -> writeUntil(enough, database.storage()));
      for (int i = 0; i < BACKUPS; i++) {
        Backup.at(file()).replacing().save(database);
        Backup.at(file()).replacing().restore(elsewhere());
        assertIsWhole();
      }
      enough.set(true);
      writing.join();
    }
  }

  /** A fact is written with each message: how many there are. */
  private static void writeUntil(AtomicBoolean enough, HubStorage storage) {
    for (int i = 1; !enough.get(); i++) {
      storage.commit(
          List.of(
              new Change.Append(message("text " + i)),
              new Change.Put(new Fact.Window(ALICE, Instant.EPOCH, i)),
              new Change.Append(message(OTHER, "text " + i))));
    }
  }

  private void assertIsWhole() {
    try (Database copy = elsewhere().open()) {
      HubStorage storage = copy.storage();
      long count = storage.head(CHAT).sequence();
      assertThat(storage.head(OTHER).sequence()).isEqualTo(count);
      try (var facts = storage.facts()) {
        assertThat(facts.map(fact -> (long) ((Fact.Window) fact).count()))
            .isEqualTo(count == 0 ? List.of() : List.of(count));
      }
    }
  }

  @Test
  void contentsAreCounted() {
    try (Database database = database().open()) {
      append(database, message("one"));
      append(database, message("two"));
      append(database, message(OTHER, "three"));
      Instant before = Instant.now();
      Contents contents = Backup.at(file()).save(database);
      assertThat(contents.messages()).isEqualTo(3);
      assertThat(contents.chats()).isEqualTo(2);
      assertThat(contents.time()).isBetween(before.minusMillis(1), Instant.now());
    }
  }

  List<String> fill(DatabaseBuilder builder, long seed) {
    try (Database database = builder.open()) {
      new RandomContent(seed).fill(database);
      return Dump.of(database);
    }
  }

  Contents save(DatabaseBuilder builder) {
    try (Database database = builder.open()) {
      return Backup.at(file()).save(database);
    }
  }

  Contents restore(DatabaseBuilder builder) {
    return Backup.at(file()).restore(builder);
  }

  static List<String> dump(DatabaseBuilder builder) {
    try (Database database = builder.open()) {
      return Dump.of(database);
    }
  }

  private static List<Long> epochs(DatabaseBuilder builder) {
    try (Database database = builder.open()) {
      return Dump.epochs(database);
    }
  }

  /** Changes the backup. */
  private void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static Cursor append(Database database, ChatMessage message) {
    return database.storage().append(List.of(message)).get(0).cursor();
  }

  static ChatMessage message(String text) {
    return message(CHAT, text);
  }

  private static ChatMessage message(ChatId chat, String text) {
    return new ChatMessage(chat, MessageId.random(), ALICE, text, Instant.EPOCH);
  }

  private static List<String> texts(Page page) {
    return page.entries().stream().map(entry -> ((ChatMessage) entry.event()).text()).toList();
  }

  static void assertFails(Code code, Runnable task) {
    assertThatThrownBy(task::run)
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }
}
