package chat.talk.http;

import chat.talk.ChatException;
import chat.talk.http.internal.StrictUtf8;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request that a {@link HttpServer} has received in full. Immutable, so any thread may use it.
 */
public final class HttpRequest {
  private final String method;
  private final String path;
  private final Map<String, String> parameters;
  private final Map<String, String> headers;
  private final byte[] body;

  /**
   * A request; servers make them, and so may a test of a handler.
   *
   * @param method the method, such as {@code GET}
   * @param path the path as it came, without the query
   * @param parameters what stood for each {@code {name}} of the route, decoded
   * @param headers values by header name in lower case
   * @param body the body, not copied; empty when there was none
   */
  public HttpRequest(
      String method,
      String path,
      Map<String, String> parameters,
      Map<String, String> headers,
      byte[] body) {
    this.method = method;
    this.path = path;
    this.parameters = Map.copyOf(parameters);
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  /**
   * The method.
   *
   * @return such as {@code GET}; a {@code HEAD} comes to the handler of {@code GET} as what it is
   */
  public String method() {
    return method;
  }

  /**
   * The path.
   *
   * @return as it came, still percent-encoded, without the query
   */
  public String path() {
    return path;
  }

  /**
   * What stands in the path where the route has {@code {name}}.
   *
   * @param name a name out of the route's pattern
   * @return the text, percent-decoded; not empty, without {@code /} and NUL
   * @throws ChatException with {@link ChatException.Code#INVALID} when the route has no such name
   */
  public String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new ChatException(ChatException.Code.INVALID, "the route has no {" + name + "}");
    }
    return value;
  }

  /**
   * A header.
   *
   * @param name in any case
   * @return its value; the values of a repeated one, joined by {@code ", "}
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * The body.
   *
   * @return the bytes themselves, which nobody may change; empty when there was none
   */
  public byte[] body() {
    return body;
  }

  /**
   * The body as text.
   *
   * @return the UTF-8 decoded
   * @throws ChatException with {@link ChatException.Code#INVALID} when it is no UTF-8
   */
  public String bodyText() {
    return StrictUtf8.decode(body);
  }
}
