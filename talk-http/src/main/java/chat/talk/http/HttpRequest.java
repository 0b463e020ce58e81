package chat.talk.http;

import chat.talk.ChatException;
import chat.talk.http.internal.PercentEncoding;
import chat.talk.http.internal.StrictUtf8;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jetbrains.annotations.Nullable;

/**
 * A request that a {@link HttpServer} has received in full. Immutable, so any thread may use it.
 */
public final class HttpRequest {
  private final String method;
  private final String path;
  private final @Nullable String query;
  private final Caller caller;
  private final Map<String, String> parameters;
  private final Map<String, String> headers;
  private final byte[] body;

  /**
   * Who sent a request. A proxy that the server trusts tells it for the client behind.
   *
   * @param address the client's IP address, {@code -} when it isn't known
   * @param scheme that the client speaks, {@code http} or {@code https}
   * @param host by which it knows the server, with the port if it named one; empty when it named
   *     none
   */
  public record Caller(String address, String scheme, String host) {
    private static final Caller UNKNOWN = new Caller("-", "http", "");
  }

  /**
   * A request of nobody; for tests of handlers.
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
    this(method, path, null, Caller.UNKNOWN, parameters, headers, body);
  }

  /**
   * A request, as servers make it.
   *
   * @param method as above
   * @param path as above
   * @param query what stood behind {@code ?} as it came, null when there was none
   * @param caller who sent it
   * @param parameters as above
   * @param headers as above
   * @param body as above
   */
  public HttpRequest(
      String method,
      String path,
      @Nullable String query,
      Caller caller,
      Map<String, String> parameters,
      Map<String, String> headers,
      byte[] body) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.caller = caller;
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
   * What stands in the query under a name, as in {@code ?name=value&other=value}.
   *
   * @param name the name, decoded
   * @return its value, percent-decoded; empty text where it has none. A {@code +} is a plus, as RFC
   *     3986 has it: a space is {@code %20} (only forms, and {@code URLSearchParams} of browsers,
   *     write spaces as {@code +})
   * @throws ChatException with {@link ChatException.Code#INVALID} when the name is given twice, or
   *     anything in the query is wrongly encoded
   */
  public Optional<String> query(String name) {
    return PercentEncoding.find(query, name);
  }

  /**
   * Who sent it.
   *
   * @return the client's address, and by which scheme and host it knows the server
   */
  public Caller caller() {
    return caller;
  }

  /**
   * Where the client is.
   *
   * @return its IP address, as {@link #caller} has it
   */
  public String remoteAddress() {
    return caller.address();
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
