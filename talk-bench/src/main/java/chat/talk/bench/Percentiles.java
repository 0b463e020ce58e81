package chat.talk.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Times in nanoseconds, told in milliseconds. */
final class Percentiles {
  private static final Map<String, Double> NAMED = new LinkedHashMap<>();

  static {
    NAMED.put(Figure.P50, 50.0);
    NAMED.put(Figure.P90, 90.0);
    NAMED.put(Figure.P99, 99.0);
    NAMED.put(Figure.P999, 99.9);
    NAMED.put(Figure.MAX, 100.0);
  }

  private Percentiles() {}

  static Iterable<String> names() {
    return NAMED.keySet();
  }

  static double of(Histogram histogram, String name) {
    return histogram.getValueAtPercentile(NAMED.get(name)) / 1e6;
  }

  static Figure addTo(Figure figure, Histogram histogram) {
    Figure all = figure;
    for (String name : names()) {
      all = all.with(name, of(histogram, name));
    }
    return all;
  }
}
