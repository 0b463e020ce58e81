package chat.talk.testkit;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.Page;
import chat.talk.Storage;
import chat.talk.UserName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What the tests of {@link StorageContract} are written with. */
@Timeout(60)
abstract class StorageFixture {
  static final UserName ALICE = UserName.of("alice");
  static final UserName BOB = UserName.of("bob");
  static final ChatId CHAT = ChatId.of("chat");
  static final ChatId OTHER = ChatId.of("other~chat");

  /** Whole microseconds: not every store keeps nanoseconds. */
  private static final Instant TIME = Instant.parse("2026-02-28T23:59:59.123457Z");

  Storage storage;
  private final List<Storage> opened = new ArrayList<>();

  abstract Storage openFresh();

  protected abstract void close();

  @BeforeEach
  void prepare() {
    storage = opened(openFresh());
  }

  @AfterEach
  void closeAll() {
    opened.forEach(Storage::close);
    close();
  }

  Storage opened(Storage storage) {
    opened.add(storage);
    return storage;
  }

  static ChatMessage message(String id) {
    return message(CHAT, ALICE, id, "text of " + id);
  }

  static ChatMessage message(ChatId chat, UserName author, String id, String text) {
    return new ChatMessage(chat, MessageId.of(id), author, text, TIME);
  }

  static List<ChatMessage> messages(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> message(prefix + "-" + i)).toList();
  }

  Entry append(Event event) {
    return storage.append(List.of(event)).get(0);
  }

  List<Event> readAll(ChatId chat) {
    return events(readOn(chat, Cursor.START, 100));
  }

  /** All that follows a cursor, page by page. */
  List<Entry> readOn(ChatId chat, Cursor cursor, int limit) {
    Page page = storage.readAfter(chat, cursor, limit);
    List<Entry> entries = new ArrayList<>(page.entries());
    while (!page.atEnd()) {
      page = storage.readAfter(chat, page.next(), limit);
      entries.addAll(page.entries());
    }
    return entries;
  }

  /** All that precedes a cursor, page by page, oldest first. */
  List<Entry> readBack(ChatId chat, Cursor cursor, int limit) {
    Page page = storage.readBefore(chat, cursor, limit);
    List<Entry> entries = new ArrayList<>(page.entries());
    while (!page.atEnd()) {
      page = storage.readBefore(chat, page.next(), limit);
      entries.addAll(0, page.entries());
    }
    return entries;
  }

  static List<Event> events(List<Entry> entries) {
    return entries.stream().map(Entry::event).toList();
  }

  /** The same place in another life of the log. */
  static Cursor foreign(Cursor cursor) {
    long epoch = cursor.epoch() == Long.MAX_VALUE ? 1 : cursor.epoch() + 1;
    return new Cursor(epoch, cursor.sequence());
  }
}
