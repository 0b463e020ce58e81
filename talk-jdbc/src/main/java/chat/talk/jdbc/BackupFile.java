package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.jdbc.Backup.Contents;
import chat.talk.jdbc.Tally.Total;
import chat.talk.room.Blob;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jetbrains.annotations.Nullable;

/**
 * What a backup holds besides Talk's own tables: when and of what it was made, and how much it
 * holds, by which is seen whether it is whole.
 */
final class BackupFile {
  private static final int FORMAT = 1;

  private static final String MAKE =
      """
      CREATE TABLE backup (
        format INTEGER NOT NULL,
        time INTEGER NOT NULL,
        source TEXT NOT NULL,
        messages INTEGER NOT NULL,
        chats INTEGER NOT NULL,
        files INTEGER NOT NULL,
        missing INTEGER NOT NULL
      ) STRICT""";

  private static final String MAKE_TOTALS =
      """
      CREATE TABLE backup_tables (
        name TEXT NOT NULL PRIMARY KEY,
        row_count INTEGER NOT NULL,
        checksum INTEGER NOT NULL
      ) STRICT""";

  private static final String IS_BACKUP =
      "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = 'backup'";

  private static final String ADD =
      "INSERT INTO backup (format, time, source, messages, chats, files, missing) VALUES (?, ?, ?, ?, ?, ?, ?)";

  private static final String ADD_TOTAL =
      "INSERT INTO backup_tables (name, row_count, checksum) VALUES (?, ?, ?)";

  private static final String CONTENTS = "SELECT time, messages, chats, files, missing FROM backup";
  private static final String TOTALS = "SELECT name, row_count, checksum FROM backup_tables";

  private static final String COLUMNS = "SELECT name FROM pragma_table_info('%s')";

  private static final String MESSAGES = "SELECT COUNT(*) FROM entries WHERE kind = 'message'";
  private static final String CHATS =
      "SELECT COUNT(*) FROM logs l WHERE EXISTS"
          + " (SELECT 1 FROM entries e WHERE e.log = l.log AND e.kind = 'message')";

  private BackupFile() {}

  /**
   * Fills a new and empty file.
   *
   * @param files where the bytes of files are, null to leave them out
   */
  static Contents write(Path file, Statements from, Instant time, @Nullable Path files)
      throws SQLException {
    SoleConnection.makeTables(file);
    try (SoleConnection to = SoleConnection.toFill(file)) {
      to.execute(MAKE);
      to.execute(MAKE_TOTALS);
      for (Table table : Tables.ALL) {
        Tally tally = new Tally();
        TableRows.copy(table, Side.of(from), to, tally::add);
        add(to, table, tally.total());
      }
      List<Blob> blobs = addFiles(to, files);
      Contents contents =
          new Contents(
              time,
              to.number(MESSAGES),
              to.number(CHATS),
              files == null ? 0 : blobs.size(),
              files == null ? blobs.size() : 0);
      add(to, contents, from.dialect().migrations());
      to.commit();
      to.check();
      return contents;
    }
  }

  private static List<Blob> addFiles(SoleConnection to, @Nullable Path files) {
    BackupBlobs.makeTable(to);
    List<Blob> blobs = BackupBlobs.wanted(to);
    if (files != null) {
      blobs.forEach(blob -> BackupBlobs.save(files, blob, to));
    }
    return blobs;
  }

  private static void add(SoleConnection to, Table table, Total total) {
    to.update(
        ADD_TOTAL, row -> row.text(table.name()).number(total.rows()).number(total.checksum()));
  }

  private static void add(SoleConnection to, Contents contents, String source) {
    to.update(
        ADD,
        row ->
            row.number(FORMAT)
                .time(contents.time())
                .text(source)
                .number(contents.messages())
                .number(contents.chats())
                .number(contents.files())
                .number(contents.missing()));
  }

  private static boolean isBackup(Statements statements) throws SQLException {
    return statements.query(IS_BACKUP, nothing -> {}, row -> row.next() && row.number() > 0);
  }

  /**
   * Keeps a backup from being used as if nothing had been lost since.
   *
   * @throws ChatException with CONFLICT when the database is a backup
   */
  static Void requireNone(Statements statements) throws SQLException {
    if (isBackup(statements)) {
      throw new ChatException(
          Code.CONFLICT, "it is a backup: restore it, and open what comes of that");
    }
    return null;
  }

  /**
   * Opens a backup, after a look at whether it is one that this program understands.
   *
   * @throws ChatException with STORAGE when it isn't, or is damaged
   */
  static SoleConnection open(Path file) {
    SoleConnection opened = SoleConnection.toRead(file);
    try {
      requireKnown(opened);
      opened.check();
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private static void requireKnown(SoleConnection file) {
    if (!file.run(() -> isBackup(file.statements()))) {
      throw new ChatException(Code.STORAGE, file + ": it is no backup of Talk's");
    }
    long format = file.number("SELECT MAX(format) FROM backup");
    long schema = file.number(Schema.VERSION);
    if (schema < 1) {
      throw new ChatException(Code.STORAGE, file + ": it is damaged: it doesn't know its schema");
    }
    if (format > FORMAT || schema > Schema.LATEST) {
      String what =
          "format %d and schema %d, but this program knows only %d and %d: use a newer one";
      String known = what.formatted(format, schema, FORMAT, Schema.LATEST);
      throw new ChatException(Code.STORAGE, file + ": it has " + known);
    }
  }

  /**
   * A copy of a backup, brought up to date.
   *
   * @param beside what it is put beside, for as long as it is needed
   * @return null when it is of this version already
   */
  static @Nullable NewFile upToDateCopy(Path file, Path beside) {
    try (SoleConnection old = SoleConnection.toRead(file)) {
      requireKnown(old);
      if (old.number(Schema.VERSION) == Schema.LATEST) {
        return null;
      }
      old.check();
      requireAllAsItWas(old);
    }
    NewFile copy = NewFile.temporary(beside);
    try {
      copy(file, copy.path());
      bringUpToDate(file, copy.path());
      return copy;
    } catch (RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  /** The sums are over the columns that there were then. */
  private static void requireAllAsItWas(SoleConnection file) {
    Map<String, Total> totals = file.query(TOTALS, BackupFile::totals);
    for (Table table : Tables.ALL) {
      List<String> columns = file.query(COLUMNS.formatted(table.name()), Row::texts);
      Total total = columns.isEmpty() ? null : tally(file, table.only(columns));
      if (!Objects.equals(total, totals.get(table.name()))) {
        throw damage(file, table.name());
      }
    }
  }

  private static Total tally(SoleConnection file, Table table) {
    return file.run(() -> TableRows.tally(table, file));
  }

  private static void bringUpToDate(Path file, Path copy) {
    try {
      SoleConnection.makeTables(copy);
      renewTotals(copy);
    } catch (ChatException e) {
      throw new ChatException(Code.STORAGE, file + ": " + e.getMessage(), e);
    }
  }

  private static void renewTotals(Path copy) {
    try (SoleConnection migrated = SoleConnection.toFill(copy)) {
      migrated.execute("DELETE FROM backup_tables");
      for (Table table : Tables.ALL) {
        add(migrated, table, tally(migrated, table));
      }
      migrated.commit();
    }
  }

  /** Into the file that is there: a new one would be as open to others as the backup is. */
  private static void copy(Path file, Path copy) {
    FileWork.run(
        "copy",
        file + " to " + copy,
        () -> {
          try (OutputStream out = Files.newOutputStream(copy)) {
            return Files.copy(file, out);
          }
        });
  }

  private static ChatException damage(SoleConnection file, String table) {
    return new ChatException(
        Code.STORAGE, file + ": it is damaged: not all of " + table + " is as it was");
  }

  static Contents contents(SoleConnection file) {
    return file.query(CONTENTS, BackupFile::contents);
  }

  private static Contents contents(Row row) throws SQLException {
    if (!row.next()) {
      throw new SQLException("it is not whole");
    }
    return new Contents(row.time(), row.number(), row.number(), row.number(), row.number());
  }

  /**
   * Copies all tables out of a backup.
   *
   * @param change is shown each row first
   * @throws ChatException with STORAGE when the backup isn't whole
   */
  static void copy(SoleConnection from, Side to, BiConsumer<Table, Object[]> change)
      throws SQLException {
    Map<String, Total> totals = from.query(TOTALS, BackupFile::totals);
    for (Table table : Tables.ALL) {
      Tally tally = new Tally();
      TableRows.copy(
          table,
          from,
          to,
          row -> {
            tally.add(row);
            change.accept(table, row);
          });
      if (!tally.total().equals(totals.get(table.name()))) {
        throw damage(from, table.name());
      }
    }
  }

  private static Map<String, Total> totals(Row row) throws SQLException {
    Map<String, Total> totals = new HashMap<>();
    while (row.next()) {
      totals.put(row.text(), new Total(row.number(), row.number()));
    }
    return totals;
  }
}
