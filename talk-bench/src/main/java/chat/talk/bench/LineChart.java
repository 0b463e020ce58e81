package chat.talk.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A picture of lines through points.
 *
 * @param title above it
 * @param x from left to right
 * @param y from below
 * @param lines at most eight that can be told apart
 */
record LineChart(String title, Axis x, Axis y, List<Line> lines) {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 440;
  private static final int LEFT = 92;
  private static final int RIGHT = WIDTH - 36;
  private static final int TOP = 104;
  private static final int BOTTOM = HEIGHT - 62;
  private static final int LEGEND_ROW = 4;
  private static final int COLOURS = 8;

  /**
   * What is told along one side.
   *
   * @param label with the unit
   * @param isLog whether each step is ten times the one before
   * @param names of the values 0, 1, 2 and so on, instead of numbers; empty for numbers
   */
  record Axis(String label, boolean isLog, List<String> names) {
    static Axis linear(String label) {
      return new Axis(label, false, List.of());
    }

    static Axis log(String label) {
      return new Axis(label, true, List.of());
    }

    static Axis named(String label, List<String> names) {
      return new Axis(label, false, List.copyOf(names));
    }

    String mark(double value) {
      return names.isEmpty() ? Numbers.mark(value) : names.get((int) value);
    }

    private Scale scale(Collection<Double> values, double from, double to) {
      return names.isEmpty()
          ? Scale.of(isLog, values, from, to)
          : new Scale(false, -0.25, names.size() - 0.75, from, to);
    }

    private List<Double> ticks(Scale scale) {
      List<Double> ticks = new ArrayList<>();
      for (double i = 0; i < names.size(); i++) {
        ticks.add(i);
      }
      return names.isEmpty() ? scale.ticks() : ticks;
    }
  }

  /** Points that belong together. */
  record Line(String name, List<Point> points) {
    Line {
      points = List.copyOf(points);
    }
  }

  record Point(double x, double y) {}

  LineChart {
    lines = List.copyOf(lines);
  }

  /** The picture, as SVG. */
  String svg() {
    Svg svg = new Svg(WIDTH, HEIGHT, title);
    Scale across = x.scale(values(Point::x), LEFT, RIGHT);
    Scale up = y.scale(values(Point::y), BOTTOM, TOP);
    svg.text("title", "start", 20, 32, title);
    drawAcross(svg, across);
    drawUp(svg, up);
    for (int i = 0; i < lines.size(); i++) {
      draw(svg, i, across, up);
    }
    return svg.end();
  }

  private List<Double> values(ToDoubleFunction<Point> part) {
    return lines.stream().flatMap(line -> line.points.stream()).map(part::applyAsDouble).toList();
  }

  private void drawAcross(Svg svg, Scale across) {
    for (double tick : x.ticks(across)) {
      svg.line("grid", across.at(tick), TOP, across.at(tick), BOTTOM);
      svg.text("", "middle", across.at(tick), BOTTOM + 20, x.mark(tick));
    }
    svg.text("", "middle", (LEFT + RIGHT) / 2.0, BOTTOM + 46, x.label);
  }

  private void drawUp(Svg svg, Scale up) {
    for (double tick : y.ticks(up)) {
      svg.line("grid", LEFT, up.at(tick), RIGHT, up.at(tick));
      svg.text("", "end", LEFT - 8, up.at(tick) + 4, y.mark(tick));
    }
    svg.upright(22, (TOP + BOTTOM) / 2.0, y.label);
  }

  private void draw(Svg svg, int index, Scale across, Scale up) {
    String colour = "c" + index % COLOURS;
    Line line = lines.get(index);
    StringBuilder path = new StringBuilder();
    for (Point point : line.points) {
      path.append(path.isEmpty() ? "M" : " L").append(place(across.at(point.x), up.at(point.y)));
    }
    svg.path("line " + colour, path.toString());
    line.points.forEach(
        point -> svg.path("mark " + colour, mark(index, across.at(point.x), up.at(point.y))));
    drawLegend(svg, index, colour);
  }

  private void drawLegend(Svg svg, int index, String colour) {
    double left = 24 + (WIDTH - 48.0) / LEGEND_ROW * (index % LEGEND_ROW);
    int row = index / LEGEND_ROW;
    double top = 56 + 20 * row;
    svg.line("line " + colour, left, top, left + 26, top);
    svg.path("mark " + colour, mark(index, left + 13, top));
    svg.text("", "start", left + 34, top + 4, lines.get(index).name);
  }

  /** A circle, square, triangle or diamond, so that colours need not be told apart. */
  private static String mark(int index, double x, double y) {
    return switch (index % 4) {
      case 0 -> "M" + place(x - 4.5, y) + " a4.5 4.5 0 1 0 9 0 a4.5 4.5 0 1 0 -9 0Z";
      case 1 -> "M" + place(x - 4, y - 4) + " h8 v8 h-8Z";
      case 2 -> "M" + place(x, y - 5.5) + " l5.5 9.5 h-11Z";
      default -> "M" + place(x, y - 6) + " l6 6 l-6 6 l-6 -6Z";
    };
  }

  private static String place(double x, double y) {
    return String.format(Locale.ROOT, "%.1f %.1f", x, y);
  }
}
