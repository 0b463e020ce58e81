package chat.talk.testkit;

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
import chat.talk.room.Fact;
import chat.talk.room.HubStorage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A hub's way to its storage, which ends with the hub while the storage stays. */
final class MortalStorage implements HubStorage {
  private final HubStorage kept;
  private final Runnable crash;
  private boolean dead;
  private boolean diesAtCommit;
  private boolean stores;

  MortalStorage(HubStorage kept, Runnable crash) {
    this.kept = kept;
    this.crash = crash;
  }

  void die() {
    dead = true;
  }

  void dieAtCommit(boolean stored) {
    diesAtCommit = true;
    stores = stored;
  }

  void live() {
    diesAtCommit = false;
  }

  private HubStorage kept() {
    if (dead) {
      throw new ChatException(Code.CLOSED, "the hub that asks has crashed");
    }
    return kept;
  }

  @Override
  public List<Appended> commit(List<? extends Change> changes) {
    HubStorage target = kept();
    if (!diesAtCommit) {
      return target.commit(changes);
    }
    List<Appended> result = stores ? target.commit(changes) : pretend(changes);
    crash.run();
    return result;
  }

  /** For a dead hub, which tells nobody; an error would only make it complain. */
  private static List<Appended> pretend(List<? extends Change> changes) {
    List<Appended> result = new ArrayList<>();
    for (Change change : changes) {
      if (change instanceof Change.Append append) {
        Cursor place = new Cursor(1, 1L + result.size());
        result.add(new Appended(new Entry(place, append.event()), true));
      }
    }
    return result;
  }

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

  /** The storage outlives the hub. */
  @Override
  public void close() {
    dead = true;
  }
}
