package chat.talk.jdbc;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessage.Revision;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.jdbc.Logs.Log;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** How entries stand in their table. */
final class Entries {
  /** What {@link #read} reads. */
  static final String COLUMNS =
      "e.place, e.kind, e.author, e.id, e.time, e.text, e.revision, e.about_author, e.about_id,"
          + " e.subject, e.action, e.to_epoch, e.to_place, e.file_name, e.file_type, e.file_digest,"
          + " e.file_size";

  private static final String INSERT_MESSAGE =
      "INSERT INTO entries (log, place, kind, author, id, time, text)"
          + " VALUES (?, ?, 'message', ?, ?, ?, ?)";

  private static final String INSERT_ANY =
      "INSERT INTO entries (log, place, kind, author, id, time, text, revision, about_author,"
          + " about_id, subject, action, to_epoch, to_place, "
          + FileColumns.NAMES
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private Entries() {}

  /** An entry that is to be written. */
  record New(Log log, Entry entry) {
    Event event() {
      return entry.event();
    }

    /** Whether it is a message with nothing but a text, as nearly all are. */
    boolean isPlain() {
      return event() instanceof ChatMessage message
          && message.about() == null
          && message.attachment() == null
          && message.revision() == Revision.ORIGINAL;
    }
  }

  static void insert(Statements statements, Collection<New> entries) throws SQLException {
    List<New> plain = entries.stream().filter(New::isPlain).toList();
    if (!plain.isEmpty()) {
      statements.batch(INSERT_MESSAGE, parameters -> bindPlain(parameters, plain));
    }
    List<New> others = entries.stream().filter(entry -> !entry.isPlain()).toList();
    if (!others.isEmpty()) {
      statements.batch(INSERT_ANY, parameters -> bindAny(parameters, others));
    }
  }

  private static void bindPlain(Parameters parameters, List<New> entries) throws SQLException {
    for (New one : entries) {
      bindPlace(parameters, one);
      bindHead(parameters, one.event());
      parameters.text(((ChatMessage) one.event()).text());
      parameters.addBatch();
    }
  }

  private static void bindAny(Parameters parameters, List<New> entries) throws SQLException {
    for (New one : entries) {
      bindPlace(parameters, one);
      EventColumns columns = EventColumns.of(one.event());
      parameters.text(columns.kind());
      bindHead(parameters, one.event());
      columns.bind(parameters);
      parameters.addBatch();
    }
  }

  private static void bindPlace(Parameters parameters, New one) throws SQLException {
    parameters.number(one.log().number()).number(one.entry().cursor().sequence());
  }

  private static void bindHead(Parameters parameters, Event event) throws SQLException {
    parameters.text(event.author().value()).text(event.id().value()).time(event.time());
  }

  /** The entry of a row of {@link #COLUMNS}. */
  static Entry read(Row row, ChatId chat, Log log) throws SQLException {
    Cursor cursor = log.at(row.number());
    String kind = row.text();
    UserName author = row.user();
    MessageId id = MessageId.of(row.text());
    Instant time = row.time();
    return new Entry(cursor, EventColumns.read(row, kind).event(chat, id, author, time));
  }
}
