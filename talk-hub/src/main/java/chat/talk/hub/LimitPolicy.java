package chat.talk.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatId;
import chat.talk.UserName;
import chat.talk.room.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jetbrains.annotations.Nullable;

/**
 * How much a user may say in the general chat: a plain function of what he is about to say, what he
 * has said, and the time. An edit there is asked about like a message, for it shows everybody a new
 * text. Called on the hub's own thread: it must return at once.
 */
@FunctionalInterface
public interface LimitPolicy {
  /** Says yes to everything, and keeps no count. */
  LimitPolicy NONE = (action, used, now) -> Verdict.ALLOWED;

  /**
   * Decides about one more message. What it throws refuses the message with {@link Code#INTERNAL}.
   *
   * @param action what is to be said
   * @param used how much of his limit he has used, as the last verdict about him said; null at
   *     first
   * @param now the time
   * @return whether he may
   */
  Verdict check(Action action, @Nullable Used used, Instant now);

  /**
   * So many messages in a window of time, which begins with the first of them and starts anew when
   * it is over. When the clock goes back to before a window began, that window is over too: nobody
   * waits for longer than one window.
   *
   * @param count the most messages, at least 1
   * @param window its length, more than zero and at most 100 years
   * @return the policy
   * @throws ChatException with {@link Code#INVALID} when one is outside of that
   */
  static LimitPolicy of(int count, Duration window) {
    Arguments.requireAtLeast("count", 1, count);
    Arguments.requireSpan("window", window);
    return (action, used, now) -> {
      Used current = used != null && used.isIn(window, now) ? used : new Used(now, 0);
      return current.count() < count
          ? Verdict.allow(new Used(current.start(), current.count() + 1))
          : Verdict.refuse(current.start().plus(window));
    };
  }

  /**
   * What somebody is about to say.
   *
   * @param author who
   * @param chat where
   * @param text what; never to be logged
   */
  record Action(UserName author, ChatId chat, String text) {
    /** Who and where, without what is said. */
    @Override
    public String toString() {
      return "Action[" + author + " in " + chat + "]";
    }
  }

  /**
   * How much of a limit is used.
   *
   * @param start when the window began
   * @param count messages since
   */
  record Used(Instant start, int count) {
    private boolean isIn(Duration window, Instant now) {
      return !now.isBefore(start) && now.isBefore(start.plus(window));
    }

    static @Nullable Used of(Fact.@Nullable Window window) {
      return window == null ? null : new Used(window.start(), window.count());
    }
  }

  /**
   * What a policy says.
   *
   * @param used how much is used with this message, kept for the next one; null to keep what was
   *     kept before
   * @param retryAt when he may again, null when he may now
   */
  record Verdict(@Nullable Used used, @Nullable Instant retryAt) {
    /** He may, and it isn't counted. */
    public static final Verdict ALLOWED = new Verdict(null, null);

    /**
     * He may.
     *
     * @param used how much is used with this message
     * @return the verdict
     */
    public static Verdict allow(Used used) {
      return new Verdict(Objects.requireNonNull(used, "used"), null);
    }

    /**
     * He may not.
     *
     * @param retryAt until then
     * @return the verdict
     */
    public static Verdict refuse(Instant retryAt) {
      return new Verdict(null, Objects.requireNonNull(retryAt, "retryAt"));
    }
  }
}
