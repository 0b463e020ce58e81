package chat.talk.jdbc;

import chat.talk.MessageKey;
import chat.talk.jdbc.Logs.Log;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Changes and takes away what entries say. */
final class Texts {
  private static final String IS_MESSAGE = " kind = 'message' AND id = ? AND author = ?";
  private static final String HAS_TEXT = " AND (revision IS NULL OR revision = 'EDITED')";
  private static final String IN_STRETCH = " log = ? AND place > ? AND place <= ?";

  private static final String NO_FILE =
      ", file_name = NULL, file_type = NULL, file_digest = NULL, file_size = NULL";

  /** A text that had a body has none any more. */
  private static final String REWRITE =
      "UPDATE entries SET text = ?, revision = 'EDITED',"
          + " file_digest = CASE WHEN file_name IS NULL THEN NULL ELSE file_digest END,"
          + " file_size = CASE WHEN file_name IS NULL THEN NULL ELSE file_size END WHERE"
          + IS_MESSAGE
          + HAS_TEXT;

  private static final String ERASE =
      "UPDATE entries SET text = '', revision = 'ERASED'"
          + NO_FILE
          + " WHERE"
          + IS_MESSAGE
          + HAS_TEXT;

  private static final String EXPIRE =
      "UPDATE entries SET text = '', revision = 'EXPIRED'"
          + NO_FILE
          + " WHERE kind = 'message' AND"
          + IN_STRETCH
          + HAS_TEXT;

  private static final String EXPIRE_EDITS =
      "UPDATE entries SET text = '' WHERE kind = 'edited' AND" + IN_STRETCH;

  /**
   * The edits, wherever they stand in the log, of a message. SQLite would go through the whole log.
   */
  private static final String EDITS =
      "SELECT e.log, e.place FROM entries m JOIN entries e"
          + " ON e.about_id = m.id AND e.about_author = m.author AND e.log + 0 = m.log"
          + " WHERE e.about_id IS NOT NULL AND e.kind = 'edited' AND m.kind = 'message' AND ";

  private static final String EDITS_OF_ONE = EDITS + "m.id = ? AND m.author = ?";

  static final String EDITS_OF_STRETCH = EDITS + "m.log = ? AND m.place > ? AND m.place <= ?";

  private static final String BLANK = "UPDATE entries SET text = '' WHERE log = ? AND place = ?";

  /** So many places expire with one statement: a server has to answer in time. */
  static final int SLICE = 10_000;

  private Texts() {}

  /** Where an entry stands. */
  private record Place(long log, long place) {}

  static void rewrite(Statements statements, MessageKey message, String text) throws SQLException {
    statements.update(REWRITE, parameters -> bind(parameters.text(text), message));
  }

  static void erase(Statements statements, MessageKey message) throws SQLException {
    statements.update(ERASE, parameters -> bind(parameters, message));
    blank(
        statements,
        statements.query(EDITS_OF_ONE, parameters -> bind(parameters, message), Texts::places));
  }

  /** Takes away all messages' texts behind what has expired already. */
  static void expire(Statements statements, Log log, long upTo) throws SQLException {
    for (long from = log.expired(); from < upTo; from += SLICE) {
      expire(statements, log, from, Math.min(upTo, from + SLICE));
    }
  }

  private static void expire(Statements statements, Log log, long from, long upTo)
      throws SQLException {
    Statements.Binder stretch =
        parameters -> parameters.number(log.number()).number(from).number(upTo);
    blank(statements, statements.query(EDITS_OF_STRETCH, stretch, Texts::places));
    statements.update(EXPIRE, stretch);
    statements.update(EXPIRE_EDITS, stretch);
  }

  private static void bind(Parameters parameters, MessageKey message) throws SQLException {
    parameters.text(message.id().value()).text(message.author().value());
  }

  private static List<Place> places(Row row) throws SQLException {
    List<Place> places = new ArrayList<>();
    while (row.next()) {
      places.add(new Place(row.number(), row.number()));
    }
    return places;
  }

  private static void blank(Statements statements, List<Place> places) throws SQLException {
    if (!places.isEmpty()) {
      statements.batch(
          BLANK,
          parameters -> {
            for (Place place : places) {
              parameters.number(place.log()).number(place.place()).addBatch();
            }
          });
    }
  }
}
