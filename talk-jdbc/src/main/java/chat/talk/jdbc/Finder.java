package chat.talk.jdbc;

import chat.talk.ChatId;
import chat.talk.Entry;
import chat.talk.MessageKey;
import chat.talk.jdbc.Logs.Log;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds entries by their keys, many with one statement. */
final class Finder {
  /** The most keys in one statement. */
  private static final int MAX_ROWS = 256;

  static final List<String> KEY = List.of("id", "author");

  /** The keys come first: CROSS JOIN keeps SQLite from going through all entries instead. */
  static final String QUERY =
      "SELECT l.chat, l.log, l.epoch, l.expired, "
          + Entries.COLUMNS
          + " FROM wanted w CROSS JOIN entries e CROSS JOIN logs l"
          + " WHERE e.id = w.id AND e.author = w.author AND l.log = e.log";

  private Finder() {}

  static Map<MessageKey, Entry> find(Statements statements, Collection<MessageKey> keys)
      throws SQLException {
    Map<MessageKey, Entry> found = new HashMap<>();
    List<MessageKey> all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += MAX_ROWS) {
      List<MessageKey> some = all.subList(from, Math.min(all.size(), from + MAX_ROWS));
      statements.query(
          statements.dialect().with("wanted", KEY, Sql.roundUp(some.size())) + QUERY,
          parameters -> bind(parameters, some),
          row -> read(row, found));
    }
    return found;
  }

  /** Repeats the last key where there are more places. */
  private static void bind(Parameters parameters, List<MessageKey> keys) throws SQLException {
    for (int i = 0; i < Sql.roundUp(keys.size()); i++) {
      MessageKey key = keys.get(Math.min(i, keys.size() - 1));
      parameters.text(key.id().value()).text(key.author().value());
    }
  }

  private static Map<MessageKey, Entry> read(Row row, Map<MessageKey, Entry> found)
      throws SQLException {
    while (row.next()) {
      ChatId chat = ChatId.of(row.text());
      Log log = new Log(row.number(), row.number(), Long.MAX_VALUE, row.number());
      Entry entry = Entries.read(row, chat, log);
      found.put(entry.event().key(), entry);
    }
    return found;
  }
}
