package chat.talk.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.HdrHistogram.Histogram;

/**
 * Many clients on one hub: some send, into chats of ten and to everybody; in a busy chat one member
 * reads nothing for as long as that lasts.
 */
final class NetCrowd {
  private static final int READERS = 10_000;
  private static final int MEMBERS = 10;
  private static final int TEXT = 128;
  private static final int LARGE_TEXT = 2048;
  private static final int GENERAL_SENDERS = 20;
  private static final int QUIET_SECONDS = 20;

  private final NetOptions options;
  private final Load load;
  private final ServerProcess server;
  private final LoadRoom general;
  private final List<LoadSender> toAll = new ArrayList<>();
  private final List<LoadSender> toSome = new ArrayList<>();
  private final List<LoadSender> toBusy = new ArrayList<>();

  /** Sends by turns. */
  private static final class Turns implements LongConsumer {
    private final List<LoadSender> senders;
    private int next;

    Turns(List<LoadSender> senders) {
      this.senders = senders;
    }

    @Override
    public void accept(long due) {
      if (!senders.isEmpty()) {
        senders.get(next++ % senders.size()).send(1, due);
      }
    }
  }

  private NetCrowd(NetOptions options, Load load, ServerProcess server) {
    this.options = options;
    this.load = load;
    this.server = server;
    this.general = load.room(Contender.GENERAL);
  }

  /** Returns whether everybody got everything, in one order. */
  static boolean run(NetOptions options) throws Exception {
    int readers = options.number("readers", READERS);
    if (!Cores.canOpen(readers)) {
      return false;
    }
    Path folder = Files.createTempDirectory(options.folder(), "netbench");
    try (ServerProcess server = Contenders.TALK.start(folder, List.of());
        Load load = new Load(server.contender(), server.port(), TEXT)) {
      return new NetCrowd(options, load, server).run();
    } finally {
      Comparison.delete(folder);
    }
  }

  private boolean run() throws Exception {
    List<LoadClient> clients = connect(options.number("readers", READERS));
    makeChats(clients, Math.min(clients.size(), options.number("active", 1_000)));
    System.out.println("chats are made");
    int seconds = (int) options.decimal("seconds", 60);
    try (AutoCloseable all = repeat("all", 10, toAll);
        AutoCloseable some = repeat("some", 500, toSome);
        AutoCloseable busy = repeat("busy", 400, toBusy)) {
      timed("as it warms up", Math.min(seconds, QUIET_SECONDS));
      timed("before", Math.min(seconds, QUIET_SECONDS));
      stall(clients.get(0), seconds);
    }
    Figure.Verdict verdict = load.settle();
    System.out.println("everybody, the stalled one too: " + verdict.text());
    return verdict.isRight();
  }

  private List<LoadClient> connect(int count) throws Exception {
    long heap = server.heap();
    long resident = server.resident();
    List<LoadClient> clients = load.connect(count, general.name());
    clients.forEach(general::addReader);
    System.out.printf(
        Locale.ROOT,
        "%d connected: %.1f KiB of heap, %.1f KiB of memory for each%n",
        count,
        (server.heap() - heap) / 1024.0 / count,
        (server.resident() - resident) / 1024.0 / count);
    return clients;
  }

  /** The first chat is the busy one. */
  private void makeChats(List<LoadClient> clients, int active) throws Exception {
    List<LoadRoom> rooms = new ArrayList<>();
    List<List<LoadClient>> members = new ArrayList<>();
    for (int i = 0; i < active / MEMBERS; i++) {
      LoadRoom room = load.room("chat-" + i);
      rooms.add(room);
      members.add(clients.subList(i * MEMBERS, (i + 1) * MEMBERS));
      members.get(i).forEach(room::addReader);
      for (LoadClient member : members.get(i).subList(i == 0 ? 1 : 0, MEMBERS)) {
        (i == 0 ? toBusy : toSome).add(room.addSender(member, 1, i == 0 ? LARGE_TEXT : TEXT));
      }
    }
    load.fill(rooms, members);
    clients
        .subList(clients.size() - Math.min(clients.size(), GENERAL_SENDERS), clients.size())
        .forEach(client -> toAll.add(general.addSender(client, 1, TEXT)));
  }

  private AutoCloseable repeat(String name, int perSecond, List<LoadSender> senders) {
    return load.repeat(options.number(name, perSecond), new Turns(senders));
  }

  private void stall(LoadClient stalled, int seconds) throws Exception {
    long heap = server.heap();
    long resident = server.resident();
    load.run(() -> stalled.stall(true));
    timed("while one reads nothing", seconds);
    System.out.printf(
        Locale.ROOT,
        "the server has grown by %.1f MB, its live heap by %.1f MB%n",
        (server.resident() - resident) / 1e6,
        (server.heap() - heap) / 1e6);
    load.run(() -> stalled.stall(false));
  }

  private void timed(String when, int seconds) throws Exception {
    Histogram histogram = new Histogram(3);
    long before = load.delivered();
    Busy busy = Busy.begin(server);
    load.time(histogram);
    Thread.sleep(1000L * seconds);
    load.time(null);
    System.out.printf(
        Locale.ROOT,
        "%s: %,d deliveries in %d s, p50 %.2f ms, p99 %.2f ms; %s%n",
        when,
        load.delivered() - before,
        seconds,
        histogram.getValueAtPercentile(50) / 1e6,
        histogram.getValueAtPercentile(99) / 1e6,
        busy.end());
  }
}
