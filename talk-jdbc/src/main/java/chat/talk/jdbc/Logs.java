package chat.talk.jdbc;

import chat.talk.ChatId;
import chat.talk.Cursor;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logs that there are, with their ends, as of the last commit. Guarded by this. */
final class Logs {
  private static final Logger LOG = LoggerFactory.getLogger(Logs.class);

  /**
   * MariaDB reads all of a log for its greatest place, and MySQL does for the last one, unless the
   * order is the primary key's.
   */
  static final String ALL =
      "SELECT l.chat, l.log, l.epoch, l.expired, COALESCE((SELECT e.place FROM entries e"
          + " WHERE e.log = l.log ORDER BY e.log DESC, e.place DESC LIMIT 1), 0) FROM logs l";

  private static final String INSERT =
      "INSERT INTO logs (chat, log, epoch, expired) VALUES (?, ?, ?, 0)";

  private static final String RENEW = "UPDATE logs SET epoch = ? WHERE log = ?";

  private static final String EXPIRE = "UPDATE logs SET expired = ? WHERE log = ?";

  private static final String LAST_NUMBER = "SELECT COALESCE(MAX(log), 0) FROM logs";

  private final Map<ChatId, Log> byChat = new HashMap<>();

  /**
   * One chat's log.
   *
   * @param number stands for the chat in the table of entries
   * @param epoch this life of the log
   * @param head the place of the newest entry, 0 when there is none
   * @param expired no message up to this place has a text
   */
  record Log(long number, long epoch, long head, long expired) {
    Cursor at(long place) {
      return new Cursor(epoch, place);
    }

    Cursor end() {
      return at(head);
    }

    /** Whether that log is this one without its newest entries. */
    boolean isCutTo(Log later) {
      return later.epoch == epoch && later.head < head;
    }

    Log withHead(long place) {
      return new Log(number, epoch, place, expired);
    }

    Log expiredTo(long place) {
      return new Log(number, epoch, head, place);
    }

    /** Whether the cursor is of this life of the log, and not from a future that it lost. */
    boolean knows(Cursor cursor) {
      boolean anyLife = cursor.equals(Cursor.START) || cursor.equals(Cursor.END);
      return anyLife || (cursor.epoch() == epoch && cursor.sequence() <= head);
    }

    /** The place to read on from. */
    long place(Cursor cursor) {
      return knows(cursor) ? Math.min(cursor.sequence(), head) : 0;
    }
  }

  synchronized Optional<Log> find(ChatId chat) {
    return Optional.ofNullable(byChat.get(chat));
  }

  synchronized Map<ChatId, Cursor> heads() {
    Map<ChatId, Cursor> heads = new HashMap<>();
    byChat.forEach(
        (chat, log) -> {
          if (log.head() > 0) {
            heads.put(chat, log.end());
          }
        });
    return heads;
  }

  /** Takes over what was committed, all of it at one moment. */
  synchronized void putAll(Map<ChatId, Log> changed) {
    byChat.putAll(changed);
  }

  /** Takes over what there is, when nothing is known yet. */
  void load(Statements statements) throws SQLException {
    putAll(statements.query(ALL, nothing -> {}, Logs::read));
  }

  /**
   * Takes over what there is in a transaction, which is to give a new life to the logs that have
   * lost entries since: their places would otherwise be used twice.
   *
   * @return these logs as they are once the transaction is committed; until then, the others alone
   *     are taken over
   */
  Map<ChatId, Log> reload(Statements statements) throws SQLException {
    Map<ChatId, Log> loaded = statements.query(ALL, nothing -> {}, Logs::read);
    Map<ChatId, Log> renewed = new HashMap<>();
    for (Map.Entry<ChatId, Log> known : known().entrySet()) {
      Log now = loaded.get(known.getKey());
      if (now == null || known.getValue().isCutTo(now)) {
        renewed.put(known.getKey(), renew(statements, known.getKey(), now));
      }
    }
    loaded.keySet().removeAll(renewed.keySet());
    putAll(loaded);
    return renewed;
  }

  private synchronized Map<ChatId, Log> known() {
    return Map.copyOf(byChat);
  }

  private static Log renew(Statements statements, ChatId chat, @Nullable Log now)
      throws SQLException {
    LOG.error("The log of chat {} has lost its newest entries; it begins a new life", chat);
    if (now == null) {
      return insert(statements, chat);
    }
    Log renewed = new Log(now.number(), newEpoch(), now.head(), now.expired());
    statements.update(
        RENEW, parameters -> parameters.number(renewed.epoch()).number(renewed.number()));
    return renewed;
  }

  private static Map<ChatId, Log> read(Row row) throws SQLException {
    Map<ChatId, Log> logs = new HashMap<>();
    while (row.next()) {
      ChatId chat = ChatId.of(row.text());
      long number = row.number();
      long epoch = row.number();
      long expired = row.number();
      logs.put(chat, new Log(number, epoch, row.number(), expired));
    }
    return logs;
  }

  static Log insert(Statements statements, ChatId chat) throws SQLException {
    long last = statements.query(LAST_NUMBER, nothing -> {}, Logs::number);
    Log log = new Log(last + 1, newEpoch(), 0, 0);
    statements.update(
        INSERT,
        parameters -> parameters.text(chat.value()).number(log.number()).number(log.epoch()));
    return log;
  }

  private static long number(Row row) throws SQLException {
    return row.next() ? row.number() : 0;
  }

  /** Another one than any log ever had, as far as 62 random bits go. */
  static long newEpoch() {
    return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE / 2);
  }

  static void saveExpired(Statements statements, Log log) throws SQLException {
    statements.update(EXPIRE, parameters -> parameters.number(log.expired()).number(log.number()));
  }
}
