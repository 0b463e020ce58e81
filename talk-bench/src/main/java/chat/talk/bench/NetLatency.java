package chat.talk.bench;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * A sender at a modest rate and many readers: how long messages take from one to the other; and how
 * long one takes that goes back to nobody but its sender, which tells what storing it costs.
 */
final class NetLatency implements NetRow {
  private static final String LONE = "lone";

  private final NetOptions options;
  private final int readers;

  NetLatency(NetOptions options) {
    this.options = options;
    this.readers = options.number("readers", 1000);
  }

  @Override
  public int connections() {
    return readers + 2;
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
      keepUp(load, sender, options.number("warmup", 10));
      Histogram all = paced(load, sender);
      keepUp(load, lone, 2);
      Histogram trip = new Histogram(3);
      load.time(trip);
      keepUp(load, lone, 2);
      return figure(all, trip, load.settle());
    }
  }

  private static Figure figure(Histogram all, Histogram trip, String fault) {
    Figure figure =
        Figure.of(
            p(all, 99),
            "p50 %.2f ms, p99 %.2f ms; to oneself alone p50 %.2f ms, p99 %.2f ms; %s",
            p(all, 50),
            p(all, 99),
            p(trip, 50),
            p(trip, 99),
            fault);
    return new Figure(figure.value(), p(trip, 50), figure.text());
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

  private static void keepUp(Load load, LoadSender sender, int seconds) throws Exception {
    load.run(sender::start);
    Thread.sleep(1000L * seconds);
    load.run(sender::stop);
    load.settle();
  }

  private Histogram paced(Load load, LoadSender sender) throws Exception {
    Histogram histogram = new Histogram(3);
    try (AutoCloseable pace = load.repeat(options.number("rate", 100), () -> sender.send(1))) {
      Thread.sleep(2000);
      load.time(histogram);
      Thread.sleep(1000L * options.number("seconds", 10));
    }
    load.settle();
    load.time(null);
    return histogram;
  }

  private static double p(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e6;
  }
}
