package chat.talk.room;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.UserName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Logs and facts in maps. Guarded by this. */
final class InMemoryHubStorage implements HubStorage {
  @Override
  public List<Appended> commit(List<? extends Change> changes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<MessageKey, Entry> find(Collection<MessageKey> keys) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<ChatId, Cursor> heads() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Long> count(UserName notBy, List<Stretch> stretches) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Page comments(MessageKey message, Cursor after, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Stream<Fact> facts() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Entry> append(List<? extends Event> group) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Entry> get(UserName author, MessageId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Page readAfter(ChatId chat, Cursor cursor, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Page readBefore(ChatId chat, Cursor cursor, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Cursor head(ChatId chat) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<ChatId> chats() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Cursor position(UserName reader, ChatId chat) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void savePosition(UserName reader, ChatId chat, Cursor position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
