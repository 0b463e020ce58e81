package chat.talk.bench;

import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Draft;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.hub.HubEngine;
import chat.talk.jdbc.Database;
import chat.talk.room.Command;
import chat.talk.room.Hub;
import chat.talk.room.HubStorage;
import chat.talk.room.HubStorage.Change;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jetbrains.annotations.Nullable;

/** Acknowledged messages per second, with many on their way. */
final class StorageRate {
  private static final int IN_FLIGHT = 256;
  private static final ChatId GENERAL = ChatId.of("general");
  private static final String TEXT = "x".repeat(128);

  private final Path folder;
  private final double seconds;

  private StorageRate(Path folder, double seconds) {
    this.folder = folder;
    this.seconds = seconds;
  }

  static void run(Path folder, double seconds, int times) throws Exception {
    for (int run = 0; run < times; run++) {
      Path files = Files.createTempDirectory(folder, "rate");
      try {
        print(measure(files, seconds));
      } finally {
        Comparison.delete(files);
      }
    }
  }

  private static void print(Map<String, Double> rates) {
    double bare = rates.get(StorageRow.BARE);
    rates.forEach(
        (name, rate) ->
            System.out.printf(
                Locale.ROOT, "%s: %,.0f messages/s (%.0f %%)%n", name, rate, 100 * rate / bare));
  }

  /**
   * Messages per second of each of those that are compared, by its name.
   *
   * @param seconds for how long each is measured, once it has warmed up
   */
  static Map<String, Double> measure(Path folder, double seconds) throws Exception {
    StorageRate rate = new StorageRate(folder, seconds);
    Map<String, Double> rates = new LinkedHashMap<>();
    rates.put(StorageRow.BARE, rate.bare(IN_FLIGHT));
    rates.put(Result.TALK, rate.hub());
    rates.put(StorageRow.HALF, rate.bare(IN_FLIGHT / 2));
    rates.put(StorageRow.STORAGE, rate.storage());
    return rates;
  }

  private static List<ChatMessage> group(int size) {
    return IntStream.range(0, size)
        .mapToObj(
            i ->
                new ChatMessage(
                    GENERAL, MessageId.random(), UserName.of("user" + i), TEXT, Instant.now()))
        .toList();
  }

  private double bare(int size) throws SQLException {
    try (BareJdbc bare = new BareJdbc(folder.resolve("bare-" + size + ".db"))) {
      return rate(
          () -> {
            bare.write(group(size));
            return size;
          });
    }
  }

  private double storage() throws SQLException {
    try (Database database = Database.open(folder.resolve("storage.db").toString())) {
      HubStorage storage = database.storage();
      return rate(
          () -> {
            storage.commit(group(IN_FLIGHT).stream().map(Change.Append::new).toList());
            return IN_FLIGHT;
          });
    }
  }

  /** Writes some messages, and says how many. */
  private interface Step {
    int run() throws SQLException;
  }

  private double rate(Step step) throws SQLException {
    write(step, seconds / 2);
    long begin = System.nanoTime();
    return write(step, seconds) * 1e9 / (System.nanoTime() - begin);
  }

  private static long write(Step step, double seconds) throws SQLException {
    long written = 0;
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (System.nanoTime() < end) {
      written += step.run();
    }
    return written;
  }

  private double hub() throws InterruptedException {
    try (Database database = Database.open(folder.resolve("hub.db").toString());
        Hub hub = HubEngine.builder(database.storage()).open()) {
      List<Sender> senders = new ArrayList<>();
      for (int i = 0; i < IN_FLIGHT; i++) {
        senders.add(new Sender(hub, UserName.of("user" + i)));
      }
      senders.forEach(sender -> sender.connected.join());
      Phaser running = new Phaser(1);
      LongAdder sent = new LongAdder();
      long end = System.nanoTime() + (long) (2 * seconds * 1e9);
      senders.forEach(sender -> sender.sendUntil(end, sent, running));
      double rate = rate(sent);
      running.arriveAndAwaitAdvance();
      senders.forEach(Sender::requireSound);
      senders.forEach(sender -> sender.connected.join().close());
      return rate;
    }
  }

  private double rate(LongAdder sent) throws InterruptedException {
    Thread.sleep((long) (seconds * 500));
    long before = sent.sum();
    long begin = System.nanoTime();
    Thread.sleep((long) (seconds * 1000));
    return (sent.sum() - before) * 1e9 / (System.nanoTime() - begin);
  }

  /** Sends one message after the other; each once the one before is acknowledged. */
  private static final class Sender implements Session.Listener {
    private final CompletableFuture<Session> connected;
    private volatile @Nullable Throwable trouble;

    Sender(Hub hub, UserName name) {
      connected = hub.connect(new Login.NewUser(name, Token.random()), Map.of(), this);
    }

    void sendUntil(long end, LongAdder sent, Phaser running) {
      running.register();
      send(end, sent, running);
    }

    private void send(long end, LongAdder sent, Phaser running) {
      connected
          .join()
          .call(new Command.Send(Draft.of(GENERAL, TEXT)))
          .whenComplete(
              (entry, failure) -> {
                trouble = failure;
                if (failure == null) {
                  sent.increment();
                }
                goOn(end, sent, running);
              });
    }

    private void goOn(long end, LongAdder sent, Phaser running) {
      if (trouble == null && System.nanoTime() < end) {
        send(end, sent, running);
      } else {
        running.arriveAndDeregister();
      }
    }

    void requireSound() {
      if (trouble != null) {
        throw new IllegalStateException("a message was refused", trouble);
      }
    }

    @Override
    public void onReady() {}

    @Override
    public void onEnd(ChatException why) {}
  }
}
