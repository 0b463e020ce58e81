package chat.talk.bench;

import java.util.List;
import org.HdrHistogram.Histogram;

/** One of some readers reads nothing for a while: what that costs the server and the others. */
final class NetStall implements NetRow {
  private final NetOptions options;
  private final int readers;
  private final int rate;

  NetStall(NetOptions options) {
    this.options = options;
    this.readers = options.number("readers", 20);
    this.rate = options.number("rate", 8_000);
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
      load.keepUp(sender, options.decimal("warmup", 10));
      Figure figure;
      try (AutoCloseable pace = load.repeat(actual / group, due -> sender.send(group, due))) {
        options.sleep("begin", 2);
        figure = stall(load, server, room, reading.get(0), seconds(actual));
      }
      return figure.at(actual, rate).judged(load.settle());
    }
  }

  /** Longer at a lower rate, so that the reader falls as far behind. */
  private double seconds(double actual) {
    return options.decimal("seconds", 10) * rate / actual;
  }

  private static Figure stall(
      Load load, ServerProcess server, LoadRoom room, LoadClient stalled, double seconds)
      throws Exception {
    Histogram before = timed(load, seconds);
    long heap = server.heap();
    long resident = server.resident();
    load.run(() -> stalled.stall(true));
    Histogram during = timed(load, seconds);
    long heapGrowth = server.heap() - heap;
    long growth = server.resident() - resident;
    double behind = load.on(room::missing) * (double) load.textLength();
    load.run(() -> stalled.stall(false));
    Figure figure =
        Figure.of(
            growth / 1e6,
            "%.1f MB behind: server %+.1f MB, live heap %+.1f MB; the others' p99 %.2f ms before,"
                + " %.2f ms meanwhile",
            behind / 1e6,
            growth / 1e6,
            heapGrowth / 1e6,
            Percentiles.of(before, Figure.P99),
            Percentiles.of(during, Figure.P99));
    return Percentiles.addTo(figure, during)
        .with(Figure.P99_BEFORE, Percentiles.of(before, Figure.P99));
  }

  private static Histogram timed(Load load, double seconds) throws Exception {
    Histogram histogram = new Histogram(3);
    load.time(histogram);
    Thread.sleep((long) (1000 * seconds));
    load.time(null);
    return histogram;
  }
}
