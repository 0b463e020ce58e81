package chat.talk.jdbc;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.Page;
import chat.talk.Storage;
import chat.talk.UserName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A storage to be read only. */
final class History implements Storage {
  private final Storage storage;

  History(Storage storage) {
    this.storage = storage;
  }

  @Override
  public List<Entry> append(List<? extends Event> group) {
    throw refusal();
  }

  @Override
  public Optional<Entry> get(UserName author, MessageId id) {
    return storage.get(author, id);
  }

  @Override
  public Page readAfter(ChatId chat, Cursor cursor, int limit) {
    return storage.readAfter(chat, cursor, limit);
  }

  @Override
  public Page readBefore(ChatId chat, Cursor cursor, int limit) {
    return storage.readBefore(chat, cursor, limit);
  }

  @Override
  public Cursor head(ChatId chat) {
    return storage.head(chat);
  }

  @Override
  public Set<ChatId> chats() {
    return storage.chats();
  }

  @Override
  public Cursor position(UserName reader, ChatId chat) {
    return storage.position(reader, chat);
  }

  @Override
  public void savePosition(UserName reader, ChatId chat, Cursor position) {
    throw refusal();
  }

  private static ChatException refusal() {
    return new ChatException(Code.FORBIDDEN, "the storage is to be read only");
  }

  @Override
  public void close() {
    storage.close();
  }
}
