package chat.talk.bench;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * A sender at a modest rate and many readers: how long messages take from when they are due to when
 * they are there; and how long one takes that goes back to nobody but its sender, which tells what
 * storing it costs.
 */
final class NetLatency implements NetRow {
  private static final double SECONDS = 15;
  private static final String LONE = "lone";

  private final NetOptions options;
  private final int readers;
  private final int rate;

  NetLatency(NetOptions options) {
    this.options = options;
    this.readers = options.number("readers", 1000);
    this.rate = options.number("rate", 100);
  }

  @Override
  public double seconds() {
    return SECONDS;
  }

  @Override
  public int connections() {
    return readers + 2;
  }

  @Override
  public String title() {
    return "%d messages/s to %,d readers: p99".formatted(rate, readers);
  }

  @Override
  public String unit() {
    return "ms";
  }

  @Override
  public boolean isMoreBetter() {
    return false;
  }

  @Override
  public Figure measure(ServerProcess server) throws Exception {
    try (Load load = new Load(server.contender(), server.port(), options.number("size", 128))) {
      LoadRoom room = load.room(Contender.GENERAL);
      load.connect(readers, room.name()).forEach(room::addReader);
      LoadSender sender = sender(load, room, options.number("window", 16));
      LoadRoom alone = load.room(LONE);
      LoadSender lone = lone(load, alone);
      load.keepUp(sender, options.warmUp(server.contender()));
      Histogram all = new Histogram(3);
      Busy.Time time = paced(load, server, sender, all);
      double seconds = options.decimal("lone", 1);
      load.keepUp(lone, seconds);
      Histogram trip = new Histogram(3);
      load.time(trip);
      load.keepUp(lone, seconds);
      return time.addTo(figure(all, trip, time))
          .at(load.rate(rate, readers), rate)
          .judged(load.settle());
    }
  }

  private static Figure figure(Histogram all, Histogram trip, Busy.Time time) {
    double own = Percentiles.of(trip, Figure.P50);
    Figure figure =
        Figure.of(
            Percentiles.of(all, Figure.P99),
            "p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, at most %.2f ms;"
                + " to oneself alone p50 %.2f ms, p99 %.2f ms; %s",
            Percentiles.of(all, Figure.P50),
            Percentiles.of(all, Figure.P90),
            Percentiles.of(all, Figure.P99),
            Percentiles.of(all, Figure.P999),
            Percentiles.of(all, Figure.MAX),
            own,
            Percentiles.of(trip, Figure.P99),
            time);
    return Percentiles.addTo(figure.aside(own), all);
  }

  private static LoadSender sender(Load load, LoadRoom room, int window) throws Exception {
    LoadClient client = load.connect(1, room.name()).get(0);
    return load.on(() -> room.addSender(client, window, load.textLength()));
  }

  private static LoadSender lone(Load load, LoadRoom room) throws Exception {
    LoadClient client = load.connect(1, room.name()).get(0);
    load.fill(List.of(room), List.of(List.of(client)));
    return load.on(
        () -> {
          room.addReader(client);
          return room.addSender(client, 1, load.textLength());
        });
  }

  private Busy.Time paced(Load load, ServerProcess server, LoadSender sender, Histogram times)
      throws Exception {
    Busy.Time time;
    try (AutoCloseable pace = load.repeat(load.rate(rate, readers), due -> sender.send(1, due))) {
      options.sleep("begin", 1);
      load.time(times);
      Busy busy = Busy.begin(server);
      options.sleep("seconds", SECONDS);
      time = busy.end();
    }
    load.settle();
    load.time(null);
    return time;
  }
}
