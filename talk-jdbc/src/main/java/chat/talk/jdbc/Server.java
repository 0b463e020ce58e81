package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import com.zaxxer.hikari.HikariConfig;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database behind a network. */
abstract class Server extends Dialect {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private static final Pattern PASSWORD_IN_URL =
      Pattern.compile("(?<before>[?&])password=(?<password>[^&]*)&?", Pattern.CASE_INSENSITIVE);

  private final String url;
  private final @Nullable String password;

  /** Takes a password out of the URL: exceptions and logs show URLs. */
  Server(String url) {
    Matcher inUrl = PASSWORD_IN_URL.matcher(url);
    boolean found = inUrl.find();
    this.url = found ? inUrl.replaceFirst("${before}") : url;
    this.password = found ? decoded(inUrl.group("password")) : null;
  }

  private static String decoded(String parameter) {
    try {
      return URLDecoder.decode(parameter.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // It shows characters of the password.
      throw new ChatException(
          Code.INVALID, "in the URL's password, a % is not followed by two hexadecimal digits");
    }
  }

  @Override
  HikariConfig pool(boolean forWriting) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setPassword(password);
    config.setTransactionIsolation(
        forWriting ? "TRANSACTION_READ_COMMITTED" : "TRANSACTION_REPEATABLE_READ");
    Properties properties = new Properties();
    configure(properties);
    config.setDataSourceProperties(properties);
    return config;
  }

  /** How the driver works, where the URL doesn't say it. */
  abstract void configure(Properties properties);

  /** What has gone wrong, of this exception alone; null when only its state may tell. */
  abstract @Nullable Trouble troubleOf(int code, String state, String message);

  /**
   * Asks for a setting that must be on for what is acknowledged to be on a disk.
   *
   * @return what to tell whoever runs the server; null when all is well
   */
  abstract @Nullable String weakness(Statements statements) throws SQLException;

  @Override
  final Guard guard() {
    return new Guard() {
      @Override
      void afterMigrating(Pool pool) {
        String weakness = pool.read(Server.this::weakness);
        if (weakness != null) {
          LOG.warn("{} may lose what it has acknowledged: {}", name(), weakness);
        }
      }
    };
  }

  /** The value of one row and column, as text. */
  static String value(Statements statements, String query) throws SQLException {
    return statements.query(query, nothing -> {}, row -> row.next() ? row.text() : "");
  }

  @Override
  final Trouble trouble(SQLException e) {
    Throwable cause = e;
    Trouble trouble = Trouble.OTHER;
    while (cause != null && trouble == Trouble.OTHER) {
      if (cause instanceof SQLException failure) {
        trouble = troubleOf(failure);
      }
      cause = cause.getCause();
    }
    return trouble;
  }

  private Trouble troubleOf(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    Trouble trouble = troubleOf(e.getErrorCode(), state, String.valueOf(e.getMessage()));
    if (trouble == null) {
      return isAway(e, state) ? Trouble.AWAY : Trouble.OTHER;
    }
    return trouble;
  }

  /** A pool without a connection says so without a state. */
  private static boolean isAway(SQLException e, String state) {
    return state.startsWith("08")
        || e instanceof java.sql.SQLTransientConnectionException
        || e instanceof java.sql.SQLNonTransientConnectionException;
  }

  static boolean isOneOf(List<String> beginnings, String state) {
    return beginnings.stream().anyMatch(state::startsWith);
  }
}
