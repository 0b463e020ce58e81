package chat.talk;

import chat.talk.internal.Failures;
import chat.talk.internal.Text;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where a user's endpoint listens.
 *
 * @param protocol which {@link Transport} reaches it: {@code HTTP}, {@code HTTPS}, {@code WS},
 *     {@code WSS}, {@code LOOPBACK} or one of your own; upper case
 * @param host a host name, an IPv4 address or an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record UserAddress(String protocol, String host, int port) {
  private static final Pattern PROTOCOL = Pattern.compile("[A-Z][A-Z0-9+.\\-]{0,31}");
  private static final Pattern NAME_OR_IPV4 =
      Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}._\\-]{0,252}");

  /** Groups of hex digits, "::" at most once and only if groups are left out; RFC 4291, 2.2. */
  private static final Pattern IPV6 =
      Pattern.compile(
          "(?=.*::|(?:[^:]+:){6,7}[^:]+$)(?!.*:::|.*::.*::|:[^:]|.*[^:]:$)"
              + "(?:[0-9a-fA-F]{0,4}:){2,7}(?:[0-9a-fA-F]{0,4}|\\d{1,3}(?:\\.\\d{1,3}){3})");

  private static final Map<String, Integer> DEFAULT_PORTS =
      Map.of("HTTP", 80, "WS", 80, "HTTPS", 443, "WSS", 443);

  /**
   * Checks the parts.
   *
   * @throws ChatException with {@link ChatException.Code#INVALID} that names the part that is wrong
   */
  public UserAddress {
    if (!PROTOCOL.matcher(protocol).matches()) {
      throw Failures.invalid("not a protocol: %s", Text.quote(protocol));
    }
    if (!NAME_OR_IPV4.matcher(host).matches() && !IPV6.matcher(host).matches()) {
      throw Failures.invalid("not a host: %s", Text.quote(host));
    }
    if (port < 1 || port > 65535) {
      throw Failures.invalid("a port is 1 to 65535, but was %d", port);
    }
  }

  /**
   * An address that plain HTTP reaches.
   *
   * @param host as the constructor takes it
   * @param port 1 to 65535
   * @return the address
   * @throws ChatException with {@link ChatException.Code#INVALID} as the constructor says
   */
  public static UserAddress http(String host, int port) {
    return new UserAddress("HTTP", host, port);
  }

  /**
   * Reads an address out of a URL such as {@code ws://example.org:8080}. The port may be left out
   * where the protocol has a usual one (80 for {@code http} and {@code ws}, 443 for {@code https}
   * and {@code wss}).
   *
   * @param url scheme, host and port; no user, path, query or fragment
   * @return the address
   * @throws ChatException with {@link ChatException.Code#INVALID} when it is no such URL
   */
  public static UserAddress parse(String url) {
    try {
      URI uri = new URI(url);
      if (uri.getScheme() == null || uri.getHost() == null || hasMore(uri)) {
        throw notAnAddress(url);
      }
      String protocol = uri.getScheme().toUpperCase(Locale.ROOT);
      int port = uri.getPort() < 0 ? DEFAULT_PORTS.getOrDefault(protocol, -1) : uri.getPort();
      return new UserAddress(protocol, withoutBrackets(uri.getHost()), port);
    } catch (URISyntaxException e) {
      throw notAnAddress(url);
    }
  }

  /** Doesn't repeat what may hold a password. */
  private static ChatException notAnAddress(String url) {
    return Failures.invalid(
        "not scheme://host:port: %s", url.contains("@") ? "it names a user" : Text.quote(url));
  }

  private static boolean hasMore(URI uri) {
    String path = uri.getRawPath();
    return uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || !(path == null || path.isEmpty() || path.equals("/"));
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The address as a URL, such as {@code http://127.0.0.1:8080}. */
  @Override
  public String toString() {
    String shownHost = host.contains(":") ? "[" + host + "]" : host;
    return protocol.toLowerCase(Locale.ROOT) + "://" + shownHost + ":" + port;
  }
}
