package chat.talk.http.internal;

import chat.talk.ChatException;
import chat.talk.http.HttpResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/** A request is answered by the server itself, with an error. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String word;
  private final @Nullable Instant retryAt;
  private final transient Map<String, String> headers;
  private final boolean ending;

  private Refusal(
      int status,
      String word,
      String message,
      @Nullable Instant retryAt,
      Map<String, String> headers,
      boolean ending) {
    super(message, null, false, false);
    this.status = status;
    this.word = word;
    this.retryAt = retryAt;
    this.headers = headers;
    this.ending = ending;
  }

  /** A refusal after which the connection is still usable. */
  static Refusal of(int status, String word, String message) {
    return new Refusal(status, word, message, null, Map.of(), false);
  }

  /** A refusal after which the connection is not: nobody knows where the next request begins. */
  static Refusal ending(int status, String word, String message) {
    return new Refusal(status, word, message, null, Map.of(), true);
  }

  /** A refusal for a reason that has a code; the message of an internal one stays here. */
  static Refusal of(ChatException reason) {
    boolean isInternal = reason.code() == ChatException.Code.INTERNAL;
    return new Refusal(
        ErrorStatus.of(reason.code()),
        reason.code().name(),
        isInternal ? "internal error" : String.valueOf(reason.getMessage()),
        reason.retryAt().orElse(null),
        Map.of(),
        false);
  }

  static Refusal invalid(String message) {
    return of(400, ChatException.Code.INVALID.name(), message);
  }

  static Refusal tooLarge(long maxBody) {
    return of(
        413, ChatException.Code.TOO_LARGE.name(), "the body has more than " + maxBody + " bytes");
  }

  static Refusal overloaded() {
    return of(
        new ChatException(ChatException.Code.OVERLOADED, "too much is being received already"));
  }

  static Refusal unread() {
    return of(
        new ChatException(
            ChatException.Code.OVERLOADED, "too many answers are left unread already"));
  }

  /** What was asked for may have been done. */
  static Refusal unreadButDone() {
    return of(
        new ChatException(
            ChatException.Code.TIMED_OUT,
            "the answer found no room, as too many are left unread; it may have taken effect"));
  }

  Refusal with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Refusal(status, word, getMessage(), retryAt, more, ending);
  }

  /** The answer. */
  HttpResponse response(ErrorStyle style) {
    HttpResponse response = style.write(status, word, getMessage(), retryAt);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      response = response.withHeader(header.getKey(), header.getValue());
    }
    return response;
  }

  boolean isEnding() {
    return ending;
  }
}
