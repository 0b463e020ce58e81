package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.room.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When reports lead to a ban: a plain function of the reports and the time. Called on the hub's own
 * thread: it must return at once.
 */
@FunctionalInterface
public interface BanPolicy {
  /** Leaves it all to administrators. */
  BanPolicy NEVER = (reports, now) -> Optional.empty();

  /**
   * Decides about a user who has just been reported.
   *
   * @param reports all about him that led to no ban yet, the newest last
   * @param now the time
   * @return when his ban ends; empty when there is none
   */
  Optional<Instant> decide(List<Report> reports, Instant now);

  /**
   * A ban once enough different users have reported somebody within a time.
   *
   * @param reporters how many, at least 1
   * @param within how far apart the first and the last of these reports may be, more than zero and
   *     at most 100 years
   * @param length of the ban, likewise
   * @return the policy
   * @throws ChatException with {@link Code#INVALID} when one is outside of that
   */
  static BanPolicy after(int reporters, Duration within, Duration length) {
    Arguments.requireAtLeast("reporters", 1, reporters);
    Arguments.requireSpan("within", within);
    Arguments.requireSpan("length", length);
    return (reports, now) -> {
      long different =
          reports.stream()
              .filter(report -> isWithin(within, report.time(), now))
              .map(Report::by)
              .distinct()
              .count();
      return different >= reporters ? Optional.of(now.plus(length)) : Optional.empty();
    };
  }

  /** Either way round: when the clock goes back, reports lie in the future. */
  private static boolean isWithin(Duration span, Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(span) <= 0;
  }
}
