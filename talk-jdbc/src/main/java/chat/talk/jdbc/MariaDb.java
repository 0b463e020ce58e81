package chat.talk.jdbc;

import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.jetbrains.annotations.Nullable;

/** MariaDB, and MySQL, which it is still like enough. */
final class MariaDb extends Server {
  /** Waited too long for a lock, a deadlock, a row that has changed, a query that was stopped. */
  private static final Set<Integer> PASSING = Set.of(1205, 1213, 1020, 1317, 1969);

  /**
   * Too many connections, shutting down, connections killed or broken off, and a server that only
   * reads since another one has taken over.
   */
  private static final Set<Integer> AWAY =
      Set.of(
          1040, 1053, 1077, 1152, 1158, 1159, 1160, 1161, 1184, 1203, 1290, 1792, 1836, 1927, 2002,
          2003, 2006, 2013, 2055, 4031);

  private static final String COUNT =
      "SELECT ?, COUNT(*) FROM entries e WHERE e.log = ? AND e.place > ? AND e.place <= ?"
          + " AND e.author <> ? AND "
          + Reads.IS_COUNTED;

  private static final Set<Integer> FULL = Set.of(1021, 1114, 3675);

  /** Errors of files and of engines, which are full when the system's own error is 28. */
  private static final Set<Integer> FILE = Set.of(1026, 1030);

  private static final Pattern NO_SPACE =
      Pattern.compile("error:? 28|errno: 28", Pattern.CASE_INSENSITIVE);

  /** The server's limit, which the driver and the server name when a statement exceeds it. */
  private static final String TOO_BIG = "max_allowed_packet";

  private static final Set<Integer> CORRUPT = Set.of(1034, 1035, 1194, 1195, 1712, 1877);
  private static final Set<Integer> REPEAT = Set.of(1022, 1062, 1586);

  MariaDb(String url) {
    super(url.replaceFirst("^(?i)jdbc:mysql:", "jdbc:mariadb:"));
  }

  @Override
  String name() {
    return "MariaDB";
  }

  @Override
  String migrations() {
    return "mariadb";
  }

  /** Whatever the server's own mode is, nothing may be cut off silently. */
  @Override
  void configure(Properties properties) {
    properties.setProperty("connectTimeout", "5000");
    properties.setProperty("socketTimeout", "10000");
    properties.setProperty("connectionCollation", "utf8mb4_bin");
    properties.setProperty(
        "sessionVariables", "sql_mode=CONCAT(@@sql_mode,',STRICT_TRANS_TABLES')");
    properties.setProperty("useServerPrepStmts", "true");
    properties.setProperty("useBulkStmts", "true");
  }

  @Override
  String upsert(String table, List<String> key, List<String> rest) {
    return Sql.insert(table, key, rest)
        + " ON DUPLICATE KEY UPDATE "
        + Sql.list(rest, column -> column + " = VALUES(" + column + ")");
  }

  /** MySQL knows no rows of values here, or another form of them. */
  @Override
  String with(String name, List<String> columns, int rows) {
    String others = " UNION ALL SELECT " + Sql.marks(columns.size());
    return "WITH "
        + name
        + " AS (SELECT "
        + Sql.list(columns, column -> "? AS " + column)
        + String.join("", Collections.nCopies(rows - 1, others))
        + ") ";
  }

  /** In a short log it would rather go through the log. */
  @Override
  String only(String index) {
    return " FORCE INDEX (" + index + ")";
  }

  /** To plan many takes longer than to ask several times. */
  @Override
  int maxStretches() {
    return 64;
  }

  /** It takes a stretch for one only where its ends are given: else it reads all of the log. */
  @Override
  String count(int stretches) {
    return String.join(" UNION ALL ", Collections.nCopies(stretches, COUNT));
  }

  @Override
  @Nullable
  String weakness(Statements statements) throws SQLException {
    String flush = value(statements, "SELECT @@innodb_flush_log_at_trx_commit");
    return flush.equals("1") ? null : "innodb_flush_log_at_trx_commit is " + flush + ", not 1";
  }

  @Override
  @Nullable
  Trouble troubleOf(int code, String state, String message) {
    if (message.contains(TOO_BIG)) {
      return Trouble.OTHER;
    }
    if (PASSING.contains(code) || state.startsWith("40")) {
      return Trouble.PASSING;
    }
    if (AWAY.contains(code)) {
      return Trouble.AWAY;
    }
    if (FULL.contains(code) || (FILE.contains(code) && NO_SPACE.matcher(message).find())) {
      return Trouble.FULL;
    }
    if (CORRUPT.contains(code)) {
      return Trouble.CORRUPT;
    }
    return REPEAT.contains(code) ? Trouble.REPEAT : null;
  }
}
