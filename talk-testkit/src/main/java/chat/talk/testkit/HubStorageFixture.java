package chat.talk.testkit;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.UserName;
import chat.talk.room.Attachment;
import chat.talk.room.Blob;
import chat.talk.room.Digest;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage;
import chat.talk.room.HubStorage.Appended;
import chat.talk.room.HubStorage.Change;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the tests of {@link HubStorageContract} are written with. */
abstract class HubStorageFixture extends StorageContract {
  /** Whole microseconds: not every store keeps nanoseconds. */
  static final Instant NOW = Instant.parse("2026-03-01T00:00:00.456789Z");

  @Override
  protected abstract HubStorage open();

  /** The storage under test. */
  HubStorage hub() {
    return (HubStorage) storage;
  }

  List<Appended> commit(Change... changes) {
    return hub().commit(List.of(changes));
  }

  static ChatMessage comment(ChatId chat, UserName author, String id, MessageKey about) {
    ChatMessage plain = message(chat, author, id, "about " + about.id());
    return new ChatMessage(
        chat, plain.id(), author, plain.text(), plain.time(), about, plain.revision());
  }

  static ChatMessage comment(String id, MessageKey about) {
    return comment(CHAT, BOB, id, about);
  }

  static ChatMessage carrying(ChatMessage message, Attachment attachment) {
    return new ChatMessage(
        message.chat(),
        message.id(),
        message.author(),
        message.text(),
        message.time(),
        message.about(),
        message.revision(),
        attachment);
  }

  static Event.Edited edit(String id, ChatMessage message, String text) {
    return edit(message.chat(), message.author(), MessageId.of(id), message.id(), text);
  }

  static Event.Edited edit(
      ChatId chat, UserName author, MessageId id, MessageId message, String text) {
    return new Event.Edited(chat, id, author, NOW, message, new Cursor(7, 7), text);
  }

  static Fact.User user(String name) {
    return new Fact.User(UserName.of(name), NOW, null, 0, null);
  }

  static Fact.File file(String message, int blob) {
    Digest digest = Digest.of(String.valueOf(blob).repeat(64));
    MessageKey key = new MessageKey(ALICE, MessageId.of(message));
    return new Fact.File(CHAT, key, new Blob(digest, 7), NOW);
  }

  static Fact.Window window(String name, int count) {
    return new Fact.Window(UserName.of(name), NOW, count);
  }

  Set<Fact> facts() {
    return facts(hub());
  }

  static Set<Fact> facts(HubStorage storage) {
    try (Stream<Fact> facts = storage.facts()) {
      return facts.collect(Collectors.toUnmodifiableSet());
    }
  }

  /** What is read at the place of an entry now. */
  Event now(Entry entry) {
    return hub().find(List.of(entry.event().key())).get(entry.event().key()).event();
  }

  long unread(UserName notBy, ChatId chat, Cursor after) {
    return hub()
        .count(notBy, List.of(new HubStorage.Stretch(chat, after, storage.head(chat))))
        .get(0);
  }
}
