package chat.talk.http.internal;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;

/**
 * Keeps web pages out. A browser lets any page send requests to a server on the user's own machine,
 * but says where the page came from.
 */
final class Origins {
  private Origins() {}

  /**
   * Lets pass what no browser sent, and what a page of this very server made it send.
   *
   * @throws Refusal with 403 for anything else
   */
  static void requireSame(HttpHeaders headers) {
    String host = headers.get(HttpHeaderNames.HOST, "");
    for (String origin : headers.getAll(HttpHeaderNames.ORIGIN)) {
      if (!isSame(origin.toLowerCase(Locale.ROOT), host.toLowerCase(Locale.ROOT))) {
        throw Refusal.of(403, "FORBIDDEN", "pages of another origin may not do this");
      }
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
