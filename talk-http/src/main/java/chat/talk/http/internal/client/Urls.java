package chat.talk.http.internal.client;

import chat.talk.UserAddress;
import chat.talk.http.internal.json.Printable;
import okhttp3.HttpUrl;
import org.jetbrains.annotations.Nullable;

/** Makes URLs. */
public final class Urls {
  /** Where a peer takes a message by POST. */
  public static final String MESSAGE = "/v1/message";

  /** Where a peer takes messages over WebSocket. */
  public static final String SOCKET = "/v1/ws/message";

  /** Where everybody says that he is well. */
  public static final String HEALTH = "/v1/health";

  /** Where a session with a hub is a WebSocket. */
  public static final String HUB_SOCKET = "/v1/ws";

  /** Where a hub is asked without a session. */
  public static final String COMMANDS = "/v1/commands";

  /** Where sessions are begun whose frames go by single requests. */
  public static final String SESSIONS = "/v1/sessions";

  private Urls() {}

  /** Whether an address asks for TLS. */
  static boolean isSecure(UserAddress address) {
    return address.protocol().equals("HTTPS") || address.protocol().equals("WSS");
  }

  /** The URL of a path at an address, or null when its host cannot stand in a URL. */
  static @Nullable HttpUrl of(UserAddress address, String path) {
    try {
      return new HttpUrl.Builder()
          .scheme(isSecure(address) ? "https" : "http")
          .host(address.host())
          .port(address.port())
          .encodedPath(path)
          .build();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * Reads the URL under which somebody serves.
   *
   * @throws ChatException with INVALID when it is none, or holds more than scheme, host, port and
   *     path
   */
  public static HttpUrl base(String url) {
    HttpUrl base = HttpUrl.parse(url);
    if (base == null || base.query() != null || base.fragment() != null || hasLogin(base)) {
      throw Answers.invalid("not http(s)://host:port: " + shown(url));
    }
    return base;
  }

  private static boolean hasLogin(HttpUrl url) {
    return !url.username().isEmpty() || !url.password().isEmpty();
  }

  private static String shown(String url) {
    return Printable.line(url.replaceFirst("//[^/]*@", "//…@"), 80);
  }

  /** The URL of a path behind a base, which may end with a slash. */
  static HttpUrl.Builder under(HttpUrl base, String path) {
    HttpUrl.Builder url = base.newBuilder();
    if (base.pathSegments().get(base.pathSize() - 1).isEmpty()) {
      url.removePathSegment(base.pathSize() - 1);
    }
    return url.addPathSegments(path.substring(1));
  }

  /** A base as people write it. */
  static String shown(HttpUrl base) {
    String url = base.toString();
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }
}
