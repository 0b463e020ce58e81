package chat.talk.hub;

import chat.talk.room.Fact;
import chat.talk.room.Report;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jetbrains.annotations.Nullable;

/**
 * The reports about one user: those that count, and those that are only remembered, so that they
 * don't count again when they are repeated. Bounded: the oldest are forgotten.
 */
final class Reports {
  /** The most that count; a policy is shown all of them at each report. */
  static final int MAX_COUNTING = 1_000;

  /** The most that are remembered besides. */
  static final int MAX_SPENT = 10_000;

  private static final Comparator<Report> BY_TIME =
      Comparator.comparing(Report::time)
          .thenComparing(Report::by)
          .thenComparing(one -> one.message().id());

  /** Most users are never reported: until then there is nothing to put any in. */
  private Map<Fact.Key, Report> all = Map.of();

  private SortedSet<Report> counting = Collections.emptySortedSet();
  private SortedSet<Report> spent = Collections.emptySortedSet();

  void add(Report report) {
    if (all.isEmpty()) {
      all = new HashMap<>();
      counting = new TreeSet<>(BY_TIME);
      spent = new TreeSet<>(BY_TIME);
    }
    all.put(report.key(), report);
    (report.spent() ? spent : counting).add(report);
  }

  void remove(Report report) {
    if (isKnown(report)) {
      all.remove(report.key());
      (report.spent() ? spent : counting).remove(report);
    }
  }

  boolean isKnown(Report report) {
    return all.containsKey(report.key());
  }

  /** The newest last. */
  List<Report> counting() {
    return List.copyOf(counting);
  }

  /** The one that counts no more, as there are too many; null when there aren't. */
  @Nullable
  Report surplus() {
    return counting.size() > MAX_COUNTING ? counting.first() : null;
  }

  /** The one to forget, likewise. */
  @Nullable
  Report surplusSpent() {
    return spent.size() > MAX_SPENT ? spent.first() : null;
  }
}
