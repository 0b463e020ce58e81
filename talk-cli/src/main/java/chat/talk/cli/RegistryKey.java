package chat.talk.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** One text for all spellings of a registry's URL. */
final class RegistryKey {
  private static final Set<String> THIS_MACHINE =
      Set.of("localhost", "127.0.0.1", "[::1]", "[0:0:0:0:0:0:0:1]");

  private RegistryKey() {}

  static String of(String url) {
    try {
      return of(new URI(url.replaceAll("/+$", "")));
    } catch (URISyntaxException e) {
      return url;
    }
  }

  private static String of(URI url) {
    if (url.getScheme() == null || url.getHost() == null) {
      return url.toString();
    }
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    String host = url.getHost().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    return scheme
        + "://"
        + (THIS_MACHINE.contains(host) ? "127.0.0.1" : host)
        + ":"
        + (url.getPort() < 0 ? usual : url.getPort())
        + url.getRawPath();
  }
}
