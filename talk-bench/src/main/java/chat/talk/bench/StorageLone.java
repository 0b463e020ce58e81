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
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** How long one sender waits, beside a commit of the same row. */
final class StorageLone implements Session.Listener {
  private static final ChatId GENERAL = ChatId.of("general");
  private static final String TEXT = "x".repeat(128);

  private StorageLone() {}

  static void run(Path folder, int seconds, int times) throws SQLException {
    for (int run = 0; run < times; run++) {
      Histogram bare = bare(folder.resolve("lone-" + run + "-bare.db"), seconds);
      Histogram hub = hub(folder.resolve("lone-" + run + "-hub.db"), seconds);
      System.out.printf(
          Locale.ROOT,
          "bare commit: p50 %.3f ms, p99 %.3f ms; a hub's lone sender: p50 %.3f ms (%.2f times),"
              + " p99 %.3f ms%n",
          bare.getValueAtPercentile(50) / 1e6,
          bare.getValueAtPercentile(99) / 1e6,
          hub.getValueAtPercentile(50) / 1e6,
          (double) hub.getValueAtPercentile(50) / bare.getValueAtPercentile(50),
          hub.getValueAtPercentile(99) / 1e6);
    }
  }

  private static Histogram bare(Path file, int seconds) throws SQLException {
    try (BareJdbc bare = new BareJdbc(file)) {
      UserName user = UserName.of("user");
      return times(
          seconds,
          () ->
              bare.write(
                  List.of(
                      new ChatMessage(GENERAL, MessageId.random(), user, TEXT, Instant.now()))));
    }
  }

  private static Histogram hub(Path file, int seconds) throws SQLException {
    try (Database database = Database.open(file.toString());
        Hub hub = HubEngine.builder(database.storage()).open()) {
      Login login = new Login.NewUser(UserName.of("user"), Token.random());
      Session session = hub.connect(login, Map.of(), new StorageLone()).join();
      return times(seconds, () -> session.call(new Command.Send(Draft.of(GENERAL, TEXT))).join());
    }
  }

  /** One message. */
  private interface Step {
    void run() throws SQLException;
  }

  /** The first half is for warming up. */
  private static Histogram times(int seconds, Step step) throws SQLException {
    Histogram histogram = new Histogram(3);
    long begin = System.nanoTime();
    long now = begin;
    while (now - begin < seconds * 2_000_000_000L) {
      step.run();
      long after = System.nanoTime();
      if (now - begin > seconds * 1_000_000_000L) {
        histogram.recordValue(after - now);
      }
      now = after;
    }
    return histogram;
  }

  @Override
  public void onReady() {}

  @Override
  public void onEnd(ChatException why) {}
}
