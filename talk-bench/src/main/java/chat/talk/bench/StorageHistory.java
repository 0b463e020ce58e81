package chat.talk.bench;

import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.hub.HubEngine;
import chat.talk.jdbc.Database;
import chat.talk.room.Chat;
import chat.talk.room.Command;
import chat.talk.room.Fact;
import chat.talk.room.Hub;
import chat.talk.room.HubStorage;
import chat.talk.room.HubStorage.Change;
import chat.talk.room.HubStorage.Stretch;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** What a long history costs: opening, the newest page, what is unread, heap. */
final class StorageHistory implements Session.Listener {
  private static final int CHATS = 1_000;
  private static final int MINE = 500;
  private static final int UNREAD = 20;
  private static final int PAGE = 50;
  private static final int GROUP = 4_096;
  private static final int RUNS = 2_000;
  private static final int WARM_UP = 5;
  private static final UserName READER = UserName.of("reader");
  private static final Token TOKEN = Token.of("t".repeat(43));

  private StorageHistory() {}

  static void run(Path folder, int messages) throws Exception {
    Path file = folder.resolve("history-" + messages + ".db");
    if (!Files.exists(file)) {
      fill(file, messages);
    }
    long begin = System.nanoTime();
    try (Database database = Database.open(file.toString());
        Hub hub = HubEngine.builder(database.storage()).open()) {
      System.out.printf(
          Locale.ROOT,
          "%,d messages in %,d chats, a file of %,d MB; opened in %.2f s, heap %d MB%n",
          messages,
          CHATS,
          Files.size(file) >> 20,
          (System.nanoTime() - begin) / 1e9,
          Heap.used() >> 20);
      measure(database.storage(), hub);
    }
  }

  /** Seconds that a hub takes to open with so many messages stored, once the code is warm. */
  static double open(Path folder, int messages) throws Exception {
    Path file = folder.resolve("history-" + messages + ".db");
    fill(file, messages);
    for (int i = 0; i < WARM_UP; i++) {
      openOnce(file);
    }
    return openOnce(file);
  }

  private static double openOnce(Path file) throws Exception {
    long begin = System.nanoTime();
    try (Database database = Database.open(file.toString());
        Hub hub = HubEngine.builder(database.storage()).open()) {
      return (System.nanoTime() - begin) / 1e9;
    }
  }

  private static void measure(HubStorage storage, Hub hub) {
    Random random = new Random(1);
    print(
        "newest page of a chat",
        () -> storage.readBefore(chat(random.nextInt(CHATS)), Cursor.END, PAGE));
    List<Stretch> stretches =
        IntStream.range(0, MINE).mapToObj(i -> unread(chat(i), storage.head(chat(i)))).toList();
    print("unread in 500 chats", () -> storage.count(READER, stretches));
    Session session = hub.connect(new Login.Known(TOKEN), Map.of(), new StorageHistory()).join();
    print("the list of 501 chats", () -> session.call(new Command.Chats()).join());
    System.out.printf(Locale.ROOT, "heap afterwards %d MB%n", Heap.used() >> 20);
  }

  private static Stretch unread(ChatId chat, Cursor head) {
    long after = Math.max(0, head.sequence() - UNREAD);
    return new Stretch(chat, new Cursor(head.epoch(), after), head);
  }

  private static void print(String what, Runnable step) {
    Histogram histogram = new Histogram(3);
    for (int i = 0; i < RUNS; i++) {
      long begin = System.nanoTime();
      step.run();
      histogram.recordValue(System.nanoTime() - begin);
    }
    System.out.printf(
        Locale.ROOT,
        "%s: p50 %.2f ms, p99 %.2f ms%n",
        what,
        histogram.getValueAtPercentile(50) / 1e6,
        histogram.getValueAtPercentile(99) / 1e6);
  }

  private static ChatId chat(int number) {
    return ChatId.of("chat-" + number);
  }

  private static void fill(Path file, int messages) {
    try (Database database = Database.open(file.toString())) {
      HubStorage storage = database.storage();
      for (int from = 0; from < messages; from += GROUP) {
        storage.append(group(from, Math.min(messages, from + GROUP)));
      }
      storage.commit(facts(storage));
    }
  }

  private static List<ChatMessage> group(int from, int to) {
    return IntStream.range(from, to).mapToObj(StorageHistory::message).toList();
  }

  private static ChatMessage message(int number) {
    return new ChatMessage(
        chat(number % CHATS),
        MessageId.random(),
        UserName.of("user" + number % 20),
        Numbered.text(number),
        Instant.now());
  }

  private static List<Change> facts(HubStorage storage) {
    Instant now = Instant.now();
    List<Change> facts = new ArrayList<>();
    facts.add(new Change.Put(new Fact.User(READER, now, null, 0, null)));
    facts.add(new Change.Put(new Fact.Machine("device", READER, TOKEN.digest(), now, null)));
    for (int i = 0; i < CHATS; i++) {
      facts.add(
          new Change.Put(new Fact.Room(chat(i), Chat.Kind.PRIVATE, "Chat", READER, now, false)));
    }
    for (int i = 0; i < MINE; i++) {
      Stretch unread = unread(chat(i), storage.head(chat(i)));
      List<Fact.Range> all = List.of(new Fact.Range(Cursor.START, null));
      facts.add(new Change.Put(new Fact.Member(chat(i), READER, all, unread.after())));
    }
    return facts;
  }

  @Override
  public void onReady() {}

  @Override
  public void onEnd(ChatException why) {}
}
