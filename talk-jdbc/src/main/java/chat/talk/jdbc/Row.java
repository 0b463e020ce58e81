package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Cursor;
import chat.talk.UserName;
import chat.talk.jdbc.Statements.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * Makes something out of the columns. What makes no sense was not written by this program.
   *
   * @throws ChatException with STORAGE that names the table
   */
  <T> T parse(String table, Reading<T> reading) throws SQLException {
    try {
      return reading.of(this);
    } catch (RuntimeException e) {
      String message = "a row of the table " + table + " makes no sense: " + e.getMessage();
      throw new ChatException(Code.STORAGE, message, e);
    }
  }

  @Nullable
  String textOrNull() throws SQLException {
    String value = result.getString(++last);
    return value == null ? null : dialect.decode(value);
  }

  String text() throws SQLException {
    return Objects.requireNonNull(textOrNull(), "a column is null that must not be");
  }

  /** The first columns of all rows that are still to come. */
  List<String> texts() throws SQLException {
    List<String> texts = new ArrayList<>();
    while (next()) {
      texts.add(text());
    }
    return texts;
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
    return Micros.instant(number());
  }

  @Nullable
  Instant timeOrNull() throws SQLException {
    Long micros = numberOrNull();
    return micros == null ? null : Micros.instant(micros);
  }

  /** Two columns. */
  Cursor cursor() throws SQLException {
    return new Cursor(number(), number());
  }
}
