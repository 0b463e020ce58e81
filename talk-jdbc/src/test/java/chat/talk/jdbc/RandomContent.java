package chat.talk.jdbc;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessage.Revision;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.RegistryStore.Registration;
import chat.talk.UserAddress;
import chat.talk.UserName;
import chat.talk.room.Attachment;
import chat.talk.room.Fact;
import chat.talk.room.HubStorage;
import chat.talk.room.HubStorage.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/** Fills a database with something of everything. */
final class RandomContent {
  private static final int CHATS = 7;
  private static final int EVENTS = 200;
  private static final int GROUP = 10;

  private final RandomGenerator random;
  private final List<Entry> entries = new ArrayList<>();
  private int ids;

  RandomContent(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  void fill(Database database) {
    HubStorage storage = database.storage();
    for (int i = 0; i < EVENTS; i += GROUP) {
      List<Event> events = Stream.generate(this::event).limit(GROUP).toList();
      entries.addAll(storage.append(events));
    }
    List<Change> changes = new ArrayList<>();
    FactSamples.all().forEach(fact -> changes.add(new Change.Put(fact)));
    for (int i = 0; i < CHATS * 4; i++) {
      addPlaces(changes, entries.get(random.nextInt(entries.size())));
    }
    storage.commit(changes);
    for (int i = 0; i < CHATS; i++) {
      Entry at = entries.get(random.nextInt(entries.size()));
      storage.savePosition(user(), at.event().chat(), at.cursor());
      register(database, UserName.of("registered" + i), i);
    }
    storage.savePosition(user(), ChatId.of("unknown"), Cursor.START);
    storage.savePosition(user(), chat(), new Cursor(7, 7));
  }

  private void addPlaces(List<Change> changes, Entry entry) {
    ChatId chat = entry.event().chat();
    Cursor at = entry.cursor();
    List<Fact.Range> ranges =
        List.of(new Fact.Range(Cursor.START, at), new Fact.Range(new Cursor(7, 7), null));
    changes.add(new Change.Put(new Fact.Member(chat, user(), ranges, at)));
    changes.add(new Change.Put(new Fact.Delivered("device" + ids++, chat, at)));
    changes.add(new Change.Put(new Fact.Reached(chat, at, time(), time())));
    if (random.nextInt(8) == 0) {
      changes.add(new Change.Expire(chat, at));
    }
    if (random.nextInt(4) == 0) {
      changes.add(new Change.Erase(entry.event().key()));
    }
  }

  private void register(Database database, UserName user, int i) {
    UserAddress address = new UserAddress("HTTP", "host" + i, 8000 + i);
    String claim = random.nextBoolean() ? null : "claim" + i;
    database.registry().replace(user, null, new Registration(address, claim, random.nextLong()));
  }

  private Event event() {
    ChatId chat = chat();
    MessageId id = MessageId.of("id-" + ids++);
    UserName by = user();
    Instant at = time();
    Entry other = entries.isEmpty() ? null : entries.get(random.nextInt(entries.size()));
    Cursor place = other == null ? Cursor.START : other.cursor();
    MessageKey about = other == null ? null : other.event().key();
    return switch (random.nextInt(12)) {
      case 0 -> new Event.Edited(chat, id, by, at, MessageId.of("id-0"), place, text());
      case 1 -> new Event.Erased(chat, id, by, at, MessageId.of("id-0"));
      case 2 -> new Event.Expired(chat, id, by, at, place);
      case 3 -> new Event.Joined(chat, id, by, at, user());
      case 4 -> new Event.Renamed(chat, id, by, at, text());
      case 5 -> new Event.Decided(chat, id, by, at, "ban", user(), text());
      case 6 -> new ChatMessage(chat, id, by, text(), at, about, Revision.EDITED);
      case 7 -> new ChatMessage(chat, id, by, text(), at, about, Revision.ORIGINAL, attachment());
      default -> new ChatMessage(chat, id, by, text(), at);
    };
  }

  private Attachment attachment() {
    List<Attachment> all = FactSamples.attachments();
    return all.get(random.nextInt(all.size()));
  }

  private ChatId chat() {
    return ChatId.of("chat-" + random.nextInt(CHATS));
  }

  private UserName user() {
    return UserName.of("user-" + random.nextInt(CHATS));
  }

  private String text() {
    return FactSamples.TEXTS.get(random.nextInt(FactSamples.TEXTS.size()));
  }

  private Instant time() {
    return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1000L);
  }
}
