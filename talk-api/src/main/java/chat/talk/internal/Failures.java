package chat.talk.internal;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import java.util.Locale;

/** The failures that many classes tell of. */
public final class Failures {
  private Failures() {}

  /** Some input breaks a rule. */
  public static ChatException invalid(String format, Object... args) {
    return new ChatException(Code.INVALID, String.format(Locale.ROOT, format, args));
  }

  /** Something was used after its end. */
  public static ChatException closed(Object what) {
    return new ChatException(Code.CLOSED, what + " is closed");
  }
}
