package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.ChatMessage.Revision;
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
import chat.talk.room.HubStorage.Appended;
import chat.talk.room.HubStorage.Change;
import chat.talk.room.HubStorage.Stretch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a hub's storage that keeps everything should hold, in lists; and random changes to both. */
final class HubStorageModel {
  private static final int CHATS = 3;
  private static final int AUTHORS = 3;
  private static final int IDS = 60;
  private static final int MAX_CHANGES = 6;
  private static final int MAX_LIMIT = 9;

  private final HubStorage storage;
  private final Random random;
  private final Map<ChatId, List<Entry>> logs = new HashMap<>();
  private final Map<Fact.Key, Fact> facts = new HashMap<>();

  /** A model of a storage that is empty now. */
  HubStorageModel(HubStorage storage, Random random) {
    this.storage = storage;
    this.random = random;
  }

  void step() {
    commit();
    switch (random.nextInt(4)) {
      case 0 -> checkLogs();
      case 1 -> checkFind();
      case 2 -> checkCounts();
      default -> checkComments();
    }
    assertThat(HubStorageFixture.facts(storage))
        .containsExactlyInAnyOrderElementsOf(facts.values());
    checkReferences(HubStorageFixture.file("any", random.nextInt(3)).blob().digest());
  }

  private void checkReferences(Digest digest) {
    boolean isReferredTo =
        facts.values().stream()
            .anyMatch(
                fact -> fact instanceof Fact.File file && digest.equals(file.blob().digest()));
    assertThat(storage.refersTo(digest)).isEqualTo(isReferredTo);
  }

  private void commit() {
    List<Change> changes =
        IntStream.range(0, random.nextInt(MAX_CHANGES))
            .mapToObj(i -> randomChange())
            .sorted(Comparator.comparing(change -> !isEdit(change)))
            .toList();
    Iterator<Appended> answers = storage.commit(changes).iterator();
    changes.forEach(change -> note(change, answers));
    assertThat(answers.hasNext()).isFalse();
  }

  /** A hub notes no edit of a message that is blank. */
  private static boolean isEdit(Change change) {
    return change instanceof Change.Append append && append.event() instanceof Event.Edited;
  }

  private void note(Change change, Iterator<Appended> answers) {
    if (change instanceof Change.Append append) {
      note(append.event(), answers.next());
    } else if (change instanceof Change.Rewrite rewrite) {
      change(keyed(rewrite.message()), event -> edited(event, rewrite.text()));
    } else if (change instanceof Change.Erase erase) {
      change(keyed(erase.message()), event -> blanked(event, Revision.ERASED));
      change(editOf(erase.message()), HubStorageModel::blankedEdit);
    } else if (change instanceof Change.Expire expire) {
      expire(expire.chat(), expire.upTo());
    } else if (change instanceof Change.Put put) {
      facts.put(put.fact().key(), put.fact());
    } else if (change instanceof Change.Drop drop) {
      facts.remove(drop.fact().key());
    }
  }

  private void note(Event event, Appended answer) {
    Optional<Entry> known = find(event.key());
    assertThat(answer.isNew()).isEqualTo(known.isEmpty());
    if (known.isPresent()) {
      assertThat(answer.entry().cursor()).isEqualTo(known.get().cursor());
    } else {
      Entry entry = new Entry(answer.entry().cursor(), event);
      logs.computeIfAbsent(event.chat(), chat -> new ArrayList<>()).add(entry);
    }
  }

  private void expire(ChatId chat, Cursor upTo) {
    List<Event> gone = StorageFixture.events(log(chat).subList(0, place(chat, upTo)));
    for (Event event : gone) {
      change(keyed(event.key()), message -> blanked(message, Revision.EXPIRED));
      change(editOf(event.key()), HubStorageModel::blankedEdit);
    }
  }

  private void change(Predicate<Event> which, UnaryOperator<Event> how) {
    logs.values()
        .forEach(
            log ->
                log.replaceAll(
                    entry ->
                        which.test(entry.event())
                            ? new Entry(entry.cursor(), how.apply(entry.event()))
                            : entry));
  }

  private static Predicate<Event> keyed(MessageKey key) {
    return event -> event.key().equals(key);
  }

  private static Predicate<Event> editOf(MessageKey key) {
    return event ->
        event instanceof Event.Edited edit
            && edit.message().equals(key.id())
            && edit.author().equals(key.author());
  }

  private static Event edited(Event event, String text) {
    return hasText(event) ? ((ChatMessage) event).edited(text) : event;
  }

  private static Event blanked(Event event, Revision why) {
    return hasText(event) ? ((ChatMessage) event).blanked(why) : event;
  }

  private static boolean hasText(Event event) {
    return event instanceof ChatMessage message && !message.revision().isBlank();
  }

  private static Event blankedEdit(Event event) {
    return ((Event.Edited) event).withoutText();
  }

  private void checkLogs() {
    assertThat(storage.heads().keySet()).isEqualTo(logs.keySet());
    logs.forEach(
        (chat, log) -> {
          assertThat(storage.heads()).containsEntry(chat, log.get(log.size() - 1).cursor());
          assertThat(storage.readAfter(chat, Cursor.START, log.size()).entries()).isEqualTo(log);
          assertThat(storage.readBefore(chat, Cursor.END, log.size()).entries()).isEqualTo(log);
        });
  }

  private void checkFind() {
    List<MessageKey> keys = Stream.generate(this::randomKey).limit(10).toList();
    Map<MessageKey, Entry> expected = new HashMap<>();
    keys.forEach(key -> find(key).ifPresent(entry -> expected.put(key, entry)));
    assertThat(storage.find(keys)).isEqualTo(expected);
  }

  private void checkCounts() {
    UserName reader = randomAuthor();
    List<Stretch> stretches = new ArrayList<>();
    List<Long> expected = new ArrayList<>();
    for (Map.Entry<ChatId, List<Entry>> chat : logs.entrySet()) {
      int from = random.nextInt(chat.getValue().size());
      List<Entry> after = chat.getValue().subList(from + 1, chat.getValue().size());
      Cursor cursor = chat.getValue().get(from).cursor();
      stretches.add(new Stretch(chat.getKey(), cursor, storage.head(chat.getKey())));
      expected.add(after.stream().filter(entry -> counts(entry.event(), reader)).count());
    }
    assertThat(storage.count(reader, stretches)).isEqualTo(expected);
  }

  private static boolean counts(Event event, UserName reader) {
    return hasText(event) && !event.author().equals(reader);
  }

  private void checkComments() {
    MessageKey target = randomKey();
    find(target).ifPresent(entry -> checkComments(entry.event().chat(), target));
  }

  private void checkComments(ChatId chat, MessageKey target) {
    Cursor after = randomCursor(chat);
    int limit = 1 + random.nextInt(MAX_LIMIT);
    List<Entry> rest =
        log(chat).subList(place(chat, after), log(chat).size()).stream()
            .filter(entry -> isComment(entry.event(), target))
            .toList();
    Page page = storage.comments(target, after, limit);
    int size = page.entries().size();
    assertThat(size).isBetween(Math.min(1, rest.size()), Math.min(limit, rest.size()));
    assertThat(page.entries()).isEqualTo(rest.subList(0, size));
    assertThat(page.atEnd()).isEqualTo(size == rest.size());
  }

  private static boolean isComment(Event event, MessageKey target) {
    return event instanceof ChatMessage message && target.equals(message.about());
  }

  private List<Entry> log(ChatId chat) {
    return logs.getOrDefault(chat, List.of());
  }

  private Stream<Entry> all() {
    return logs.values().stream().flatMap(List::stream);
  }

  private Optional<Entry> find(MessageKey key) {
    return all().filter(entry -> entry.event().key().equals(key)).findAny();
  }

  /** How many entries of the log lie before a cursor. */
  private int place(ChatId chat, Cursor cursor) {
    List<Cursor> cursors = log(chat).stream().map(Entry::cursor).toList();
    return cursor.equals(Cursor.END) ? cursors.size() : cursors.indexOf(cursor) + 1;
  }

  private Change randomChange() {
    return switch (random.nextInt(12)) {
      case 0 -> new Change.Rewrite(randomKey(), randomText());
      case 1 -> new Change.Erase(randomKey());
      case 2 -> random.nextInt(5) == 0 ? randomExpiry() : new Change.Erase(randomKey());
      case 3, 4 -> new Change.Put(randomFact());
      case 5 -> new Change.Drop(randomFact());
      case 6, 7 -> new Change.Append(randomEditOr(randomMessage()));
      case 8, 9 -> new Change.Append(randomComment(randomMessage()));
      default -> new Change.Append(randomMessage());
    };
  }

  private Change randomExpiry() {
    ChatId chat = randomChat();
    return new Change.Expire(chat, randomCursor(chat));
  }

  private Fact randomFact() {
    String name = "user" + random.nextInt(5);
    return switch (random.nextInt(3)) {
      case 0 -> HubStorageFixture.user(name);
      case 1 -> HubStorageFixture.window(name, random.nextInt(100));
      default -> HubStorageFixture.file(name, random.nextInt(3));
    };
  }

  private ChatMessage randomMessage() {
    ChatMessage plain =
        StorageFixture.message(randomChat(), randomAuthor(), randomId().value(), randomText());
    return random.nextInt(3) > 0
        ? plain
        : HubStorageFixture.carrying(plain, Samples.attachment(random.nextBoolean()));
  }

  private ChatMessage randomComment(ChatMessage message) {
    List<Entry> log = log(message.chat());
    return log.isEmpty()
        ? message
        : HubStorageFixture.comment(
            message.chat(),
            message.author(),
            message.id().value(),
            log.get(random.nextInt(log.size())).event().key());
  }

  private Event randomEditOr(ChatMessage message) {
    List<Entry> own =
        log(message.chat()).stream()
            .filter(entry -> hasText(entry.event()))
            .filter(entry -> entry.event().author().equals(message.author()))
            .toList();
    return own.isEmpty()
        ? message
        : HubStorageFixture.edit(
            message.id().value(),
            (ChatMessage) own.get(random.nextInt(own.size())).event(),
            randomText());
  }

  private Cursor randomCursor(ChatId chat) {
    List<Cursor> all =
        Stream.concat(Stream.of(Cursor.START, Cursor.END), log(chat).stream().map(Entry::cursor))
            .toList();
    return all.get(random.nextInt(all.size()));
  }

  private MessageKey randomKey() {
    return new MessageKey(randomAuthor(), randomId());
  }

  private String randomText() {
    return "x".repeat(random.nextInt(20));
  }

  private ChatId randomChat() {
    return ChatId.of("chat" + random.nextInt(CHATS));
  }

  private UserName randomAuthor() {
    return UserName.of("author" + random.nextInt(AUTHORS));
  }

  private MessageId randomId() {
    return MessageId.of("id" + random.nextInt(IDS));
  }
}
