package chat.talk.bench;

import java.util.Locale;

/** A picture in the making: elements with attributes, one after the other. */
final class Svg {
  private static final String STYLE =
      """
      text { font: 13px system-ui, sans-serif; fill: #24292f }
      .title { font-size: 16px; font-weight: 600 }
      .paper { fill: #ffffff }
      .grid { stroke: #d8dee4; stroke-width: 1 }
      .line { fill: none; stroke-width: 2.5 }
      .mark { stroke-width: 0 }
      .c0 { stroke: #0969da; fill: #0969da } .c1 { stroke: #bc4c00; fill: #bc4c00 }
      .c2 { stroke: #1a7f37; fill: #1a7f37 } .c3 { stroke: #8250df; fill: #8250df }
      .c4 { stroke: #bf3989; fill: #bf3989 } .c5 { stroke: #57606a; fill: #57606a }
      .c6 { stroke: #9a6700; fill: #9a6700 } .c7 { stroke: #0a7d91; fill: #0a7d91 }
      .line { fill: none }
      @media (prefers-color-scheme: dark) {
        text { fill: #e6edf3 } .paper { fill: #0d1117 } .grid { stroke: #30363d }
        .c0 { stroke: #58a6ff; fill: #58a6ff } .c1 { stroke: #f0883e; fill: #f0883e }
        .c2 { stroke: #3fb950; fill: #3fb950 } .c3 { stroke: #bc8cff; fill: #bc8cff }
        .c4 { stroke: #f778ba; fill: #f778ba } .c5 { stroke: #8b949e; fill: #8b949e }
        .c6 { stroke: #d29922; fill: #d29922 } .c7 { stroke: #39c5cf; fill: #39c5cf }
        .line { fill: none }
      }
      """;

  private final StringBuilder out = new StringBuilder();

  Svg(int width, int height, String title) {
    out.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img">
        <title>%s</title>
        <style>
        %s</style>
        <rect class="paper" width="%d" height="%d" rx="6"/>
        """
            .formatted(width, height, escape(title), STYLE, width, height));
  }

  void line(String classes, double x1, double y1, double x2, double y2) {
    add(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        classes, x1, y1, x2, y2);
  }

  /** A path, as its {@code d} says. */
  void path(String classes, String data) {
    add("<path class=\"%s\" d=\"%s\"/>", classes, data);
  }

  /**
   * A text.
   *
   * @param anchor {@code start}, {@code middle} or {@code end}: what of it is at the place
   */
  void text(String classes, String anchor, double x, double y, String text) {
    add(
        "<text class=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>",
        classes, anchor, x, y, escape(text));
  }

  /** A text that is read from below. */
  void upright(double x, double y, String text) {
    add(
        "<text text-anchor=\"middle\" transform=\"translate(%.1f %.1f) rotate(-90)\">%s</text>",
        x, y, escape(text));
  }

  String end() {
    return out + "</svg>\n";
  }

  private void add(String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
