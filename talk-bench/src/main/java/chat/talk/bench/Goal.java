package chat.talk.bench;

import java.util.Map;
import org.jetbrains.annotations.Nullable;

/**
 * What is asked of Talk in a row; nothing misses it that isn't measured.
 *
 * @param text in words
 * @param reference whose figure counts as 1 for the ratio; null for nobody's
 * @param ratio what Talk's figure has to be at least, or at most where less is better
 * @param bound what Talk's figure itself has to be at least, or at most; NaN for nothing
 */
record Goal(String text, @Nullable String reference, double ratio, double bound) {
  static final Goal NONE = new Goal("", null, Double.NaN, Double.NaN);

  /** By the rows' names. */
  private static final Map<String, Goal> GOALS =
      Map.of(
          "A", ratio("60 % of bare Netty (80 %)", 0.6),
          "B", ratio("60 % of bare Netty (80 %)", 0.6),
          "C", ratio("80 % of bare Netty (100 %)", 0.8),
          "D", ratio("1.3 × bare Netty or less, the commit's own time aside", 1.3),
          "E", bound("8 KiB or less", 8),
          "F", bound("8,000 or more", 8_000),
          "G", bound("4 MB or less; kept, gets all; the others' p99 unmoved", 4),
          "H",
              new Goal(
                  "80 % of bare JDBC in the same groups, more than 60,000 (200,000)",
                  StorageRow.BARE, 0.8, 60_000));

  static Goal of(String row) {
    return GOALS.getOrDefault(row, NONE);
  }

  /** For what is measured too shortly. */
  Goal unjudged() {
    return text.isEmpty() ? this : new Goal(text + ", in full", null, Double.NaN, Double.NaN);
  }

  private static Goal ratio(String text, double ratio) {
    return new Goal(text, Contenders.NETTY.title(), ratio, Double.NaN);
  }

  private static Goal bound(String text, double bound) {
    return new Goal(text, null, Double.NaN, bound);
  }
}
