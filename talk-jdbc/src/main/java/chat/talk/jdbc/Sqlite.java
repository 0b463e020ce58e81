package chat.talk.jdbc;

import com.zaxxer.hikari.HikariConfig;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite: one file, and beside it the log of what was committed last ({@code -wal}). */
final class Sqlite extends Dialect {
  /** Enough for some 100,000 messages. */
  private static final Duration CHECK_PATIENCE = Duration.ofMillis(200);

  /**
   * KiB for pages that the writing connection keeps: the last page of the order by place of each of
   * some thousand chats, which else is read again for nearly each message.
   */
  private static final String CACHE_SIZE = "-32000";

  private static final Set<SQLiteErrorCode> REPEAT =
      EnumSet.of(
          SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE,
          SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY,
          SQLiteErrorCode.SQLITE_CONSTRAINT_ROWID);

  private final String url;
  private final SqliteFile file;
  private final Duration checkPatience;

  Sqlite(String url) {
    this(url, CHECK_PATIENCE);
  }

  /** With how long opening waits for the check of all pages, which goes on afterwards. */
  Sqlite(String url, Duration checkPatience) {
    this.url = url;
    this.checkPatience = checkPatience;
    this.file = new SqliteFile(SqliteUrl.file(url));
  }

  @Override
  String name() {
    return "SQLite " + file.path();
  }

  @Override
  Path file() {
    file.requireFolder();
    return NewFile.resolve(file.path());
  }

  @Override
  String migrations() {
    return "sqlite";
  }

  @Override
  HikariConfig pool(boolean forWriting) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.addDataSourceProperty("journal_mode", "WAL");
    config.addDataSourceProperty("synchronous", "FULL");
    config.addDataSourceProperty("busy_timeout", "5000");
    if (forWriting) {
      config.addDataSourceProperty("cache_size", CACHE_SIZE);
    }
    // IMMEDIATE would lock out other processes: the driver begins the next transaction at once.
    config.addDataSourceProperty("transaction_mode", "DEFERRED");
    return config;
  }

  @Override
  Guard guard() {
    return new SqliteGuard(url, file, checkPatience);
  }

  @Override
  String upsert(String table, List<String> key, List<String> rest) {
    return Sql.upsert(table, key, rest);
  }

  @Override
  Trouble trouble(SQLException e) {
    int code = code(e);
    if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
      return Trouble.PASSING;
    }
    if (code == SQLiteErrorCode.SQLITE_FULL.code) {
      return Trouble.FULL;
    }
    if (isDamage(e)) {
      return Trouble.CORRUPT;
    }
    return e instanceof SQLiteException exact && REPEAT.contains(exact.getResultCode())
        ? Trouble.REPEAT
        : Trouble.OTHER;
  }

  /** Without what tells its kinds apart. */
  static int code(SQLException e) {
    return e.getErrorCode() & 0xff;
  }

  /** Whether a file is damaged, or none of SQLite's. */
  static boolean isDamage(SQLException e) {
    int code = code(e);
    return code == SQLiteErrorCode.SQLITE_CORRUPT.code
        || code == SQLiteErrorCode.SQLITE_NOTADB.code;
  }
}
