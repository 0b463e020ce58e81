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
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/** Acknowledged messages per second, with many on their way. */
final class StorageRate {
  private static final int IN_FLIGHT = 256;
  private static final ChatId GENERAL = ChatId.of("general");

  /**
   * What came of one of those that are compared.
   *
   * @param perSecond messages
   * @param isAllThere whether all that was acknowledged was read back, in its order
   */
  record Rate(double perSecond, boolean isAllThere) {}

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

  private static void print(Map<String, Rate> rates) {
    double bare = rates.get(StorageRow.BARE).perSecond();
    rates.forEach(
        (name, rate) ->
            System.out.printf(
                Locale.ROOT,
                "%s: %,.0f messages/s (%.0f %%), read back: %s%n",
                name,
                rate.perSecond(),
                100 * rate.perSecond() / bare,
                rate.isAllThere() ? "all" : "NOT ALL"));
  }

  /**
   * Messages per second of each of those that are compared, by its name.
   *
   * @param seconds for how long each is measured, once it has warmed up
   */
  static Map<String, Rate> measure(Path folder, double seconds) throws Exception {
    StorageRate rate = new StorageRate(folder, seconds);
    Map<String, Rate> rates = new LinkedHashMap<>();
    rates.put(StorageRow.BARE, rate.bare(IN_FLIGHT));
    rates.put(Result.TALK, rate.hub());
    rates.put(StorageRow.HALF, rate.bare(IN_FLIGHT / 2));
    rates.put(StorageRow.STORAGE, rate.storage());
    return rates;
  }

  private Rate bare(int size) throws SQLException {
    Path file = folder.resolve("bare-" + size + ".db");
    Groups groups = new Groups(size);
    double rate;
    try (BareJdbc bare = new BareJdbc(file)) {
      rate = rate(() -> bare.write(groups.next()), size);
    }
    return new Rate(rate, StoredTexts.areAllIn(file, GENERAL, groups.made()));
  }

  private Rate storage() throws SQLException {
    Path file = folder.resolve("storage.db");
    Groups groups = new Groups(IN_FLIGHT);
    double rate;
    try (Database database = Database.open(file.toString())) {
      HubStorage storage = database.storage();
      rate =
          rate(
              () -> storage.commit(groups.next().stream().map(Change.Append::new).toList()),
              IN_FLIGHT);
    }
    return new Rate(rate, StoredTexts.areAllIn(file, GENERAL, groups.made()));
  }

  /** Messages of as many authors, one of each in a group. */
  private static final class Groups {
    private final List<StoredTexts> texts;
    private long groups;

    Groups(int size) {
      texts = Stream.generate(StoredTexts::new).limit(size).toList();
    }

    List<ChatMessage> next() {
      groups++;
      return IntStream.range(0, texts.size()).mapToObj(this::message).toList();
    }

    private ChatMessage message(int author) {
      return new ChatMessage(
          GENERAL,
          MessageId.random(),
          UserName.of("user" + author),
          texts.get(author).next(),
          Instant.now());
    }

    long made() {
      return groups * texts.size();
    }
  }

  /** Writes a group of messages. */
  private interface Step {
    void run() throws SQLException;
  }

  private double rate(Step step, int size) throws SQLException {
    write(step, seconds / 2);
    long begin = System.nanoTime();
    return write(step, seconds) * size * 1e9 / (System.nanoTime() - begin);
  }

  /** Returns how often. */
  private static long write(Step step, double seconds) throws SQLException {
    long written = 0;
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (System.nanoTime() < end) {
      step.run();
      written++;
    }
    return written;
  }

  private Rate hub() throws InterruptedException {
    Path file = folder.resolve("hub.db");
    LongAdder sent = new LongAdder();
    double rate = hub(file, sent);
    return new Rate(rate, StoredTexts.areAllIn(file, GENERAL, sent.sum()));
  }

  private double hub(Path file, LongAdder sent) throws InterruptedException {
    try (Database database = Database.open(file.toString());
        Hub hub = HubEngine.builder(database.storage()).open()) {
      List<Sender> senders = new ArrayList<>();
      for (int i = 0; i < IN_FLIGHT; i++) {
        senders.add(new Sender(hub, UserName.of("user" + i)));
      }
      senders.forEach(sender -> sender.connected.join());
      Phaser running = new Phaser(1);
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
    private final StoredTexts texts = new StoredTexts();
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
          .call(new Command.Send(Draft.of(GENERAL, texts.next())))
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
