package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.MessageId;
import chat.talk.Page;
import chat.talk.Storage;
import chat.talk.UserName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a storage that keeps everything should hold, in lists; and random questions to both. */
final class StorageModel {
  private static final int CHATS = 3;
  private static final int AUTHORS = 2;
  private static final int MAX_LIMIT = 9;

  private final Storage storage;
  private final Random random;
  private final int ids;
  private final Map<ChatId, List<Entry>> logs = new HashMap<>();
  private final Map<List<Object>, Entry> entries = new HashMap<>();
  private final Map<List<Object>, Cursor> positions = new HashMap<>();

  /**
   * A model of a storage that is empty now.
   *
   * @param ids how many different ids there are: the fewer, the more repeats
   */
  StorageModel(Storage storage, Random random, int ids) {
    this.storage = storage;
    this.random = random;
    this.ids = ids;
  }

  void step() {
    switch (random.nextInt(6)) {
      case 0 -> checkAfter(randomChat());
      case 1 -> checkBefore(randomChat());
      case 2 -> checkIdentity();
      case 3 -> checkPosition();
      case 4 -> checkHead(randomChat());
      default -> append();
    }
  }

  void append() {
    List<ChatMessage> group =
        IntStream.range(0, random.nextInt(5)).mapToObj(i -> randomMessage()).toList();
    List<Entry> answer = storage.append(group);
    assertThat(answer).hasSameSizeAs(group);
    for (int i = 0; i < group.size(); i++) {
      note(group.get(i), answer.get(i));
    }
  }

  private void note(ChatMessage message, Entry answer) {
    List<Object> identity = List.of(message.author(), message.id());
    if (entries.containsKey(identity)) {
      assertThat(answer).isEqualTo(entries.get(identity));
    } else {
      assertThat(answer.event()).isEqualTo(message);
      entries.put(identity, answer);
      logs.computeIfAbsent(message.chat(), chat -> new ArrayList<>()).add(answer);
    }
  }

  private void checkIdentity() {
    UserName author = randomAuthor();
    MessageId id = randomId();
    Entry expected = entries.get(List.of(author, id));
    assertThat(storage.get(author, id).orElse(null)).isEqualTo(expected);
  }

  private void checkPosition() {
    List<Object> place = List.of(randomAuthor(), randomChat());
    UserName reader = (UserName) place.get(0);
    ChatId chat = (ChatId) place.get(1);
    assertThat(storage.position(reader, chat))
        .isEqualTo(positions.getOrDefault(place, Cursor.START));
    Cursor next = randomCursor(chat);
    storage.savePosition(reader, chat, next);
    positions.put(place, next);
  }

  private void checkHead(ChatId chat) {
    assertThat(storage.chats()).isEqualTo(logs.keySet());
    List<Entry> log = log(chat);
    if (!log.isEmpty()) {
      assertThat(storage.head(chat)).isEqualTo(log.get(log.size() - 1).cursor());
    }
  }

  private void checkAfter(ChatId chat) {
    Cursor cursor = randomCursor(chat);
    int limit = 1 + random.nextInt(MAX_LIMIT);
    List<Entry> rest = log(chat).subList(place(chat, cursor), log(chat).size());
    Page page = storage.readAfter(chat, cursor, limit);
    int size = checkSize(page, rest, limit);
    assertThat(page.entries()).isEqualTo(rest.subList(0, size));
    if (size > 0) {
      assertThat(page.next()).isEqualTo(rest.get(size - 1).cursor());
    }
  }

  private void checkBefore(ChatId chat) {
    Cursor cursor = randomCursor(chat);
    int limit = 1 + random.nextInt(MAX_LIMIT);
    List<Entry> rest = log(chat).subList(0, place(chat, cursor));
    Page page = storage.readBefore(chat, cursor, limit);
    int size = checkSize(page, rest, limit);
    assertThat(page.entries()).isEqualTo(rest.subList(rest.size() - size, rest.size()));
    if (size < rest.size()) {
      assertThat(page.next()).isEqualTo(rest.get(rest.size() - size - 1).cursor());
    }
  }

  private static int checkSize(Page page, List<Entry> rest, int limit) {
    int size = page.entries().size();
    assertThat(size).isBetween(Math.min(1, rest.size()), Math.min(limit, rest.size()));
    assertThat(page.atEnd()).isEqualTo(size == rest.size());
    assertThat(page.lost()).isFalse();
    return size;
  }

  /** The log of each chat as it would be if nothing had been dropped. */
  Map<ChatId, List<Entry>> logs() {
    return logs;
  }

  private List<Entry> log(ChatId chat) {
    return logs.getOrDefault(chat, List.of());
  }

  private int place(ChatId chat, Cursor cursor) {
    List<Cursor> cursors = Stream.concat(Stream.of(Cursor.START), cursors(chat)).toList();
    return cursor.equals(Cursor.END) ? cursors.size() - 1 : cursors.indexOf(cursor);
  }

  private Stream<Cursor> cursors(ChatId chat) {
    return log(chat).stream().map(Entry::cursor);
  }

  private Cursor randomCursor(ChatId chat) {
    List<Cursor> all = Stream.concat(Stream.of(Cursor.START, Cursor.END), cursors(chat)).toList();
    return all.get(random.nextInt(all.size()));
  }

  private ChatMessage randomMessage() {
    String text = "x".repeat(random.nextInt(20));
    return StorageFixture.message(randomChat(), randomAuthor(), randomId().value(), text);
  }

  private ChatId randomChat() {
    return ChatId.of("chat" + random.nextInt(CHATS));
  }

  private UserName randomAuthor() {
    return UserName.of("author" + random.nextInt(AUTHORS));
  }

  private MessageId randomId() {
    return MessageId.of("id" + random.nextInt(ids));
  }
}
