package chat.talk.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups of files of SQLite, and all that can be wrong with files. */
final class SqliteBackupTest extends BackupContract {
  @Override
  DatabaseBuilder database() {
    return Database.builder(path().toString());
  }

  private Path path() {
    return folder.resolve("talk.db");
  }

  private Path file() {
    return folder.resolve("backup.db");
  }

  @Test
  void aFileThatIsThereIsReplacedOnlyWhenAsked() throws IOException {
    fill(database(), 1);
    Files.writeString(file(), "mine");
    assertFails(Code.CONFLICT, () -> save(database()));
    assertThat(file()).hasContent("mine");
    try (Database database = database().open()) {
      Backup.at(file()).replacing().save(database);
    }
    Path restored = folder.resolve("restored.db");
    restore(Database.builder(restored.toString()));
    assertThat(dump(Database.builder(restored.toString()))).isEqualTo(dump(database()));
    assertNothingIsLeft();
  }

  @Test
  void onlyItsOwnerMayReadABackup() throws IOException {
    save(database());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "talk.db",
        "./talk.db",
        "talk.db-wal",
        "talk.db-shm",
        "talk.db-lock",
        "talk.db-commits"
      })
  void aDatabaseIsNotOverwrittenWithItsOwnBackup(String name) {
    List<String> before = fill(database(), 1);
    try (Database database = database().open()) {
      Backup backup = Backup.at(folder.resolve(name)).replacing();
      assertFails(Code.INVALID, () -> backup.save(database));
    }
    assertFails(Code.INVALID, () -> Backup.at(path()).replacing().restore(database()));
    assertThat(dump(database())).isEqualTo(before);
  }

  @Test
  void aLinkToTheDatabaseIsTheDatabase() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), path());
    List<String> before = fill(database(), 1);
    try (Database database = Database.open(link.toString())) {
      assertFails(Code.INVALID, () -> Backup.at(path()).replacing().save(database));
    }
    try (Database database = database().open()) {
      assertFails(Code.INVALID, () -> Backup.at(link).replacing().save(database));
    }
    save(database());
    Backup.at(file()).replacing().restore(Database.builder(link.toString()));
    assertThat(link).isSymbolicLink();
    assertThat(dump(database())).isEqualTo(before);
  }

  @Test
  void whereNoFileCanBeIsSaid() throws IOException {
    Files.createDirectory(folder.resolve("folder"));
    try (Database database = database().open()) {
      assertFails(Code.CONFLICT, () -> Backup.at(folder.resolve("folder")).save(database));
      assertFails(Code.STORAGE, () -> Backup.at(folder.resolve("no/such")).save(database));
      assertFails(Code.STORAGE, () -> Backup.at(Path.of("/proc/backup.db")).save(database));
      assertFails(Code.INVALID, () -> Backup.at(folder.resolve("a?b")).save(database));
    }
    Backup nothing = Backup.at(folder.resolve("nothing.db"));
    assertFails(Code.STORAGE, () -> nothing.restore(database()));
    assertFails(Code.STORAGE, () -> Backup.at(folder).restore(database()));
    save(database());
    assertFails(Code.STORAGE, () -> restore(Database.builder("/proc/talk.db")));
    assertFails(Code.STORAGE, () -> restore(Database.builder(folder + "/folder")));
    assertNothingIsLeft();
  }

  @Test
  void onlyABackupIsRestored() throws IOException, SQLException {
    Files.writeString(file(), "some text ".repeat(1000));
    assertFails(Code.STORAGE, () -> restore(database()));
    Files.write(file(), new byte[0]);
    assertFails(Code.STORAGE, () -> restore(database()));
    Path other = folder.resolve("other.db");
    fill(Database.builder(other.toString()), 1);
    assertThatThrownBy(() -> Backup.at(other).restore(database()))
        .hasMessageContaining("other.db: it is no backup");
    assertThat(path()).doesNotExist();
  }

  @Test
  void whatIsNoDatabaseOfTalksIsNotReplaced() throws Exception {
    save(Database.builder(folder.resolve("empty.db").toString()));
    Backup backup = Backup.at(file()).replacing();
    Files.writeString(path(), "some text ".repeat(1000));
    assertFails(Code.STORAGE, () -> backup.restore(database()));
    assertThat(path()).hasContent("some text ".repeat(1000));
    Files.delete(path());
    execute(path(), "CREATE TABLE mine (a)");
    assertFails(Code.CONFLICT, () -> backup.restore(database()));
    Files.delete(path());
    Files.writeString(folder.resolve("talk.db-wal"), "left behind");
    assertFails(Code.CONFLICT, () -> backup.restore(database()));
    assertThat(path()).doesNotExist();
    Files.delete(folder.resolve("talk.db-wal"));
    Files.createFile(path());
    backup.restore(database());
    assertNothingIsLeft();
  }

  @Test
  void aNewerBackupIsRefused() throws SQLException {
    save(database());
    execute(file(), "UPDATE backup SET format = 2");
    assertThatThrownBy(() -> restore(database())).hasMessageContaining("use a newer one");
    execute(
        file(),
        "UPDATE backup SET format = 1",
        "UPDATE flyway_schema_history SET version = '" + (Schema.LATEST + 1) + "'");
    assertThatThrownBy(() -> restore(database())).hasMessageContaining("use a newer one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE tokens SET digest = digest || '0'",
        "UPDATE users SET password = 'known'",
        "UPDATE entries SET text = 'never said' WHERE kind = 'message'",
        "UPDATE backup_tables SET checksum = checksum + 1 WHERE name = 'tokens'",
        "DELETE FROM backup_tables",
        "DROP TABLE registrations",
        "ALTER TABLE users RENAME COLUMN password TO passwore",
        "UPDATE flyway_schema_history SET version = '0'",
        "UPDATE flyway_schema_history SET success = 0"
      })
  void anOlderBackupThatIsNotAsItWasChangesNothing(String change) throws SQLException {
    saveOlder();
    execute(file(), change);
    List<String> before = fill(database(), 2);
    assertThatThrownBy(() -> Backup.at(file()).replacing().restore(database()))
        .isInstanceOf(ChatException.class)
        .hasMessageStartingWith(file() + ": ");
    assertThat(dump(database())).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"talk.db", "backup.db"})
  void theCopyOfAnOlderBackupIsItsOwnersAndGoesAgain(String beside) throws Exception {
    saveOlder();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("r--r--r--"));
    Path left = Files.writeString(folder.resolve(beside + ".left.part"), "half a copy");
    try (NewFile copy = BackupFile.upToDateCopy(file(), folder.resolve(beside))) {
      assertThat(left).doesNotExist();
      assertThat(copy.path()).hasParent(folder);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.path())))
          .isEqualTo("rw-------");
    }
    restore(database());
    assertNothingIsLeft();
  }

  @Test
  void aSecondHubIsRefusedUntilTheFirstIsGone() {
    try (Database first = database().open();
        Database second = database().open()) {
      append(first, message("one"));
      assertThatThrownBy(second::storage)
          .hasMessageContaining(path() + ": another hub has it open");
      assertThat(second.history().head(message("").chat()).sequence()).isEqualTo(1);
      first.close();
      append(second, message("two"));
      assertThat(second.storage().head(message("").chat()).sequence()).isEqualTo(2);
    }
  }

  @Test
  void historyIsAsItWasAndCanNotBeWritten() {
    try (Database database = database().open()) {
      append(database, message("one"));
      var history = database.history();
      append(database, message("two"));
      ChatMessage more = message("more");
      assertThat(history.readAfter(more.chat(), Cursor.START, 10).entries()).hasSize(1);
      assertThat(history.chats()).containsExactly(more.chat());
      assertFails(Code.FORBIDDEN, () -> history.append(List.of(more)));
      assertFails(
          Code.FORBIDDEN, () -> history.savePosition(more.author(), more.chat(), Cursor.START));
    }
  }

  @Test
  void aBackupIsNoDatabaseToGoOnWith() throws IOException {
    save(database());
    assertFails(Code.CONFLICT, () -> Database.open(file().toString()).close());
    Path copy = Files.copy(file(), folder.resolve("copy.db"));
    Backup backup = Backup.at(file()).replacing();
    assertFails(Code.CONFLICT, () -> backup.restore(Database.builder(copy.toString())));
  }

  @Test
  void aDatabaseInUseIsNotReplaced() throws Exception {
    save(Database.builder(folder.resolve("empty.db").toString()));
    Backup backup = Backup.at(file()).replacing();
    try (Database database = database().open()) {
      assertThatThrownBy(() -> backup.restore(database()))
          .hasMessageContaining(path() + ": a running program has it open");
      database.storage();
      assertThatThrownBy(() -> backup.restore(database()))
          .hasMessageContaining(path() + ": another hub has it open");
      append(database, message("still there"));
    }
    try (Connection shell = connect(path());
        Statement statement = shell.createStatement()) {
      statement.executeQuery("SELECT * FROM logs").close();
      assertThatThrownBy(() -> backup.restore(database()))
          .hasMessageContaining(path() + ": it is in use");
    }
    backup.restore(database());
    assertNothingIsLeft();
  }

  @Test
  void whatACrashHasLeftIsDeletedButNotWhatIsUnderWay() throws IOException {
    Path left = folder.resolve("backup.db.left.part");
    Path underWay = folder.resolve("backup.db.busy.part");
    Files.writeString(left, "half a backup");
    SoleConnection.makeTables(underWay);
    try (SoleConnection busy = SoleConnection.toFill(underWay)) {
      busy.update("DELETE FROM logs", nothing -> {});
      save(database());
      assertThat(left).doesNotExist();
      assertThat(underWay).exists();
    }
    Files.delete(underWay);
  }

  @Test
  void onlyWhatIsThereIsOpenedWhenItMustBe() throws IOException {
    DatabaseBuilder existing = Database.builder(path().toString()).existing();
    assertFails(Code.STORAGE, () -> existing.open().close());
    assertThat(path()).doesNotExist();
    Files.createFile(path());
    assertFails(Code.STORAGE, () -> existing.open().close());
    Files.delete(path());
    fill(database(), 1);
    existing.open().close();
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.contains("part") || name.contains("journal"))
          .noneMatch(name -> name.endsWith("-wal") || name.endsWith("-shm"));
    }
  }

  private static Connection connect(Path path) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + path);
  }

  private static void execute(Path path, String... statements) throws SQLException {
    try (Connection connection = connect(path);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
