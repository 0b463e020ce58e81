package chat.talk.bench;

import java.util.List;

/** One of some readers reads nothing for a while: what that costs the server and the others. */
final class NetStall implements NetRow {
  private static final double SECONDS = 10;

  private final NetOptions options;
  private final int readers;
  private final int rate;

  NetStall(NetOptions options) {
    this.options = options;
    this.readers = options.number("readers", 20);
    this.rate = options.number("rate", 8_000);
  }

  @Override
  public double seconds() {
    return SECONDS;
  }

  @Override
  public int connections() {
    return readers + 1;
  }

  @Override
  public String title() {
    return "one of %d readers stalls: growth of the server".formatted(readers);
  }

  @Override
  public String unit() {
    return "MB";
  }

  @Override
  public boolean isMoreBetter() {
    return false;
  }

  @Override
  public Figure measure(ServerProcess server) throws Exception {
    try (Load load = new Load(server.contender(), server.port(), options.number("size", 1024))) {
      LoadRoom room = load.room(Contender.GENERAL);
      List<LoadClient> reading = load.connect(readers, room.name());
      reading.forEach(room::addReader);
      LoadClient client = load.connect(1, room.name()).get(0);
      LoadSender sender = load.on(() -> room.addSender(client, 16, load.textLength()));
      double actual = load.rate(rate, readers);
      int group = (int) Math.max(1, actual / 1000);
      load.keepUp(sender, options.warmUp(server.contender()));
      Stall stall = new Stall(load, server, room, reading.get(0), actual);
      Figure figure;
      try (AutoCloseable pace = load.repeat(actual / group, due -> sender.send(group, due))) {
        options.sleep("begin", 1);
        figure = measure(stall);
      }
      return figure.at(actual, rate).judged(load.settle());
    }
  }

  /** Longer at a lower rate, so that the reader falls as far behind. */
  private Figure measure(Stall stall) throws Exception {
    return stall.measure(
        options.decimal("seconds", SECONDS) * rate / stall.rate(), options.decimal("rest", 1));
  }
}
