package chat.talk.bench;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/**
 * What a row gave.
 *
 * @param key its name, such as {@code A}
 * @param title what was measured
 * @param unit of the figures
 * @param isMoreBetter whether a large figure is a good one
 * @param goal what is asked of Talk
 * @param figures of each run, by the contenders' titles; of each there is at least one
 */
record Result(
    String key,
    String title,
    String unit,
    boolean isMoreBetter,
    Goal goal,
    Map<String, List<Figure>> figures) {
  static final String TALK = Contenders.TALK.title();

  private static final Comparator<Figure> BY_VALUE = Comparator.comparingDouble(Figure::value);

  Result {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  static Result of(String key, NetRow row, Map<String, List<Figure>> figures) {
    return new Result(key, row.title(), row.unit(), row.isMoreBetter(), Goal.of(key), figures);
  }

  /** The same, but too little to judge by. */
  Result unjudged() {
    return new Result(key, title, unit, isMoreBetter, goal.unjudged(), figures);
  }

  boolean has(@Nullable String contender) {
    return figures.containsKey(contender);
  }

  Figure median(String contender) {
    List<Figure> sorted = sorted(contender);
    return sorted.get(sorted.size() / 2);
  }

  double least(String contender) {
    return sorted(contender).get(0).value();
  }

  double most(String contender) {
    return sorted(contender).get(runs(contender) - 1).value();
  }

  int runs(String contender) {
    return figures.get(contender).size();
  }

  private List<Figure> sorted(String contender) {
    return figures.get(contender).stream().sorted(BY_VALUE).toList();
  }

  /** Whether in all runs everybody got everything, in order. */
  boolean isRight(String contender) {
    return figures.get(contender).stream().allMatch(Figure::isRight);
  }

  /** How many times somebody else's figure Talk's is; NaN when one of the two is missing. */
  double ratio(@Nullable String other) {
    if (other == null || !has(TALK) || !has(other)) {
      return Double.NaN;
    }
    Figure talk = median(TALK);
    Figure theirs = median(other);
    return (talk.value() - (talk.aside() - theirs.aside())) / theirs.value();
  }

  /** Whether it was the load that was measured, so that this is the worst that can be. */
  boolean isLoadFull(String contender) {
    return median(contender).isLoadFull();
  }

  /** In how many runs what was to stay as it was did so. */
  long unmoved(String contender) {
    return figures.get(contender).stream().filter(Figure::isUnmoved).count();
  }

  /** How far apart the runs are, of the middle one; NaN when there is but one. */
  double spread(String contender) {
    double apart = most(contender) - least(contender);
    return runs(contender) < 2 ? Double.NaN : apart / Math.abs(median(contender).value());
  }

  /** Whether what is asked of Talk was measured. */
  boolean isJudged() {
    boolean isAsked = !Double.isNaN(goal.ratio()) || !Double.isNaN(goal.bound());
    return isAsked && has(TALK) && (goal.reference() == null || isMeasured(goal.reference()));
  }

  private boolean isMeasured(String contender) {
    return has(contender) && !Double.isNaN(median(contender).value());
  }

  /** Whether Talk does what is asked. */
  boolean isReached() {
    return isRight(TALK)
        && 2 * unmoved(TALK) > runs(TALK)
        && isWithin(ratio(goal.reference()), goal.ratio())
        && isWithin(median(TALK).value(), goal.bound());
  }

  /** Whether a load that was full leaves open whether Talk does what is asked. */
  boolean isOpen() {
    return isReached()
        ? isLoadFullOf(goal.reference()) && !isReachedByCost()
        : isRight(TALK) && isLoadFull(TALK) && !isMissedByCost();
  }

  private boolean isMissedByCost() {
    return ratioByCost(goal.reference()) < goal.ratio();
  }

  private boolean isLoadFullOf(@Nullable String reference) {
    return reference != null && isLoadFull(reference);
  }

  /** As if both servers' cores were full. */
  private boolean isReachedByCost() {
    return ratioByCost(goal.reference()) >= goal.ratio();
  }

  /**
   * How many times somebody else's figure Talk's would be if nothing but the servers' cores were in
   * the way; NaN where it wasn't measured what it takes them.
   */
  double ratioByCost(@Nullable String other) {
    return other != null && isMoreBetter && has(TALK) && has(other)
        ? median(other).cost() / median(TALK).cost()
        : Double.NaN;
  }

  private boolean isWithin(double value, double bound) {
    return Double.isNaN(bound) || (isMoreBetter ? value >= bound : value <= bound);
  }
}
