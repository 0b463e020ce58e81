package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import com.zaxxer.hikari.HikariConfig;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.sqlite.SQLiteErrorCode;

/** SQLite: one file, and beside it the log of what was committed last ({@code -wal}). */
final class Sqlite extends Dialect {
  private static final Pattern NO_FILE =
      Pattern.compile("jdbc:sqlite:( *|.*:memory:.*|.*[?&]mode=memory.*)");

  private final String url;

  Sqlite(String url) {
    this.url = url;
  }

  @Override
  String name() {
    return "SQLite";
  }

  @Override
  String migrations() {
    return "sqlite";
  }

  @Override
  HikariConfig pool(boolean forWriting) {
    if (NO_FILE.matcher(url).matches()) {
      throw new ChatException(Code.INVALID, "a database needs a file: memory keeps nothing");
    }
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.addDataSourceProperty("journal_mode", "WAL");
    config.addDataSourceProperty("synchronous", "FULL");
    config.addDataSourceProperty("busy_timeout", "5000");
    // IMMEDIATE would lock out other processes: the driver begins the next transaction at once.
    config.addDataSourceProperty("transaction_mode", "DEFERRED");
    return config;
  }

  /** A statement that changes nothing takes the turn to write, and waits for it. */
  @Override
  void beginWriting(Statements statements) throws SQLException {
    statements.update("DELETE FROM logs WHERE log < 0", nothing -> {});
  }

  @Override
  String upsert(String table, List<String> key, List<String> rest) {
    return Sql.upsert(table, key, rest);
  }

  @Override
  Trouble trouble(SQLException e) {
    int code = e.getErrorCode() & 0xff;
    if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
      return Trouble.PASSING;
    }
    if (code == SQLiteErrorCode.SQLITE_FULL.code) {
      return Trouble.FULL;
    }
    if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return Trouble.CORRUPT;
    }
    return code == SQLiteErrorCode.SQLITE_CONSTRAINT.code ? Trouble.REPEAT : Trouble.OTHER;
  }
}
