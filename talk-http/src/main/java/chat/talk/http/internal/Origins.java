package chat.talk.http.internal;

import chat.talk.ChatException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jetbrains.annotations.Nullable;

/**
 * Keeps web pages out that have no business here. A browser lets any page send requests to a server
 * on the user's own machine, but says where the page came from; and shows the page the answer only
 * if the server says so.
 */
public final class Origins {
  private static final String ANY = "*";
  private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/?#@\\s,*]+");
  private static final Pattern HEADER_NAMES = Pattern.compile("[A-Za-z0-9-]+( *, *[A-Za-z0-9-]+)*");
  private static final String EXPOSED =
      "Accept-Ranges, Content-Disposition, Content-Range, ETag, Location, Retry-After";

  /** How long a browser needn't ask again, in seconds. */
  private static final int MAX_AGE = 600;

  private final Set<String> allowed = new HashSet<>();
  private final boolean allowsAny;

  /**
   * The origins besides the server's own.
   *
   * @param allowed origins, or {@code *} for all
   * @throws ChatException with {@link ChatException.Code#INVALID} when one is neither
   */
  public Origins(Collection<String> allowed) {
    allowed.forEach(origin -> this.allowed.add(parse(origin)));
    allowsAny = this.allowed.contains(ANY);
  }

  /** Fails as the constructor does. */
  public static void requireValid(String... origins) {
    List.of(origins).forEach(Origins::parse);
  }

  private static String parse(String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    if (!lower.equals(ANY) && !ORIGIN.matcher(lower).matches()) {
      throw new ChatException(
          ChatException.Code.INVALID, "not an origin such as https://chat.example.org: " + origin);
    }
    return plain(lower);
  }

  /** Browsers leave the usual port out. */
  private static String plain(String origin) {
    if (origin.startsWith("https://")) {
      return without(":443", origin);
    }
    return origin.startsWith("http://") ? without(":80", origin) : origin;
  }

  /**
   * Lets pass what no browser sent, and what a page of this very server or of an allowed origin
   * made it send.
   *
   * @param host under which the client knows the server
   * @throws Refusal with 403 for anything else
   */
  void requireAllowed(HttpHeaders headers, String host) {
    for (String origin : headers.getAll(HttpHeaderNames.ORIGIN)) {
      String lower = origin.toLowerCase(Locale.ROOT);
      if (!isAllowed(lower) && !isSame(lower, host.toLowerCase(Locale.ROOT))) {
        throw Refusal.of(403, "FORBIDDEN", "pages of another origin may not do this");
      }
    }
  }

  /** Whether a page asks that was allowed by its name. */
  boolean isListed(HttpHeaders headers) {
    List<String> origins = headers.getAll(HttpHeaderNames.ORIGIN);
    return origins.size() == 1 && allowed.contains(origins.get(0).toLowerCase(Locale.ROOT));
  }

  private boolean isAllowed(String origin) {
    return allowsAny || allowed.contains(origin);
  }

  /** Tells the browser whether the page may see the answer. */
  void announce(HttpHeaders answer, @Nullable HttpRequest request) {
    if (allowed.isEmpty() || request == null) {
      return;
    }
    if (!allowsAny) {
      answer.add(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
    }
    List<String> origins = request.headers().getAll(HttpHeaderNames.ORIGIN);
    if (origins.size() == 1 && isAllowed(origins.get(0).toLowerCase(Locale.ROOT))) {
      answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, allowsAny ? ANY : origins.get(0));
      answer.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
      answerPreflight(answer, request);
    }
  }

  /** May this page send such a request? The request itself is checked when it comes. */
  private static void answerPreflight(HttpHeaders answer, HttpRequest request) {
    HttpHeaders asked = request.headers();
    boolean isPreflight =
        request.method().equals(HttpMethod.OPTIONS)
            && asked.contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    if (!isPreflight || !answer.contains(HttpHeaderNames.ALLOW)) {
      return;
    }
    answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, answer.get(HttpHeaderNames.ALLOW));
    answer.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    String names = asked.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS, "");
    if (HEADER_NAMES.matcher(names).matches()) {
      answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, names);
      answer.add(HttpHeaderNames.VARY, HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
    }
  }

  /** TLS may end in front of this server, so that either scheme may be the right one. */
  private static boolean isSame(String origin, String host) {
    return isSame(origin, "http://", ":80", host) || isSame(origin, "https://", ":443", host);
  }

  private static boolean isSame(String origin, String scheme, String usualPort, String host) {
    return origin.startsWith(scheme)
        && without(usualPort, origin.substring(scheme.length())).equals(without(usualPort, host));
  }

  private static String without(String usualPort, String authority) {
    return authority.endsWith(usualPort)
        ? authority.substring(0, authority.length() - usualPort.length())
        : authority;
  }
}
