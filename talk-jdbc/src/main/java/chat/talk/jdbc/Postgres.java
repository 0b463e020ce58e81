package chat.talk.jdbc;

import com.zaxxer.hikari.HikariConfig;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.jetbrains.annotations.Nullable;

/** PostgreSQL. */
final class Postgres extends Server {
  /** Serialization, a deadlock, a lock that couldn't be had, a query that was stopped. */
  private static final List<String> PASSING = List.of("40001", "40P01", "55P03", "57014");

  /**
   * Shutting down or starting, connections ended or too many of them, and a server that only reads
   * since another one has taken over.
   */
  private static final List<String> AWAY = List.of("57P0", "53300", "25006");

  private static final String FULL = "53100";
  private static final List<String> CORRUPT = List.of("XX001", "XX002");
  private static final String REPEAT = "23505";

  /** Leaves a setting that asks for more than the disk as it is. */
  private static final String DURABLE =
      "SELECT set_config('synchronous_commit', 'on', false)"
          + " WHERE current_setting('synchronous_commit') = 'off'";

  /** It can't keep U+0000, which stands as this and {@link #NUL} instead. */
  private static final char ESCAPE = '\u001a';

  private static final char NUL = '0';
  private static final char ITSELF = '1';

  Postgres(String url) {
    super(url);
  }

  @Override
  String name() {
    return "PostgreSQL";
  }

  @Override
  String migrations() {
    return "postgresql";
  }

  /** Without details in errors: these are the values, what people have written among them. */
  @Override
  void configure(Properties properties) {
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("loginTimeout", "5");
    properties.setProperty("socketTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "Talk");
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("logServerErrorDetail", "false");
  }

  @Override
  String upsert(String table, List<String> key, List<String> rest) {
    return Sql.upsert(table, key, rest);
  }

  @Override
  HikariConfig pool(boolean forWriting) {
    HikariConfig config = super.pool(forWriting);
    if (forWriting) {
      config.setConnectionInitSql(DURABLE);
    }
    return config;
  }

  @Override
  @Nullable
  String weakness(Statements statements) throws SQLException {
    return value(statements, "SHOW fsync").equals("on") ? null : "fsync is off";
  }

  @Override
  @Nullable
  Trouble troubleOf(int code, String state, String message) {
    if (PASSING.contains(state)) {
      return Trouble.PASSING;
    }
    if (isOneOf(AWAY, state)) {
      return Trouble.AWAY;
    }
    if (state.equals(FULL)) {
      return Trouble.FULL;
    }
    if (CORRUPT.contains(state)) {
      return Trouble.CORRUPT;
    }
    return state.equals(REPEAT) ? Trouble.REPEAT : null;
  }

  @Override
  String encode(String text) {
    if (text.indexOf('\0') < 0 && text.indexOf(ESCAPE) < 0) {
      return text;
    }
    return text.replace(ESCAPE + "", "" + ESCAPE + ITSELF).replace("\0", "" + ESCAPE + NUL);
  }

  @Override
  String decode(String stored) {
    if (stored.indexOf(ESCAPE) < 0) {
      return stored;
    }
    return stored.replace("" + ESCAPE + NUL, "\0").replace("" + ESCAPE + ITSELF, "" + ESCAPE);
  }
}
