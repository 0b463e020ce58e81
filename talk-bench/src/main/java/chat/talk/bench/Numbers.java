package chat.talk.bench;

import java.util.Locale;

/** Figures as people read them: three digits that count. */
final class Numbers {
  private Numbers() {}

  static String text(double value) {
    double size = Math.abs(value);
    if (Double.isNaN(value)) {
      return "failed";
    }
    if (size >= 1e6) {
      return digits(value / 1e6) + " M";
    }
    return size >= 1000 ? String.format(Locale.ROOT, "%,.0f", value) : digits(value);
  }

  private static String digits(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  /** As short as can be, for an axis. */
  static String mark(double value) {
    if (Math.abs(value) >= 1e6) {
      return mark(value / 1e6) + " M";
    }
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.3f", value).replaceAll("0+$", "");
  }
}
