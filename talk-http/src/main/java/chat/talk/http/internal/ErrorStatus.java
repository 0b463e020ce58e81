package chat.talk.http.internal;

import chat.talk.ChatException.Code;
import java.util.Arrays;
import java.util.Optional;

/** Which HTTP status an error has, for servers; which error a status means, for clients. */
public final class ErrorStatus {
  /** What a {@code code} in an error is. */
  public static final String ABOUT_CODES =
      "What went wrong, for programs: a code of Talk's own, or a word of HTTP's, such as"
          + " METHOD_NOT_ALLOWED";

  private ErrorStatus() {}

  /** The status of answers with this code. */
  public static int of(Code code) {
    return switch (code) {
      case INVALID -> 400;
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN, BANNED -> 403;
      case UNKNOWN_USER, NOT_FOUND -> 404;
      case NAME_TAKEN, CONFLICT -> 409;
      case GONE -> 410;
      case TOO_LARGE -> 413;
      case REFUSED -> 422;
      case MISDIRECTED -> 421;
      case UNREACHABLE -> 502;
      case LIMITED -> 429;
      case OVERLOADED, STORAGE, CLOSED -> 503;
      case TIMED_OUT -> 504;
      case CANNOT_LISTEN, NO_TRANSPORT, BAD_ANSWER, INTERNAL -> 500;
    };
  }

  /** The code of this name, as an error's body has it; empty for words that are not Talk's. */
  public static Optional<Code> named(String name) {
    return Arrays.stream(Code.values()).filter(code -> code.name().equals(name)).findFirst();
  }
}
