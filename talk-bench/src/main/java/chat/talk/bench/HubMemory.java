package chat.talk.bench;

import chat.talk.ChatId;
import chat.talk.hub.HubEngine;
import chat.talk.room.Command;
import chat.talk.room.Hub;
import chat.talk.room.HubStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Everybody makes five private chats and is let into 45 others: ten members in each. */
final class HubMemory {
  private static final int CHATS_EACH = 5;
  private static final int GUESTS = 9;
  private static final int IN_FLIGHT = 256;

  /** Idle threads live for five seconds, and hold what they ran last. */
  private static final Duration THREADS_END = Duration.ofSeconds(8);

  private final ExecutorService reader = Executors.newSingleThreadExecutor();
  private final HubStorage storage = HubStorage.inMemory();
  private final List<Visitor> visitors = new ArrayList<>();
  private final long atFirst = Heap.used();
  private Hub hub = HubEngine.builder(storage).open();

  private HubMemory() {}

  static void run(int users) throws Exception {
    if (users <= CHATS_EACH * GUESTS) {
      throw new IllegalArgumentException("at least " + (CHATS_EACH * GUESTS + 1) + " users");
    }
    HubMemory bench = new HubMemory();
    bench.build(users);
    bench.print("everybody connected");
    bench.hub.close();
    bench.hub = null;
    bench.drain();
    Thread.sleep(THREADS_END.toMillis());
    bench.print("the storage alone");
    bench.reopen();
    bench.print("the hub opened again");
    bench.comeBack();
    bench.print("everybody back");
    bench.hub.close();
    bench.reader.shutdown();
  }

  private void build(int users) throws Exception {
    long begin = System.nanoTime();
    for (int i = 0; i < users; i++) {
      visitors.add(new Visitor("user-" + i, reader));
    }
    Pipeline pipeline = new Pipeline(IN_FLIGHT);
    for (Visitor visitor : visitors) {
      pipeline.run(() -> visitor.join(hub));
    }
    pipeline.finish();
    printTime(users + " users joined", begin);
    for (int i = 0; i < users * CHATS_EACH; i++) {
      int number = i;
      pipeline.run(() -> create(number));
    }
    pipeline.finish();
    drain();
    printTime(users * CHATS_EACH + " chats of " + (GUESTS + 1) + " members made", begin);
  }

  private CompletableFuture<?> create(int number) {
    Visitor owner = visitors.get(number % visitors.size());
    ChatId chat = ChatId.random();
    List<CompletableFuture<?>> all = new ArrayList<>();
    all.add(owner.call(new Command.Create(chat, "Chat " + number)));
    for (int i = 0; i < GUESTS; i++) {
      Visitor guest = guest(number, i);
      all.add(
          owner
              .call(new Command.Invite(chat, guest.user()))
              .thenCompose(invited -> guest.call(new Command.Accept(chat))));
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
  }

  /** Spread so that everybody is asked into as many chats as anybody. */
  private Visitor guest(int number, int index) {
    int step = visitors.size() / (CHATS_EACH * GUESTS + 1);
    int away = (1 + number / visitors.size() * GUESTS + index) * step;
    return visitors.get((number + away) % visitors.size());
  }

  private void reopen() {
    long begin = System.nanoTime();
    hub = HubEngine.builder(storage).open();
    printTime("opened", begin);
  }

  private void comeBack() throws Exception {
    long begin = System.nanoTime();
    Pipeline pipeline = new Pipeline(IN_FLIGHT);
    for (Visitor visitor : visitors) {
      pipeline.run(() -> visitor.comeBack(hub));
    }
    pipeline.finish();
    drain();
    printTime("all came back", begin);
  }

  /** What was fed has been taken, and what was acknowledged is written down. */
  private void drain() throws Exception {
    for (int i = 0; i < 2; i++) {
      reader.submit(() -> {}).get();
      if (hub != null) {
        visitors.get(0).call(new Command.Status()).join();
      }
    }
  }

  private void print(String what) {
    System.out.println("heap, " + what + ": " + Heap.megabytes(Heap.used() - atFirst));
  }

  private static void printTime(String what, long begin) {
    System.out.printf(Locale.ROOT, "%s: %.1f s%n", what, (System.nanoTime() - begin) / 1e9);
  }
}
