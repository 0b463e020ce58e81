package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.room.Command;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Rules about what users write. */
final class Checks {
  /** The most entries on one page. */
  static final int MAX_PAGE = 1_000;

  /** No later time can be kept. */
  private static final Instant LAST = time(Instant.MAX);

  private Checks() {}

  static String title(String title) {
    boolean bad =
        title.isBlank()
            || title.length() > Command.MAX_TITLE
            || title.chars().anyMatch(Character::isISOControl)
            || !StandardCharsets.UTF_8.newEncoder().canEncode(title);
    if (bad) {
      throw invalid("a title is 1 to %d characters of text on one line", Command.MAX_TITLE);
    }
    return title;
  }

  static String reason(String reason) {
    boolean bad =
        reason.length() > Command.MAX_REASON
            || !StandardCharsets.UTF_8.newEncoder().canEncode(reason);
    if (bad) {
      throw invalid("a reason is up to %d characters of text", Command.MAX_REASON);
    }
    return reason;
  }

  /** A time that will be kept: storages keep microseconds. */
  static Instant time(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  /** The same for what must not happen earlier. */
  static Instant dueTime(Instant time) {
    Instant kept = time(time);
    return kept.isBefore(time) && time.isBefore(LAST) ? kept.plus(1, ChronoUnit.MICROS) : kept;
  }

  static int limit(int limit) {
    if (limit < 1) {
      throw invalid("a limit is at least 1, but was %d", limit);
    }
    return Math.min(limit, MAX_PAGE);
  }

  @SuppressWarnings("AnnotateFormatMethod")
  static ChatException invalid(String format, Object... args) {
    return new ChatException(Code.INVALID, format.formatted(args));
  }
}
