package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import com.zaxxer.hikari.HikariConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jetbrains.annotations.Nullable;

/** What one kind of database does in its own way. */
abstract class Dialect {
  /** How the SQL states begin that are about who is connecting. */
  private static final String REFUSED = "28";

  /** A single letter is a drive. */
  private static final Pattern URL =
      Pattern.compile("\\s*[a-z][a-z0-9+.-]+:", Pattern.CASE_INSENSITIVE);

  /** What has gone wrong, as far as it matters for what to do next. */
  enum Trouble {
    /** Nothing was changed, and the same may well succeed soon: a deadlock, a busy database. */
    PASSING("others were in the way for too long"),
    /** The connection is gone, or the server is not there. */
    AWAY("the database is away"),
    /** There is no room: nothing was changed. */
    FULL("there is no room left"),
    /** What is stored is damaged. */
    CORRUPT("the database is damaged"),
    /** A key that must be unique is there already. */
    REPEAT("something is stored already"),
    /** Anything else: the same will fail again. */
    OTHER("the database has failed");

    private final String text;

    Trouble(String text) {
      this.text = text;
    }

    ChatException failure(Dialect dialect, SQLException e) {
      return new ChatException(Code.STORAGE, dialect.name() + ": " + text, e);
    }

    /** Whether a commit that failed so may have been made all the same. */
    boolean leavesCommitUnknown() {
      return this == AWAY || this == CORRUPT || this == OTHER;
    }
  }

  /** The dialect of a JDBC URL or a file's path; a path is a SQLite file's. */
  static Dialect of(String urlOrPath) {
    if (SqliteUrl.is(urlOrPath)) {
      return new Sqlite(urlOrPath);
    }
    String lower = urlOrPath.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("jdbc:")) {
      return new Sqlite(SqliteUrl.of(path(urlOrPath)));
    }
    if (lower.startsWith("jdbc:mariadb:") || lower.startsWith("jdbc:mysql:")) {
      return new MariaDb(urlOrPath);
    }
    if (lower.startsWith("jdbc:postgresql:")) {
      return new Postgres(urlOrPath);
    }
    throw new ChatException(
        Code.INVALID,
        "no known kind of database: a path, jdbc:sqlite:, jdbc:mariadb:, jdbc:mysql: or"
            + " jdbc:postgresql: is expected");
  }

  /** What looks like a URL may hold a password, and is shown to nobody. */
  private static Path path(String name) {
    if (URL.matcher(name).lookingAt()) {
      throw new ChatException(
          Code.INVALID, "a URL begins with jdbc:, as in jdbc:mariadb://localhost/talk");
    }
    return SqliteUrl.path(name);
  }

  /** What people call it. */
  abstract String name();

  /** The file that the database is, without links in its path; null when it is none. */
  @Nullable
  Path file() {
    return null;
  }

  /** The folder of its migrations. */
  abstract String migrations();

  /** The pool for reading, and for the one connection that writes. */
  abstract HikariConfig pool(boolean forWriting);

  /** Inserts a row, or changes all but the key of the one that there is. */
  abstract String upsert(String table, List<String> key, List<String> rest);

  /** What has gone wrong. */
  abstract Trouble trouble(SQLException e);

  /** What has kept it from being opened. */
  String unreachable(Throwable why, @Nullable String user) {
    if (!(why instanceof SQLException e)) {
      return "can't be reached";
    }
    if (String.valueOf(e.getSQLState()).startsWith(REFUSED)) {
      return user == null ? "refuses the user" : "refuses user " + user;
    }
    return trouble(e) == Trouble.CORRUPT ? "is damaged" : "can't be reached";
  }

  /** A new one, for one database. */
  Guard guard() {
    return new Guard();
  }

  /** Begins a transaction that sees all as it is at one moment. */
  void beginSnapshot(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
  }

  /**
   * A table of parameters, to begin a statement with.
   *
   * @return {@code WITH name(columns) AS (VALUES (?, ?), (?, ?), …) }
   */
  String with(String name, List<String> columns, int rows) {
    String row = "(" + Sql.marks(columns.size()) + ")";
    return "WITH "
        + name
        + "("
        + String.join(", ", columns)
        + ") AS (VALUES "
        + String.join(", ", Collections.nCopies(rows, row))
        + ") ";
  }

  /** Stands behind a table's name where its rows are to be found by this index, and no other. */
  String only(String index) {
    return "";
  }

  /** The most stretches that {@link #count} is asked for. */
  int maxStretches() {
    return 1024;
  }

  /**
   * Counts messages in stretches of logs.
   *
   * @return a statement with the parameters {@link Reads#STRETCH} for each stretch, which gives the
   *     first of them and the count
   */
  String count(int stretches) {
    return with("stretches", Reads.STRETCH, stretches) + Reads.COUNT;
  }

  /** The text as the database can keep it. */
  String encode(String text) {
    return text;
  }

  /** The text as it was. */
  String decode(String stored) {
    return stored;
  }
}
