package chat.talk.bench;

import chat.talk.bench.LineChart.Axis;
import chat.talk.bench.LineChart.Line;
import chat.talk.bench.LineChart.Point;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A chart with the name of its file.
 *
 * @param name without {@code .svg}
 * @param note what is to be known about it; or empty
 */
record Picture(String name, LineChart chart, String note) {
  private static final String CONNECTIONS = "connections";

  private Picture(String name, LineChart chart) {
    this(name, chart, "");
  }

  /** All that can be drawn of what was measured. */
  static List<Picture> of(Findings findings) {
    List<Picture> pictures = new ArrayList<>();
    findings.rows().stream()
        .filter(row -> row.key().equals("D") && !row.figures().isEmpty())
        .forEach(row -> pictures.add(latency(row)));
    findings.sweeps().forEach((name, results) -> pictures.addAll(of(name, results)));
    return pictures.stream().filter(picture -> !picture.chart().lines().isEmpty()).toList();
  }

  private static List<Picture> of(String sweep, SortedMap<Integer, Result> results) {
    return switch (sweep) {
      case Plan.READERS -> List.of(throughput(results), delivery(results), reader(results));
      case Plan.MEMORY -> List.of(memory(results));
      case Plan.GROWTH -> List.of(login(results), crowded(results));
      default -> List.of(opening(results));
    };
  }

  private static Picture latency(Result row) {
    List<String> names = new ArrayList<>();
    Percentiles.names().forEach(names::add);
    List<Line> lines =
        row.figures().keySet().stream()
            .map(contender -> new Line(contender, percentiles(row.median(contender), names)))
            .toList();
    Axis percentile = Axis.named("of all deliveries of the median run", names);
    String title = "How long a delivery takes: " + row.title().replace(": p99", "");
    return new Picture(
        "latency", new LineChart(title, percentile, Axis.log("milliseconds"), lines));
  }

  private static List<Point> percentiles(Figure figure, List<String> names) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      points.add(new Point(i, figure.part(names.get(i))));
    }
    return points.stream().filter(point -> !Double.isNaN(point.y())).toList();
  }

  private static Picture throughput(SortedMap<Integer, Result> results) {
    Axis across = Axis.log("readers");
    Axis up = Axis.log("deliveries per second");
    return new Picture(
        "throughput",
        new LineChart("One sends to many: deliveries", across, up, lines(results, Figure::value)),
        bounds(results));
  }

  /** Tells which points are at least so high, since the load was full. */
  private static String bounds(SortedMap<Integer, Result> results) {
    List<String> bounds = new ArrayList<>();
    for (String contender : MarkdownTable.contenders(List.copyOf(results.values()))) {
      List<String> sizes =
          results.entrySet().stream()
              .filter(entry -> isLoadFull(entry.getValue(), contender))
              .map(entry -> Numbers.mark(entry.getKey()))
              .toList();
      if (!sizes.isEmpty()) {
        bounds.add(contender + " at " + String.join(" and ", sizes));
      }
    }
    return bounds.isEmpty() ? "" : "Load full, so at least: " + String.join("; ", bounds) + ".";
  }

  private static boolean isLoadFull(Result result, String contender) {
    return result.has(contender) && result.isLoadFull(contender);
  }

  private static Picture delivery(SortedMap<Integer, Result> results) {
    Axis up = Axis.log("nanoseconds of the server's core");
    return new Picture(
        "delivery",
        new LineChart(
            "One sends to many: what a delivery costs",
            Axis.log("readers"),
            up,
            lines(results, figure -> figure.part(Figure.DELIVERY_CPU))));
  }

  /** What a message itself costs, such as storing it, falls out. */
  private static Picture reader(SortedMap<Integer, Result> results) {
    List<Line> messages = lines(results, figure -> figure.part(Figure.DELIVERY_CPU));
    return new Picture(
        "reader",
        new LineChart(
            "One sends to many: what each reader more costs for a message",
            Axis.log("readers"),
            Axis.log("nanoseconds of the server's core"),
            messages.stream()
                .map(line -> new Line(line.name(), growth(line.points())))
                .filter(line -> !line.points().isEmpty())
                .toList()));
  }

  /** By how much a message's cost, which is that of all its deliveries, grows with each reader. */
  private static List<Point> growth(List<Point> deliveries) {
    List<Point> growth = new ArrayList<>();
    for (int i = 1; i < deliveries.size(); i++) {
      Point less = deliveries.get(i - 1);
      Point more = deliveries.get(i);
      double cost = more.x() * more.y() - less.x() * less.y();
      growth.add(new Point(more.x(), cost / (more.x() - less.x())));
    }
    return growth.stream().filter(point -> point.y() > 0).toList();
  }

  private static Picture memory(SortedMap<Integer, Result> results) {
    return new Picture(
        "memory",
        new LineChart(
            "Memory of an idle connection, logged in",
            Axis.linear(CONNECTIONS),
            Axis.linear("KiB each"),
            lines(results, Figure::value)));
  }

  private static Picture login(SortedMap<Integer, Result> results) {
    return new Picture(
        "login",
        new LineChart(
            "What a login costs behind many others",
            Axis.linear(CONNECTIONS),
            Axis.linear("microseconds of the server's core"),
            lines(results, figure -> figure.part(Figure.LOGIN_CPU))));
  }

  private static Picture crowded(SortedMap<Integer, Result> results) {
    return new Picture(
        "crowded",
        new LineChart(
            "What a delivery costs when 50 of many talk",
            Axis.linear(CONNECTIONS),
            Axis.linear("nanoseconds of the server's core"),
            lines(results, figure -> figure.part(Figure.DELIVERY_CPU))));
  }

  private static Picture opening(SortedMap<Integer, Result> results) {
    return new Picture(
        "opening",
        new LineChart(
            "How long a hub takes to open",
            Axis.log("messages stored"),
            Axis.linear("milliseconds"),
            lines(results, Figure::value)));
  }

  private static List<Line> lines(
      SortedMap<Integer, Result> results, ToDoubleFunction<Figure> part) {
    Collection<Result> all = results.values();
    return MarkdownTable.contenders(List.copyOf(all)).stream()
        .map(contender -> new Line(contender, points(results, contender, part)))
        .filter(line -> !line.points().isEmpty())
        .toList();
  }

  private static List<Point> points(
      SortedMap<Integer, Result> results, String contender, ToDoubleFunction<Figure> part) {
    return results.entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().has(contender)
                    ? Stream.of(
                        new Point(
                            entry.getKey(), part.applyAsDouble(entry.getValue().median(contender))))
                    : Stream.of())
        .filter(point -> !Double.isNaN(point.y()))
        .toList();
  }

  /** What it shows, in figures. */
  String table() {
    List<List<String>> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(chart.x().label()));
    chart.lines().forEach(line -> head.add(line.name() + ", " + chart.y().label()));
    lines.add(head);
    chart.lines().stream()
        .flatMap(line -> line.points().stream())
        .map(Point::x)
        .distinct()
        .sorted()
        .forEach(x -> lines.add(line(x)));
    return MarkdownTable.text(lines);
  }

  private List<String> line(double x) {
    List<String> line = new ArrayList<>(List.of(chart.x().mark(x)));
    chart.lines().forEach(of -> line.add(at(of, x)));
    return line;
  }

  private static String at(Line line, double x) {
    return line.points().stream()
        .filter(point -> point.x() == x)
        .map(point -> Numbers.text(point.y()))
        .findFirst()
        .orElse("–");
  }
}
