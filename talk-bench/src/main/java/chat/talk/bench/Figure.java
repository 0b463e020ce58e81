package chat.talk.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What one measurement gave.
 *
 * @param value what is compared, in its row's unit
 * @param aside how much of that is taken off before comparing, in the same unit
 * @param parts what else was measured, by the names below
 * @param isRight whether everybody got everything, in order
 * @param text all of it in words
 */
record Figure(double value, double aside, Map<String, Double> parts, boolean isRight, String text) {
  /** Milliseconds, as the names of percentiles. */
  static final String P50 = "p50";

  static final String P90 = "p90";
  static final String P99 = "p99";
  static final String P999 = "p99.9";
  static final String MAX = "max";

  /** The same before something happened that was to move it by next to nothing. */
  static final String P99_BEFORE = "p99 before";

  /** And while what had happened was made up for. */
  static final String P99_AFTER = "p99 after";

  /** Seconds that took. */
  static final String CATCH_UP = "s to be level";

  /** Of 1.25 times and a millisecond more nobody knows whether it is only noise. */
  private static final double NOISE = 1.25;

  /** Of a core that is taken for this share nobody knows whether it could do any more. */
  private static final double FULL = 0.95;

  /** Shares of one core, 1 when it is full. */
  static final String SERVER_SHARE = "server";

  static final String LOAD_SHARE = "load";

  /** Messages a second, where they are fewer than in the row. */
  static final String RATE = "messages/s";

  /** Nanoseconds of a core that a delivery takes the server. */
  static final String DELIVERY_CPU = "ns per delivery";

  /** Microseconds of a core that a login takes the server, and the load. */
  static final String LOGIN_CPU = "µs per login";

  static final String LOAD_LOGIN_CPU = "µs of the load per login";

  Figure {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  static Figure of(double value, String text, Object... arguments) {
    return new Figure(value, 0, Map.of(), true, String.format(Locale.ROOT, text, arguments));
  }

  /** Nothing, because it went wrong. */
  static Figure failed(Exception why) {
    return new Figure(Double.NaN, 0, Map.of(), false, "failed: " + why);
  }

  Figure with(String part, double number) {
    Map<String, Double> more = new LinkedHashMap<>(parts);
    more.put(part, number);
    return new Figure(value, aside, more, isRight, text);
  }

  Figure aside(double number) {
    return new Figure(value, number, parts, isRight, text);
  }

  /** At a rate that may be less than the row's, which it says then. */
  Figure at(double rate, int wanted) {
    return rate < wanted
        ? new Figure(value, aside, parts, isRight, atOnly(rate) + ": " + text).with(RATE, rate)
        : this;
  }

  private static String atOnly(double rate) {
    return String.format(Locale.ROOT, "at only %,.0f %s", rate, RATE);
  }

  Figure judged(Verdict verdict) {
    return new Figure(
        value, aside, parts, isRight && verdict.isRight(), text + "; " + verdict.text());
  }

  /** Whether something happened that was to move the others by next to nothing. */
  boolean hasBefore() {
    return parts.containsKey(P99_BEFORE);
  }

  /**
   * Whether what was to stay as it was did so. While the reader catches up nothing is judged: the
   * load, which takes in all that he had left, is held up itself.
   */
  boolean isUnmoved() {
    double most = NOISE * part(P99_BEFORE) + 1;
    return Double.isNaN(most) || part(P99) <= most;
  }

  /** Whether the load's core was full and the server's wasn't: the server may do better. */
  boolean isLoadFull() {
    boolean isServerFull = part(SERVER_SHARE) >= FULL;
    return part(LOAD_SHARE) >= FULL && !isServerFull;
  }

  /** What else is to be told beside the value; or empty. */
  String remark() {
    return parts.containsKey(RATE)
        ? (timesRemark() + " " + atOnly(part(RATE))).strip()
        : timesRemark();
  }

  private String timesRemark() {
    if (hasBefore()) {
      return stallRemark();
    }
    if (parts.containsKey(P50)) {
      return "p50 %s, to oneself alone %s".formatted(Numbers.text(part(P50)), Numbers.text(aside))
          + shareRemark();
    }
    return "";
  }

  /** At a fixed rate the share of the core tells how much more there could be. */
  private String shareRemark() {
    return parts.containsKey(SERVER_SHARE)
        ? String.format(Locale.ROOT, ", core %.0f %%", 100 * part(SERVER_SHARE))
        : "";
  }

  private String stallRemark() {
    return "others' p99 %s → %s%s ms%s"
        .formatted(
            Numbers.text(part(P99_BEFORE)),
            Numbers.text(part(P99)),
            parts.containsKey(P99_AFTER) ? " → " + Numbers.text(part(P99_AFTER)) : "",
            levelRemark());
  }

  private String levelRemark() {
    if (!parts.containsKey(CATCH_UP)) {
      return "";
    }
    double seconds = part(CATCH_UP);
    return Double.isNaN(seconds)
        ? "; never level again"
        : "; level after " + Numbers.text(seconds) + " s";
  }

  /** What one of what is counted takes the server's core; NaN when that wasn't measured. */
  double cost() {
    return parts.getOrDefault(DELIVERY_CPU, part(LOGIN_CPU));
  }

  /** A part; NaN when it wasn't measured. */
  double part(String name) {
    return parts.getOrDefault(name, Double.NaN);
  }

  /**
   * Whether everybody got everything, in order.
   *
   * @param text the same in words
   */
  record Verdict(boolean isRight, String text) {}
}
