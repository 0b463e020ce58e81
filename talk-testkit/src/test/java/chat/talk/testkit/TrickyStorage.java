package chat.talk.testkit;

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
import java.util.function.Function;

/** A storage in memory that a test may hold up or spoil. */
final class TrickyStorage implements Storage {
  volatile Runnable beforeAppend = () -> {};
  volatile Runnable beforeReadBack = () -> {};
  volatile Runnable beforeChats = () -> {};
  volatile Function<List<Entry>, List<Entry>> appended = entries -> entries;

  private final Storage real = Storage.inMemory();

  @Override
  public List<Entry> append(List<? extends Event> group) {
    beforeAppend.run();
    return appended.apply(real.append(group));
  }

  @Override
  public Optional<Entry> get(UserName author, MessageId id) {
    return real.get(author, id);
  }

  @Override
  public Page readAfter(ChatId chat, Cursor cursor, int limit) {
    return real.readAfter(chat, cursor, limit);
  }

  @Override
  public Page readBefore(ChatId chat, Cursor cursor, int limit) {
    beforeReadBack.run();
    return real.readBefore(chat, cursor, limit);
  }

  @Override
  public Cursor head(ChatId chat) {
    return real.head(chat);
  }

  @Override
  public Set<ChatId> chats() {
    beforeChats.run();
    return real.chats();
  }

  @Override
  public Cursor position(UserName reader, ChatId chat) {
    return real.position(reader, chat);
  }

  @Override
  public void savePosition(UserName reader, ChatId chat, Cursor position) {
    real.savePosition(reader, chat, position);
  }

  @Override
  public void close() {
    real.close();
  }

  void mend() {
    beforeAppend = () -> {};
    appended = entries -> entries;
  }
}
