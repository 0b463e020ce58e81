package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.jdbc.FileLocks.Hold;
import chat.talk.jdbc.FileLocks.Use;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Puts what a backup holds into a database. */
final class Restoration {
  private static final List<String> BESIDES = List.of("-wal", "-shm", "-journal");

  private static final String TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table'";

  private final SoleConnection backup;
  private final boolean replace;

  Restoration(SoleConnection backup, boolean replace) {
    this.backup = backup;
    this.replace = replace;
  }

  /** Into a server's database, in one transaction. */
  void into(DatabaseBuilder builder) {
    try (Database database = builder.open()) {
      database
          .pool()
          .write(
              statements -> {
                makeRoom(statements);
                copy(Side.of(statements));
                return null;
              });
    }
  }

  private void makeRoom(Statements statements) throws SQLException {
    for (int i = Tables.ALL.size() - 1; i >= 0; i--) {
      Table table = Tables.ALL.get(i);
      requireNothing(table.hasRows(statements), statements.dialect().name());
      statements.update(table.delete(), nothing -> {});
    }
  }

  private void requireNothing(boolean something, Object where) {
    if (something && !replace) {
      throw new ChatException(Code.CONFLICT, where + ": it holds something already");
    }
  }

  private void copy(Side to) throws SQLException {
    NewLives lives = backup.run(() -> NewLives.ofAllLogs(backup.statements()));
    BackupFile.copy(backup, to, lives::begin);
  }

  /** Into a new file that takes the place of the old one. */
  void into(Path target) {
    try (Hold hub = FileLocks.take(target, Use.HUB);
        Hold all = FileLocks.take(target, Use.REPLACE)) {
      requireReplaceable(target);
      try (NewFile part = NewFile.beside(target)) {
        fill(part.path());
        requireReplaceable(target);
        part.publish();
      }
    }
  }

  private void fill(Path part) {
    SoleConnection.makeTables(part);
    try (SoleConnection to = SoleConnection.toFill(part)) {
      to.run(
          () -> {
            copy(to);
            SqliteGuard.renew(to.statements());
            return null;
          });
      to.commit();
      to.check();
    }
  }

  /**
   * What is damaged is not replaced: somebody may still save something of it. Afterwards nothing is
   * beside the file that a new one could take for its own.
   */
  private void requireReplaceable(Path target) {
    if (!Files.exists(target)) {
      requireNothingBeside(target);
      return;
    }
    try (SoleConnection old = SoleConnection.alone(target)) {
      requireNothing(holdsAnything(old), target);
    }
  }

  private static boolean holdsAnything(SoleConnection file) {
    if (file.number("SELECT COUNT(*) FROM sqlite_schema") == 0) {
      return false;
    }
    file.run(() -> BackupFile.requireNone(file.statements()));
    List<String> tables = file.query(TABLES, Row::texts);
    if (!tables.contains(Tables.LOGS.name())) {
      throw new ChatException(Code.CONFLICT, file + ": it is no database of Talk's");
    }
    return file.run(() -> holdsAnything(file.statements(), tables));
  }

  private static boolean holdsAnything(Statements statements, List<String> tables)
      throws SQLException {
    for (Table table : Tables.ALL) {
      if (tables.contains(table.name()) && table.hasRows(statements)) {
        return true;
      }
    }
    return false;
  }

  private static void requireNothingBeside(Path target) {
    for (String end : BESIDES) {
      Path file = target.resolveSibling(target.getFileName() + end);
      if (Files.exists(file)) {
        throw new ChatException(
            Code.CONFLICT, file + ": it belongs to a database that is not there any more");
      }
    }
  }
}
