package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.UserName;
import chat.talk.jdbc.Logs.Log;
import chat.talk.room.Digest;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Logs and facts in tables. */
final class JdbcStorage implements HubStorage {
  private static final String POSITION =
      "SELECT epoch, place FROM positions WHERE reader = ? AND chat = ?";

  private final Pool pool;
  private final Logs logs = new Logs();
  private final Commits commits;
  private final Reads reads;
  private volatile boolean closed;

  JdbcStorage(Pool pool) {
    this.pool = pool;
    this.commits = new Commits(pool, logs);
    this.reads = new Reads(pool, logs);
    pool.readSnapshot(
        statements -> {
          logs.load(statements);
          return null;
        });
  }

  @Override
  public List<Appended> commit(List<? extends Change> changes) {
    requireOpen();
    List<Change> all = List.copyOf(changes);
    return all.isEmpty() ? List.of() : commits.commit(all);
  }

  @Override
  public List<Entry> append(List<? extends Event> group) {
    List<Change.Append> changes = group.stream().map(Change.Append::new).toList();
    return commit(changes).stream().map(Appended::entry).toList();
  }

  @Override
  public Optional<Entry> get(UserName author, MessageId id) {
    MessageKey key = new MessageKey(author, id);
    return Optional.ofNullable(find(List.of(key)).get(key));
  }

  @Override
  public Map<MessageKey, Entry> find(Collection<MessageKey> keys) {
    requireOpen();
    List<MessageKey> wanted = List.copyOf(keys);
    return wanted.isEmpty() ? Map.of() : pool.read(statements -> Finder.find(statements, wanted));
  }

  @Override
  public Page readAfter(ChatId chat, Cursor cursor, int limit) {
    requireOpen();
    requirePositive(limit);
    return logs.find(chat)
        .map(log -> reads.after(chat, log, cursor, limit))
        .orElseGet(() -> Reads.nothing(cursor));
  }

  @Override
  public Page readBefore(ChatId chat, Cursor cursor, int limit) {
    requireOpen();
    requirePositive(limit);
    return logs.find(chat)
        .map(log -> reads.before(chat, log, cursor, limit))
        .orElseGet(() -> Reads.nothing(cursor));
  }

  @Override
  public Page comments(MessageKey message, Cursor after, int limit) {
    requireOpen();
    requirePositive(limit);
    return reads.comments(message, after, limit);
  }

  private static void requirePositive(int limit) {
    if (limit < 1) {
      throw new ChatException(Code.INVALID, "a limit is at least 1, but was " + limit);
    }
  }

  @Override
  public Cursor head(ChatId chat) {
    requireOpen();
    return logs.find(chat).map(Log::end).orElse(Cursor.START);
  }

  @Override
  public Map<ChatId, Cursor> heads() {
    requireOpen();
    return logs.heads();
  }

  @Override
  public Set<ChatId> chats() {
    return Set.copyOf(heads().keySet());
  }

  @Override
  public List<Long> count(UserName notBy, List<Stretch> stretches) {
    requireOpen();
    return reads.count(notBy, List.copyOf(stretches));
  }

  @Override
  public Stream<Fact> facts() {
    requireOpen();
    return commits.meanwhileNone(() -> pool.readSnapshot(Facts::all)).stream();
  }

  @Override
  public boolean refersTo(Digest digest) {
    requireOpen();
    return Facts.refersTo(pool, digest);
  }

  @Override
  public Cursor position(UserName reader, ChatId chat) {
    requireOpen();
    return pool.read(
        statements ->
            statements.query(
                POSITION,
                parameters -> parameters.text(reader.value()).text(chat.value()),
                row -> row.next() ? row.cursor() : Cursor.START));
  }

  @Override
  public void savePosition(UserName reader, ChatId chat, Cursor position) {
    requireOpen();
    String upsert =
        pool.dialect().upsert("positions", List.of("reader", "chat"), List.of("epoch", "place"));
    pool.write(
        statements ->
            statements.update(
                upsert,
                parameters -> parameters.text(reader.value()).text(chat.value()).cursor(position)));
  }

  @Override
  public Usage usage() {
    return pool.usage();
  }

  private void requireOpen() {
    if (closed) {
      throw new ChatException(Code.CLOSED, "the storage is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
