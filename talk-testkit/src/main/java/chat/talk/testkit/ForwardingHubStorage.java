package chat.talk.testkit;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.UserName;
import chat.talk.room.Digest;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Hands on to another storage all but {@link #commit}: what a storage extends that is to fail in
 * some way.
 */
public abstract class ForwardingHubStorage implements HubStorage {
  /** For subclasses. */
  protected ForwardingHubStorage() {}

  /**
   * The other one.
   *
   * @return a storage, which may be another one each time
   */
  protected abstract HubStorage kept();

  @Override
  public List<Entry> append(List<? extends Event> group) {
    return commit(group.stream().map(Change.Append::new).toList()).stream()
        .map(Appended::entry)
        .toList();
  }

  @Override
  public Map<MessageKey, Entry> find(Collection<MessageKey> keys) {
    return kept().find(keys);
  }

  @Override
  public Map<ChatId, Cursor> heads() {
    return kept().heads();
  }

  @Override
  public List<Long> count(UserName notBy, List<Stretch> stretches) {
    return kept().count(notBy, stretches);
  }

  @Override
  public Page comments(MessageKey message, Cursor after, int limit) {
    return kept().comments(message, after, limit);
  }

  @Override
  public Stream<Fact> facts() {
    return kept().facts();
  }

  @Override
  public boolean refersTo(Digest digest) {
    return kept().refersTo(digest);
  }

  @Override
  public Usage usage() {
    return kept().usage();
  }

  @Override
  public Optional<Entry> get(UserName author, MessageId id) {
    return kept().get(author, id);
  }

  @Override
  public Page readAfter(ChatId chat, Cursor cursor, int limit) {
    return kept().readAfter(chat, cursor, limit);
  }

  @Override
  public Page readBefore(ChatId chat, Cursor cursor, int limit) {
    return kept().readBefore(chat, cursor, limit);
  }

  @Override
  public Cursor head(ChatId chat) {
    return kept().head(chat);
  }

  @Override
  public Set<ChatId> chats() {
    return kept().chats();
  }

  @Override
  public Cursor position(UserName reader, ChatId chat) {
    return kept().position(reader, chat);
  }

  @Override
  public void savePosition(UserName reader, ChatId chat, Cursor position) {
    kept().savePosition(reader, chat, position);
  }

  @Override
  public void close() {
    kept().close();
  }
}
