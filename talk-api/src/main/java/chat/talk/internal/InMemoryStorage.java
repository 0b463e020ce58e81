package chat.talk.internal;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.Storage;
import chat.talk.UserName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Logs in lists. Guarded by this. */
public class InMemoryStorage implements Storage {
  /** What it holds. Guarded by this. */
  protected final Logs logs;

  private boolean closed;

  /** An empty one, with room for so many characters. */
  public InMemoryStorage(long maxCharacters) {
    logs = new Logs(maxCharacters);
  }

  @Override
  public synchronized List<Entry> append(List<? extends Event> group) {
    requireOpen();
    List<Event> events = List.copyOf(group);
    events.forEach(Logs::check);
    List<Entry> result = events.stream().map(logs::append).toList();
    logs.dropOldest();
    return result;
  }

  @Override
  public synchronized Optional<Entry> get(UserName author, MessageId id) {
    requireOpen();
    return logs.find(new MessageKey(author, id));
  }

  @Override
  public synchronized Page readAfter(ChatId chat, Cursor cursor, int limit) {
    requireOpen();
    requirePositive(limit);
    return logs.log(chat).map(log -> log.after(cursor, limit)).orElseGet(() -> nothing(cursor));
  }

  @Override
  public synchronized Page readBefore(ChatId chat, Cursor cursor, int limit) {
    requireOpen();
    requirePositive(limit);
    return logs.log(chat).map(log -> log.before(cursor, limit)).orElseGet(() -> nothing(cursor));
  }

  @Override
  public synchronized Cursor head(ChatId chat) {
    requireOpen();
    return logs.log(chat).map(Log::head).orElse(Cursor.START);
  }

  @Override
  public synchronized Set<ChatId> chats() {
    requireOpen();
    return Set.copyOf(logs.heads().keySet());
  }

  @Override
  public synchronized Cursor position(UserName reader, ChatId chat) {
    requireOpen();
    return logs.log(chat).map(log -> log.position(reader)).orElse(Cursor.START);
  }

  @Override
  public synchronized void savePosition(UserName reader, ChatId chat, Cursor position) {
    requireOpen();
    logs.savePosition(reader, chat, position);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  /** What is read of a chat that has no log, or whose log was forgotten when all had read it. */
  protected static Page nothing(Cursor cursor) {
    boolean isLost = !cursor.equals(Cursor.START) && !cursor.equals(Cursor.END);
    return new Page(List.of(), Cursor.START, true, isLost);
  }

  /** Refuses calls after the end. */
  protected final void requireOpen() {
    if (closed) {
      throw Failures.closed("the storage");
    }
  }

  /** Refuses what is no limit. */
  protected static void requirePositive(int limit) {
    if (limit < 1) {
      throw Failures.invalid("a limit is at least 1, but was %d", limit);
    }
  }
}
