package chat.talk.jdbc;

import chat.talk.Cursor;
import chat.talk.UserName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jetbrains.annotations.Nullable;

/** Reads the columns of a result's rows, from the first to the last. */
final class Row {
  private final ResultSet result;
  private final Dialect dialect;
  private int last;

  Row(ResultSet result, Dialect dialect) {
    this.result = result;
    this.dialect = dialect;
  }

  /** Goes on to the next row; false at the end. */
  boolean next() throws SQLException {
    last = 0;
    return result.next();
  }

  @Nullable
  String textOrNull() throws SQLException {
    String value = result.getString(++last);
    return value == null ? null : dialect.decode(value);
  }

  String text() throws SQLException {
    return Objects.requireNonNull(textOrNull(), "a column is null that must not be");
  }

  UserName user() throws SQLException {
    return UserName.of(text());
  }

  long number() throws SQLException {
    return result.getLong(++last);
  }

  @Nullable
  Long numberOrNull() throws SQLException {
    long value = number();
    return result.wasNull() ? null : value;
  }

  boolean flag() throws SQLException {
    return number() != 0;
  }

  Instant time() throws SQLException {
    return Instant.EPOCH.plus(number(), ChronoUnit.MICROS);
  }

  @Nullable
  Instant timeOrNull() throws SQLException {
    Long micros = numberOrNull();
    return micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** Two columns. */
  Cursor cursor() throws SQLException {
    return new Cursor(number(), number());
  }
}
