package chat.talk.bench;

import java.util.Locale;

/** What a contender did in a row, for people. */
final class Cell {
  private Cell() {}

  /** The figure; where the load's core was full, as a bound. */
  static String value(Result row, String contender) {
    String value = Numbers.text(row.median(contender).value());
    return row.isLoadFull(contender) ? (row.isMoreBetter() ? "≥ " : "≤ ") + value : value;
  }

  /** How many times it Talk's is; empty where that says nothing. */
  static String ratio(Result row, String contender) {
    double ratio = contender.equals(Result.TALK) ? Double.NaN : row.ratio(contender);
    if (Double.isNaN(ratio) || ratio <= 0 || row.median(contender).value() <= 0) {
      return "";
    }
    return "Talk " + sign(row, contender) + Numbers.text(ratio) + " ×" + byCost(row, contender);
  }

  /** What a figure of a full load makes of the ratio: whoever has it may be better than that. */
  private static String sign(Result row, String contender) {
    boolean mayTalk = row.isLoadFull(Result.TALK);
    boolean mayOther = row.isLoadFull(contender);
    if (mayTalk && mayOther) {
      return "≈ ";
    }
    if (!mayTalk && !mayOther) {
      return "";
    }
    return mayTalk == row.isMoreBetter() ? "≥ " : "≤ ";
  }

  private static String byCost(Result row, String contender) {
    double ratio = row.ratioByCost(contender);
    boolean isFull = row.isLoadFull(Result.TALK) || row.isLoadFull(contender);
    return Double.isNaN(ratio) || !isFull ? "" : ", by core time " + Numbers.text(ratio) + " ×";
  }

  static String remark(Result row, String contender) {
    Figure median = row.median(contender);
    return median.hasBefore()
        ? "%s; unmoved in %d of %d"
            .formatted(median.remark(), row.unmoved(contender), row.runs(contender))
        : median.remark();
  }

  /** The median in words, with how far apart the runs are. */
  static String words(Result row, String contender) {
    double spread = row.spread(contender);
    String noise =
        Double.isNaN(spread)
            ? ""
            : String.format(
                Locale.ROOT,
                "; %d runs %s to %s, %.0f %% apart",
                row.runs(contender),
                Numbers.text(row.least(contender)),
                Numbers.text(row.most(contender)),
                100 * spread);
    return row.median(contender).text() + noise;
  }
}
