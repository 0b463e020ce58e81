package chat.talk.http.internal;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.http.HttpResponse;
import chat.talk.http.internal.json.AnswerJson;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/** How a server writes its errors. */
public enum ErrorStyle {
  /** {@code {"status":"error","code":"…","message":"…"}}. */
  PLAIN {
    @Override
    public HttpResponse write(int status, String code, String message, @Nullable Instant retryAt) {
      HttpResponse response = HttpResponse.json(status, AnswerJson.error(code, message));
      return code.equals(Code.OVERLOADED.name()) ? retryAfter(response, null) : response;
    }
  },
  /** RFC 9457, with {@code code} and {@code retryAt} besides. */
  PROBLEM {
    @Override
    public HttpResponse write(int status, String code, String message, @Nullable Instant retryAt) {
      String title = HttpResponseStatus.valueOf(status).reasonPhrase();
      byte[] body = AnswerJson.problem(title, status, message, code, retryAt);
      HttpResponse response = new HttpResponse(status, TYPE, body);
      if (status == 401) {
        // RFC 9110, section 15.5.2: it says how to come in.
        return response.withHeader("WWW-Authenticate", "Bearer");
      }
      boolean mayRetry = retryAt != null || status == 429 || status == 503;
      return mayRetry ? retryAfter(response, retryAt) : response;
    }
  };

  private static final Map<String, String> TYPE =
      Map.of("Content-Type", "application/problem+json");

  /** Writes an error, with a code that needn't be Talk's. */
  public abstract HttpResponse write(
      int status, String code, String message, @Nullable Instant retryAt);

  /** Writes a failure; the message of an {@link Code#INTERNAL} one stays here. */
  public HttpResponse of(ChatException failure) {
    Code code = failure.code();
    String message =
        code == Code.INTERNAL ? "internal error" : String.valueOf(failure.getMessage());
    return write(ErrorStatus.of(code), code.name(), message, failure.retryAt().orElse(null));
  }

  /** RFC 9110, section 10.2.3; a second where it isn't known, so that nobody tries without end. */
  private static HttpResponse retryAfter(HttpResponse response, @Nullable Instant retryAt) {
    long seconds = retryAt == null ? 1 : secondsUntil(retryAt);
    return response.withHeader("Retry-After", String.valueOf(seconds));
  }

  private static long secondsUntil(Instant time) {
    Duration left = Duration.between(Instant.now(), time);
    return Math.max(1, left.getSeconds() + (left.getNano() > 0 ? 1 : 0));
  }
}
