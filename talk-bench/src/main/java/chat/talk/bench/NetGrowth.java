package chat.talk.bench;

import java.util.List;

/**
 * What some of many do costs the server: logging in behind all the others, and talking in a chat of
 * fifty while the others listen to nothing.
 */
final class NetGrowth implements NetRow {
  private static final double SECONDS = 3;
  private static final String BUSY = "busy";

  private final NetOptions options;
  private final int connections;
  private final int last;
  private final int active;

  NetGrowth(NetOptions options) {
    this.options = options;
    this.connections = options.number("readers", 10_000);
    this.active = Math.min(options.number("active", 50), connections);
    this.last = Math.min(options.number("last", 6_000), connections - active);
  }

  @Override
  public String title() {
    return "the last logins of %,d; then %d of them talk".formatted(connections, active);
  }

  @Override
  public String unit() {
    return Figure.LOGIN_CPU;
  }

  @Override
  public double seconds() {
    return SECONDS;
  }

  @Override
  public int connections() {
    return Math.max(connections, Load.PASSING);
  }

  @Override
  public boolean isMoreBetter() {
    return false;
  }

  @Override
  public Figure measure(ServerProcess server) throws Exception {
    try (Load load = new Load(server.contender(), server.port(), options.number("size", 128))) {
      load.pass(server, options.number("first", 24_000));
      load.connect(connections - active - last, Contender.GENERAL);
      Busy logins = Busy.begin(server);
      load.connect(last, Contender.GENERAL);
      double login = logins.end().server() * 1e6 / Math.max(1, last);
      double delivery = talk(load, server);
      return Figure.of(
              login,
              "%,d connected: %.0f µs of the server for a login, %.0f ns for a delivery",
              connections,
              login,
              delivery)
          .with(Figure.LOGIN_CPU, login)
          .with(Figure.DELIVERY_CPU, delivery)
          .judged(load.settle());
    }
  }

  private double talk(Load load, ServerProcess server) throws Exception {
    LoadRoom room = load.room(BUSY);
    List<LoadClient> members = load.connect(active, room.name());
    load.fill(List.of(room), List.of(members));
    LoadSender sender = load.on(() -> begin(load, room, members));
    load.run(sender::start);
    Load.sleep(options.warmUp(load.contender()));
    long before = load.delivered();
    Busy busy = Busy.begin(server);
    options.sleep("seconds", SECONDS);
    double cpu = busy.end().server() * 1e9 / Math.max(1, load.delivered() - before);
    load.run(sender::stop);
    return cpu;
  }

  private static LoadSender begin(Load load, LoadRoom room, List<LoadClient> members) {
    members.forEach(room::addReader);
    return room.addSender(members.get(0), 64, load.textLength());
  }
}
