package chat.talk.jdbc;

import chat.talk.Cursor;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jetbrains.annotations.Nullable;

/** Sets a statement's parameters, from the first to the last; {@link Row} is the way back. */
final class Parameters {
  private final PreparedStatement statement;
  private final Dialect dialect;
  private int last;

  Parameters(PreparedStatement statement, Dialect dialect) {
    this.statement = statement;
    this.dialect = dialect;
  }

  Parameters text(@Nullable String value) throws SQLException {
    statement.setString(++last, value == null ? null : dialect.encode(value));
    return this;
  }

  Parameters number(long value) throws SQLException {
    statement.setLong(++last, value);
    return this;
  }

  Parameters numberOrNull(@Nullable Long value) throws SQLException {
    if (value == null) {
      statement.setNull(++last, Types.BIGINT);
      return this;
    }
    return number(value);
  }

  Parameters flag(boolean value) throws SQLException {
    return number(value ? 1 : 0);
  }

  /** In microseconds: what is finer is dropped. */
  Parameters time(@Nullable Instant value) throws SQLException {
    return numberOrNull(value == null ? null : Micros.of(value));
  }

  /** Two parameters. */
  Parameters cursor(Cursor value) throws SQLException {
    return number(value.epoch()).number(value.sequence());
  }

  /** Keeps what was set for the statement's batch, and begins anew. */
  void addBatch() throws SQLException {
    statement.addBatch();
    last = 0;
  }
}
