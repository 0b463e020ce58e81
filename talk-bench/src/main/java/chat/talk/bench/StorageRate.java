package chat.talk.bench;

import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Draft;
import chat.talk.Entry;
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
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jetbrains.annotations.Nullable;

/** Acknowledged messages per second, with many on their way. */
final class StorageRate {
  private static final int IN_FLIGHT = 256;
  private static final ChatId GENERAL = ChatId.of("general");
  private static final String TEXT = "x".repeat(128);

  private StorageRate() {}

  static void run(Path folder, int seconds, int times) throws Exception {
    for (int run = 0; run < times; run++) {
      Path file = folder.resolve("rate-" + run);
      double bare = bare(Path.of(file + "-bare.db"), seconds, IN_FLIGHT);
      double half = bare(Path.of(file + "-half.db"), seconds, IN_FLIGHT / 2);
      double storage = storage(Path.of(file + "-storage.db"), seconds);
      double hub = hub(Path.of(file + "-hub.db"), seconds);
      System.out.printf(
          Locale.ROOT,
          "messages/s: bare JDBC %,.0f in groups of %d, %,.0f of %d; storage %,.0f (%.0f %%);"
              + " hub %,.0f (%.0f %%)%n",
          bare,
          IN_FLIGHT,
          half,
          IN_FLIGHT / 2,
          storage,
          100 * storage / bare,
          hub,
          100 * hub / bare);
    }
  }

  private static List<ChatMessage> group(int size) {
    return IntStream.range(0, size)
        .mapToObj(
            i ->
                new ChatMessage(
                    GENERAL, MessageId.random(), UserName.of("user" + i), TEXT, Instant.now()))
        .toList();
  }

  private static double bare(Path file, int seconds, int size) throws SQLException {
    try (BareJdbc bare = new BareJdbc(file)) {
      return rate(
          seconds,
          () -> {
            bare.write(group(size));
            return size;
          });
    }
  }

  private static double storage(Path file, int seconds) throws SQLException {
    try (Database database = Database.open(file.toString())) {
      HubStorage storage = database.storage();
      return rate(
          seconds,
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

  private static double rate(int seconds, Step step) throws SQLException {
    long written = 0;
    long begin = System.nanoTime();
    long end = begin + seconds * 1_000_000_000L;
    while (System.nanoTime() < end) {
      written += step.run();
    }
    return written * 1e9 / (System.nanoTime() - begin);
  }

  private static double hub(Path file, int seconds) {
    try (Database database = Database.open(file.toString());
        Hub hub = HubEngine.builder(database.storage()).open()) {
      List<Sender> senders = new ArrayList<>();
      for (int i = 0; i < IN_FLIGHT; i++) {
        senders.add(new Sender(hub, UserName.of("user" + i)));
      }
      long begin = System.nanoTime();
      long end = begin + seconds * 1_000_000_000L;
      Phaser running = new Phaser(1);
      LongAdder sent = new LongAdder();
      senders.forEach(sender -> sender.sendUntil(end, sent, running));
      running.arriveAndAwaitAdvance();
      return sent.sum() * 1e9 / (System.nanoTime() - begin);
    }
  }

  /** Sends one message after the other; each once the one before is acknowledged. */
  private static final class Sender implements Session.Listener {
    private final Session session;

    Sender(Hub hub, UserName name) {
      session = hub.connect(new Login.NewUser(name, Token.random()), Map.of(), this).join();
    }

    void sendUntil(long end, LongAdder sent, Phaser running) {
      running.register();
      send(end, sent, running);
    }

    private void send(long end, LongAdder sent, Phaser running) {
      session
          .call(new Command.Send(Draft.of(GENERAL, TEXT)))
          .whenComplete((entry, failure) -> sent(end, sent, running, entry));
    }

    private void sent(long end, LongAdder sent, Phaser running, @Nullable Entry entry) {
      if (entry != null) {
        sent.increment();
      }
      if (System.nanoTime() < end) {
        send(end, sent, running);
      } else {
        running.arriveAndDeregister();
      }
    }

    @Override
    public void onReady() {}

    @Override
    public void onEnd(ChatException why) {}
  }
}
