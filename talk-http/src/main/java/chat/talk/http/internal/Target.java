package chat.talk.http.internal;

import org.jetbrains.annotations.Nullable;

/**
 * What a request asks for.
 *
 * @param path still encoded
 * @param query still encoded, null when there is none
 */
record Target(String path, @Nullable String query) {
  /**
   * Takes {@code /path?query} or {@code http://host/path?query} apart.
   *
   * @throws Refusal with 400 when it is neither
   */
  static Target parse(String uri) {
    int mark = uri.indexOf('?');
    String target = mark < 0 ? uri : uri.substring(0, mark);
    String path = target.startsWith("/") ? target : withoutOrigin(target);
    requirePlain(path);
    return new Target(path, mark < 0 ? null : uri.substring(mark + 1));
  }

  private static void requirePlain(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) <= ' ' || path.charAt(i) >= 0x7F) {
        throw Refusal.invalid("not a path");
      }
    }
  }

  private static String withoutOrigin(String target) {
    int scheme = target.indexOf("://");
    if (scheme < 0) {
      throw Refusal.invalid("not a path");
    }
    int slash = target.indexOf('/', scheme + "://".length());
    return slash < 0 ? "/" : target.substring(slash);
  }
}
