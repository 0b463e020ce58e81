package chat.talk.bench;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * A room's first reader reads nothing for a while, then catches up, while somebody sends on.
 *
 * @param rate of messages a second
 */
record Stall(Load load, ServerProcess server, LoadRoom room, LoadClient reader, double rate) {
  private static final double PATIENCE_SECONDS = 30;

  /** Whoever is behind by what comes in this time is level with the others. */
  private static final double LEVEL_SECONDS = 0.01;

  /**
   * Measures it.
   *
   * @param seconds for how long it is before, and for how long the reader stalls
   * @param rest seconds after the server's memory was asked for, which holds it up
   */
  Figure measure(double seconds, double rest) throws Exception {
    Histogram before = timed(seconds);
    long heap = server.heap();
    long resident = server.resident();
    Load.sleep(rest);
    load.run(() -> reader.stall(true));
    Histogram during = timed(seconds);
    long heapGrowth = server.heap() - heap;
    long growth = server.resident() - resident;
    Load.sleep(rest);
    double behind = load.on(room::lag) * (double) load.textLength();
    Histogram after = new Histogram(3);
    double caughtUp = catchUp(after);
    Figure figure =
        Figure.of(
            growth / 1e6,
            "%.1f MB behind: server %+.1f MB, live heap %+.1f MB; %s; the others' p99 %.2f ms"
                + " before, %.2f ms meanwhile, %.2f ms as he catches up",
            behind / 1e6,
            growth / 1e6,
            heapGrowth / 1e6,
            words(caughtUp),
            Percentiles.of(before, Figure.P99),
            Percentiles.of(during, Figure.P99),
            Percentiles.of(after, Figure.P99));
    return Percentiles.addTo(figure, during)
        .with(Figure.P99_BEFORE, Percentiles.of(before, Figure.P99))
        .with(Figure.P99_AFTER, Percentiles.of(after, Figure.P99))
        .with(Figure.CATCH_UP, caughtUp);
  }

  private static String words(double caughtUp) {
    return Double.isNaN(caughtUp)
        ? "never level again"
        : String.format(Locale.ROOT, "level again after %.2f s", caughtUp);
  }

  private Histogram timed(double seconds) throws Exception {
    Histogram histogram = new Histogram(3);
    load.time(histogram);
    Load.sleep(seconds);
    load.time(null);
    return histogram;
  }

  /**
   * Lets him read on, and times the others meanwhile, for a second at least; returns after how many
   * seconds he was level, NaN when he never was.
   */
  private double catchUp(Histogram others) throws Exception {
    load.time(others);
    long begin = System.nanoTime();
    load.run(() -> reader.stall(false));
    double level = Double.NaN;
    double seconds = 0;
    while (seconds < (Double.isNaN(level) ? PATIENCE_SECONDS : 1) && !load.isTroubled()) {
      level = Double.isNaN(level) && isLevel() ? seconds : level;
      Load.sleep(LEVEL_SECONDS);
      seconds = (System.nanoTime() - begin) / 1e9;
    }
    load.time(null);
    return level;
  }

  private boolean isLevel() throws Exception {
    return load.on(room::lag) <= Math.max(1, rate * LEVEL_SECONDS);
  }
}
