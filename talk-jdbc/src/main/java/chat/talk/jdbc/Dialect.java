package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import com.zaxxer.hikari.HikariConfig;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** What one kind of database does in its own way. */
abstract class Dialect {
  /** What has gone wrong, as far as it matters for what to do next. */
  enum Trouble {
    /** Nothing was changed, and the same may well succeed at once: a deadlock, a busy database. */
    PASSING,
    /** The connection is gone, or the server is not there; a commit may have been made or not. */
    AWAY,
    /** There is no room: nothing was changed. */
    FULL,
    /** The file is damaged: nothing in it can be trusted. */
    CORRUPT,
    /** A key that must be unique is there already. */
    REPEAT,
    /** Anything else: the same will fail again. */
    OTHER
  }

  /** The dialect of a JDBC URL or a file's path; a path is a SQLite file's. */
  static Dialect of(String urlOrPath) {
    String lower = urlOrPath.toLowerCase(Locale.ROOT);
    if (lower.startsWith("jdbc:sqlite:")) {
      return new Sqlite(urlOrPath);
    }
    if (!lower.startsWith("jdbc:")) {
      return new Sqlite("jdbc:sqlite:" + Path.of(urlOrPath));
    }
    throw new ChatException(Code.INVALID, "no such kind of database: a path, jdbc:sqlite:, …");
  }

  /** What people call it. */
  abstract String name();

  /** The folder of its migrations. */
  abstract String migrations();

  /** The pool for reading, and for the one connection that writes. */
  abstract HikariConfig pool(boolean forWriting);

  /** Inserts a row, or changes all but the key of the one that there is. */
  abstract String upsert(String table, List<String> key, List<String> rest);

  /** What has gone wrong. */
  abstract Trouble trouble(SQLException e);

  /** The text as the database can keep it. */
  String encode(String text) {
    return text;
  }

  /** The text as it was. */
  String decode(String stored) {
    return stored;
  }
}
