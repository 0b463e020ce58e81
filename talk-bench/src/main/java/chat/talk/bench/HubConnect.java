package chat.talk.bench;

import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.UserName;
import chat.talk.hub.HubEngine;
import chat.talk.room.Chat;
import chat.talk.room.Chunk;
import chat.talk.room.Command;
import chat.talk.room.Feed;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** A user with many chats comes back, again and again, to the same unread messages. */
final class HubConnect {
  private static final int CHATS = 500;
  private static final int WITH_UNREAD = 50;
  private static final int UNREAD = 10;
  private static final int WARM_UP = 2_000;
  private static final int RUNS = 2_000;

  private final Histogram answered = new Histogram(3);
  private final Histogram taken = new Histogram(3);
  private final Hub hub;
  private final Token token = Token.random();

  private HubConnect(Hub hub) {
    this.hub = hub;
  }

  static void run() throws InterruptedException {
    try (Hub hub = HubEngine.builder(HubStorage.inMemory()).open()) {
      HubConnect bench = new HubConnect(hub);
      bench.prepare();
      bench.repeat(WARM_UP);
      bench.answered.reset();
      bench.taken.reset();
      bench.repeat(RUNS);
      System.out.printf(
          Locale.ROOT, "%d chats, %d of them with %d unread%n", CHATS, WITH_UNREAD, UNREAD);
      print("connected", bench.answered);
      print("all unread messages taken", bench.taken);
    }
  }

  private void prepare() {
    UserName user = UserName.of("user");
    try (HubClient owner = HubClient.join(hub, "owner").start();
        HubClient guest =
            HubClient.join(hub, new Login.NewUser(user, token)).readsByItself().start()) {
      for (int i = 0; i < CHATS; i++) {
        ChatId chat = owner.create("Chat " + i).join().id();
        owner.invite(chat, user).join();
        guest.accept(chat).join();
      }
      List<Chat> chats = guest.chats().join();
      guest.call(new Command.Acknowledge(heads(chats), true)).join();
      guest.close();
      chats.stream()
          .filter(chat -> chat.kind() == Chat.Kind.PRIVATE)
          .limit(WITH_UNREAD)
          .forEach(chat -> leaveUnread(owner, chat.id()));
    }
  }

  private static Map<ChatId, Cursor> heads(List<Chat> chats) {
    return chats.stream().collect(Collectors.toMap(Chat::id, Chat::head));
  }

  private static void leaveUnread(HubClient owner, ChatId chat) {
    for (int i = 0; i < UNREAD; i++) {
      owner.send(chat, Numbered.text(i)).join();
    }
  }

  private void repeat(int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      Arrival arrival = new Arrival();
      arrival.run(hub, new Login.Known(token), WITH_UNREAD * UNREAD);
      answered.recordValue(arrival.answeredNanos);
      taken.recordValue(arrival.takenNanos);
    }
  }

  private static void print(String what, Histogram histogram) {
    System.out.printf(
        Locale.ROOT,
        "%s: p50 %.2f ms, p99 %.2f ms, max %.2f ms%n",
        what,
        histogram.getValueAtPercentile(50) / 1e6,
        histogram.getValueAtPercentile(99) / 1e6,
        histogram.getMaxValue() / 1e6);
  }

  /** Comes, takes what is there without acknowledging it, and goes. */
  private static final class Arrival implements Session.Listener {
    private static final int POLL = 256;

    private final Semaphore ready = new Semaphore(0);
    private long answeredNanos;
    private long takenNanos;

    void run(Hub hub, Login login, int messages) throws InterruptedException {
      long begin = System.nanoTime();
      Session session = hub.connect(login, Map.of(), this).join();
      answeredNanos = System.nanoTime() - begin;
      int came = 0;
      while (came < messages) {
        Feed feed = session.poll(POLL);
        if (feed.isEmpty()) {
          ready.acquire();
        }
        came += feed.chunks().stream().mapToInt(Arrival::messages).sum();
      }
      takenNanos = System.nanoTime() - begin;
      if (came > messages) {
        System.out.println("came, but had been read: " + (came - messages));
      }
      session.close();
    }

    private static int messages(Chunk chunk) {
      return (int)
          chunk.entries().stream().filter(entry -> entry.event() instanceof ChatMessage).count();
    }

    @Override
    public void onReady() {
      ready.release();
    }

    @Override
    public void onEnd(ChatException why) {}
  }
}
