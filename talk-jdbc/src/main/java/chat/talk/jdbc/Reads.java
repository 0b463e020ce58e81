package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.UserName;
import chat.talk.jdbc.Logs.Log;
import chat.talk.jdbc.Statements.Binder;
import chat.talk.room.HubStorage.Stretch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads pages of logs, and counts. */
final class Reads {
  /** A page ends when it holds so many characters: it has to fit in memory. */
  private static final int MAX_CHARACTERS = 1 << 22;

  /** The most entries of a page, so that those with short texts fit in memory, too. */
  private static final int MAX_ENTRIES = 4_096;

  /** Longer texts are read one by one: drivers take a whole result into memory. */
  private static final int LONG = 8_192;

  private static final long ANY = -1;

  private static final String IS_LONG = "CASE WHEN OCTET_LENGTH(e.text) > " + LONG + " THEN ";

  /** First the place of an entry that has to be read by itself, or 0. */
  private static final String SELECT =
      "SELECT "
          + IS_LONG
          + "e.place ELSE 0 END, "
          + Entries.COLUMNS.replace("e.text", IS_LONG + "'' ELSE e.text END")
          + " FROM entries e";

  private static final String ONE =
      "SELECT " + Entries.COLUMNS + " FROM entries e WHERE e.log = ? AND e.place = ?";

  static final String AFTER =
      SELECT + " WHERE e.log = ? AND e.place > ? AND e.place <= ? ORDER BY e.place";

  static final String BEFORE = AFTER + " DESC";

  private static final String ARE_COMMENTS =
      " WHERE e.about_id = ? AND e.about_author = ? AND e.log = ? AND e.place > ?"
          + " AND e.kind = 'message' ORDER BY e.place LIMIT ?";

  private static final String CHAT_OF =
      "SELECT l.chat FROM entries e JOIN logs l ON l.log = e.log WHERE e.id = ? AND e.author = ?";

  /** What is counted: messages that are not blank. */
  static final String IS_COUNTED =
      "e.kind = 'message' AND (e.revision IS NULL OR e.revision = 'EDITED')";

  static final List<String> STRETCH = List.of("n", "log", "after_place", "up_to", "not_by");

  static final String COUNT =
      "SELECT s.n, (SELECT COUNT(*) FROM entries e WHERE e.log = s.log"
          + " AND e.place > s.after_place AND e.place <= s.up_to AND e.author <> s.not_by AND "
          + IS_COUNTED
          + ") FROM stretches s";

  private final Pool pool;
  private final Logs logs;

  Reads(Pool pool, Logs logs) {
    this.pool = pool;
    this.logs = logs;
  }

  static String comments(Dialect dialect) {
    return SELECT + dialect.only("entries_by_about") + ARE_COMMENTS;
  }

  /** What is read of a chat that has no log. */
  static Page nothing(Cursor cursor) {
    boolean isLost = !cursor.equals(Cursor.START) && !cursor.equals(Cursor.END);
    return new Page(List.of(), Cursor.START, true, isLost);
  }

  Page after(ChatId chat, Log log, Cursor cursor, int limit) {
    long from = log.place(cursor);
    long to = Math.min(log.head(), from + Math.min(limit, MAX_ENTRIES));
    List<Entry> entries = from == to ? List.of() : stretch(AFTER, chat, log, from, to);
    Cursor next = entries.isEmpty() ? log.at(from) : entries.get(entries.size() - 1).cursor();
    return new Page(entries, next, next.sequence() == log.head(), !log.knows(cursor));
  }

  Page before(ChatId chat, Log log, Cursor cursor, int limit) {
    if (!log.knows(cursor)) {
      return new Page(List.of(), log.at(0), true, true);
    }
    long to = log.place(cursor);
    long from = Math.max(0, to - Math.min(limit, MAX_ENTRIES));
    List<Entry> entries = from == to ? new ArrayList<>() : stretch(BEFORE, chat, log, from, to);
    Collections.reverse(entries);
    Cursor next = log.at(to - entries.size());
    return new Page(entries, next, next.sequence() == 0, false);
  }

  private List<Entry> stretch(String sql, ChatId chat, Log log, long from, long to) {
    Binder binder = parameters -> parameters.number(log.number()).number(from).number(to);
    Excerpt excerpt = pool.read(statements -> new Excerpt(statements, chat, log).read(sql, binder));
    excerpt.requireNoGap(sql.equals(BEFORE) && excerpt.isFull ? ANY : from);
    return excerpt.entries;
  }

  /** What was read of one log. */
  private static final class Excerpt {
    private final Statements statements;
    private final ChatId chat;
    private final Log log;
    private final List<Entry> entries = new ArrayList<>();

    /** Whether it is full, so that there may be more. */
    private boolean isFull;

    Excerpt(Statements statements, ChatId chat, Log log) {
      this.statements = statements;
      this.chat = chat;
      this.log = log;
    }

    Excerpt read(String sql, Binder binder) throws SQLException {
      return statements.query(sql, binder, this::read);
    }

    private Excerpt read(Row row) throws SQLException {
      long characters = 0;
      while (!isFull && row.next()) {
        Entry entry = entry(row);
        characters += textOf(entry.event()).length();
        entries.add(entry);
        isFull = characters >= MAX_CHARACTERS;
      }
      return this;
    }

    /**
     * A log has an entry at each place: rows that aren't found are lost, which a damaged index may
     * hide from the check of the file's pages. Only the newest may be gone with a server's latest
     * commits.
     *
     * @param from behind which place the oldest has to be; {@link #ANY} when that is not known
     */
    void requireNoGap(long from) {
      if (entries.isEmpty()) {
        return;
      }
      long first = entries.get(0).cursor().sequence();
      long last = entries.get(entries.size() - 1).cursor().sequence();
      long oldest = Math.min(first, last);
      boolean hasGap = Math.abs(last - first) != entries.size() - 1;
      if (hasGap || (from != ANY && oldest != from + 1)) {
        throw new ChatException(
            Code.STORAGE,
            "the database is damaged: of chat %s, entries near place %d are missing"
                .formatted(chat, oldest));
      }
    }

    private Entry entry(Row row) throws SQLException {
      long place = row.number();
      return place == 0 ? Entries.read(row, chat, log) : one(place);
    }

    private Entry one(long place) throws SQLException {
      return statements.query(
          ONE,
          parameters -> parameters.number(log.number()).number(place),
          row -> {
            if (!row.next()) {
              throw new SQLException("an entry has gone while it was read");
            }
            return Entries.read(row, chat, log);
          });
    }
  }

  private static String textOf(Event event) {
    return EventColumns.of(event).text();
  }

  Page comments(MessageKey message, Cursor after, int limit) {
    return chatOf(message)
        .flatMap(chat -> logs.find(chat).map(log -> comments(message, chat, log, after, limit)))
        .orElseGet(() -> nothing(after));
  }

  private Optional<ChatId> chatOf(MessageKey message) {
    return pool.read(
        statements ->
            statements.query(
                CHAT_OF,
                parameters -> bind(parameters, message),
                row -> row.next() ? Optional.of(ChatId.of(row.text())) : Optional.empty()));
  }

  private static Parameters bind(Parameters parameters, MessageKey message) throws SQLException {
    return parameters.text(message.id().value()).text(message.author().value());
  }

  private Page comments(MessageKey message, ChatId chat, Log log, Cursor after, int limit) {
    int most = Math.min(limit, MAX_ENTRIES);
    Binder binder =
        parameters ->
            bind(parameters, message)
                .number(log.number())
                .number(log.place(after))
                .number(most + 1L);
    Excerpt excerpt =
        pool.read(
            statements ->
                new Excerpt(statements, chat, log).read(comments(statements.dialect()), binder));
    boolean atEnd = excerpt.entries.size() <= most && !excerpt.isFull;
    List<Entry> page = excerpt.entries.subList(0, Math.min(most, excerpt.entries.size()));
    Cursor next = atEnd ? log.end() : page.get(page.size() - 1).cursor();
    return new Page(page, next, atEnd, !log.knows(after));
  }

  List<Long> count(UserName notBy, List<Stretch> stretches) {
    return pool.read(statements -> count(statements, notBy, stretches));
  }

  private List<Long> count(Statements statements, UserName notBy, List<Stretch> stretches)
      throws SQLException {
    List<Long> counts = new ArrayList<>(stretches.size());
    int most = statements.dialect().maxStretches();
    for (int from = 0; from < stretches.size(); from += most) {
      int to = Math.min(stretches.size(), from + most);
      counts.addAll(countSome(statements, notBy, stretches.subList(from, to)));
    }
    return counts;
  }

  private List<Long> countSome(Statements statements, UserName notBy, List<Stretch> stretches)
      throws SQLException {
    int rows = Sql.roundUp(stretches.size());
    Long[] counts = new Long[rows];
    statements.query(
        statements.dialect().count(rows),
        parameters -> {
          for (int i = 0; i < rows; i++) {
            bind(parameters, i, stretches);
            parameters.text(notBy.value());
          }
        },
        row -> read(row, counts));
    return Arrays.asList(counts).subList(0, stretches.size());
  }

  private static Long[] read(Row row, Long[] counts) throws SQLException {
    while (row.next()) {
      int n = (int) row.number();
      counts[n] = row.number();
    }
    return counts;
  }

  /** Where there are more rows than stretches, they count nothing. */
  private void bind(Parameters parameters, int i, List<Stretch> stretches) throws SQLException {
    Stretch stretch = i < stretches.size() ? stretches.get(i) : null;
    Log log = stretch == null ? null : logs.find(stretch.chat()).orElse(null);
    parameters.number(i);
    if (stretch == null || log == null) {
      parameters.number(0).number(0).number(0);
    } else {
      long after = log.place(stretch.after());
      long upTo = log.knows(stretch.upTo()) ? log.place(stretch.upTo()) : after;
      parameters.number(log.number()).number(after).number(upTo);
    }
  }
}
