package chat.talk.bench.micro;

import chat.talk.ChatException;
import chat.talk.Draft;
import chat.talk.Entry;
import chat.talk.UserName;
import chat.talk.hub.HubEngine;
import chat.talk.room.Chunk;
import chat.talk.room.Command;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import chat.talk.room.Session;
import chat.talk.room.Token;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One sends some messages to a hub in the same process, whose storage is in memory, and waits for
 * the answers; then all readers' sessions are polled until each has got them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FanOutBenchmark {
  /** How many sessions are polled. */
  @Param({"10", "1000"})
  int readers;

  /** How many messages are sent before. */
  @Param({"1", "64"})
  int group;

  private final List<Polled> sessions = new ArrayList<>();
  private OpenStorage open;
  private Hub hub;

  /** Deliveries a second, beside the groups. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Count {
    /** How many entries the readers have been given. */
    public long deliveries;
  }

  /** Opens the hub; the sender is a reader, too. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    open = OpenStorage.of("memory");
    hub = HubEngine.builder(open.storage()).open();
    for (int i = 0; i < readers; i++) {
      sessions.add(new Polled(hub, "user-" + i));
    }
  }

  /** One group, to all readers. */
  @Benchmark
  public void sendToAll(Count count) {
    send().join();
    for (Polled session : sessions) {
      session.takeOn(group);
      count.deliveries += group;
    }
  }

  /** Answers come in the order of the commands. */
  private CompletableFuture<Entry> send() {
    CompletableFuture<Entry> last = null;
    for (int i = 0; i < group; i++) {
      last = sessions.get(0).send();
    }
    return last;
  }

  /** Closes the hub. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    sessions.forEach(Polled::close);
    hub.close();
    open.close();
  }

  /** A session that is polled by who has it. */
  private static final class Polled implements Session.Listener {
    private final Session session;

    Polled(Hub hub, String name) {
      Login login = new Login.NewUser(UserName.of(name), Token.random());
      session = hub.connect(login, Map.of(), this).join();
    }

    CompletableFuture<Entry> send() {
      return session.call(new Command.Send(Draft.of(Messages.GENERAL, Messages.TEXT)));
    }

    /** Takes so many entries more. */
    void takeOn(int count) {
      int missing = count;
      while (missing > 0) {
        for (Chunk chunk : session.poll(missing).chunks()) {
          missing -= chunk.entries().size();
        }
      }
      if (missing < 0) {
        throw new IllegalStateException("more than was sent");
      }
    }

    void close() {
      session.close();
    }

    @Override
    public void onReady() {}

    @Override
    public void onEnd(ChatException why) {
      throw new IllegalStateException(why);
    }
  }
}
