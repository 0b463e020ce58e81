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

/** A database behind a network. */
abstract class Server extends Dialect {
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
  final HikariConfig pool(boolean forWriting) {
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

  /** What has gone wrong, of this exception alone. */
  abstract Trouble troubleOf(int code, String state);

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
    Trouble trouble = troubleOf(e.getErrorCode(), state);
    return trouble == Trouble.OTHER && isAway(e, state) ? Trouble.AWAY : trouble;
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
