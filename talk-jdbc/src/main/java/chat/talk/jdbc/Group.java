package chat.talk.jdbc;

import chat.talk.ChatId;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageKey;
import chat.talk.jdbc.Logs.Log;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage.Appended;
import chat.talk.room.HubStorage.Change;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/** Makes the changes of one transaction. */
final class Group {
  private final Logs logs;
  private final Statements statements;
  private final boolean trusting;

  /** The logs as this transaction leaves them. */
  private final Map<ChatId, Log> changed = new HashMap<>();

  private final List<Appended> appended = new ArrayList<>();

  /** Events that are still to be appended. */
  private final List<Event> run = new ArrayList<>();

  /** The last change of each key. */
  private final Map<Fact.Key, Change> facts = new LinkedHashMap<>();

  /**
   * A group of no changes so far.
   *
   * @param renewed logs that this transaction has changed already
   * @param trusting whether to take it that no event is stored already: the database's unique keys
   *     refuse what is wrong then
   */
  Group(Logs logs, Map<ChatId, Log> renewed, Statements statements, boolean trusting) {
    this.logs = logs;
    this.changed.putAll(renewed);
    this.statements = statements;
    this.trusting = trusting;
  }

  List<Appended> make(List<? extends Change> changes) throws SQLException {
    for (Change change : changes) {
      make(change);
    }
    append();
    Facts.change(statements, facts.values());
    return appended;
  }

  Map<ChatId, Log> changed() {
    return changed;
  }

  private void make(Change change) throws SQLException {
    if (change instanceof Change.Append append) {
      run.add(append.event());
    } else if (change instanceof Change.Put put) {
      facts.put(put.fact().key(), change);
    } else if (change instanceof Change.Drop drop) {
      facts.put(drop.fact().key(), change);
    } else {
      append();
      changeText(change);
    }
  }

  private void changeText(Change change) throws SQLException {
    if (change instanceof Change.Rewrite rewrite) {
      Texts.rewrite(statements, rewrite.message(), rewrite.text());
    } else if (change instanceof Change.Erase erase) {
      Texts.erase(statements, erase.message());
    } else if (change instanceof Change.Expire expire) {
      expire(expire);
    }
  }

  private void expire(Change.Expire expire) throws SQLException {
    Log log = log(expire.chat());
    if (log == null || !log.knows(expire.upTo())) {
      return;
    }
    long upTo = log.place(expire.upTo());
    if (upTo > log.expired()) {
      Texts.expire(statements, log, upTo);
      changed.put(expire.chat(), log.expiredTo(upTo));
      Logs.saveExpired(statements, log.expiredTo(upTo));
    }
  }

  private @Nullable Log log(ChatId chat) {
    Log known = changed.get(chat);
    return known == null ? logs.find(chat).orElse(null) : known;
  }

  private void append() throws SQLException {
    if (run.isEmpty()) {
      return;
    }
    Map<MessageKey, Entry> known = trusting ? new HashMap<>(2 * run.size()) : find();
    List<Entries.New> news = new ArrayList<>(run.size());
    for (Event event : run) {
      Entry stored = known.get(event.key());
      if (stored == null) {
        news.add(next(event));
        stored = news.get(news.size() - 1).entry();
        known.put(event.key(), stored);
        appended.add(new Appended(stored, true));
      } else {
        appended.add(new Appended(stored, false));
      }
    }
    Entries.insert(statements, news);
    run.clear();
  }

  private Map<MessageKey, Entry> find() throws SQLException {
    return Finder.find(statements, run.stream().map(Event::key).toList());
  }

  private Entries.New next(Event event) throws SQLException {
    Log log = log(event.chat());
    if (log == null) {
      log = Logs.insert(statements, event.chat());
    }
    log = log.withHead(log.head() + 1);
    changed.put(event.chat(), log);
    return new Entries.New(log, new Entry(log.end(), event));
  }
}
