package chat.talk.http.internal;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.http.HttpRequest;
import chat.talk.room.Login;
import chat.talk.room.Token;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The secret that a request carries in its {@code Authorization}. */
public final class Bearer {
  /** RFC 6750, section 2.1; the scheme's case doesn't count (RFC 9110, section 11.1). */
  private static final Pattern FORM = Pattern.compile("(?i:Bearer) +(\\S+) *");

  private Bearer() {}

  /**
   * The secret, empty without the header.
   *
   * @throws ChatException with INVALID when the header is of another form
   */
  public static Optional<String> secret(HttpRequest request) {
    return request.header("Authorization").map(Bearer::parse);
  }

  private static String parse(String authorization) {
    Matcher bearer = FORM.matcher(authorization);
    if (!bearer.matches()) {
      throw new ChatException(Code.INVALID, "Authorization is not of the form: Bearer <secret>");
    }
    return bearer.group(1);
  }

  /**
   * The device whose token it is.
   *
   * @throws ChatException with UNAUTHENTICATED when there is none
   */
  public static Login login(HttpRequest request) {
    return secret(request)
        .map(secret -> new Login.Known(Token.of(secret)))
        .orElseThrow(() -> new ChatException(Code.UNAUTHENTICATED, "a token is needed"));
  }
}
