package chat.talk.http.internal;

import io.netty.util.NetUtil;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetbrains.annotations.Nullable;

/**
 * The names under which a server is known. A page whose own name its owner makes point to this
 * machine is of the same origin as the server, for the browser; only the name gives it away.
 */
final class Hosts {
  /** A name, an IPv4 address or an IPv6 address in brackets; perhaps a port. */
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:@/]+)(:[0-9]*)?");

  private final Set<String> names = new HashSet<>();
  private final boolean isLoopback;

  /** What was found to be its own just now: most clients call a server by the same name. */
  private volatile @Nullable String lastOwn;

  /**
   * The names of a server.
   *
   * @param names by which it's called besides addresses and localhost
   * @param isLoopback whether only this machine reaches it, browsers on it included
   */
  Hosts(Collection<String> names, boolean isLoopback) {
    names.forEach(name -> this.names.add(name.toLowerCase(Locale.ROOT)));
    this.isLoopback = isLoopback;
  }

  /**
   * Lets pass what asks for this server, and what no browser on this machine can have sent.
   *
   * @param host that is asked for, null when none was named
   * @param isOfUnknownPage whether a page in a browser asks that nobody has allowed to
   * @throws Refusal with 421 for anything else
   */
  void requireOwn(@Nullable String host, boolean isOfUnknownPage) {
    boolean isDoubtful = isLoopback || isOfUnknownPage;
    if (host != null && isDoubtful && !host.equals(lastOwn)) {
      requireOwn(host);
      lastOwn = host;
    }
  }

  private void requireOwn(String host) {
    if (!isOwn(host.toLowerCase(Locale.ROOT))) {
      throw Refusal.of(421, "MISDIRECTED", "this server does not go by the name in Host");
    }
  }

  private boolean isOwn(String authority) {
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      return false;
    }
    String host = parts.group(1);
    return isAddress(host)
        || host.equals("localhost")
        || host.endsWith(".localhost")
        || names.contains(host);
  }

  private static boolean isAddress(String host) {
    return host.startsWith("[")
        ? NetUtil.isValidIpV6Address(host.substring(1, host.length() - 1))
        : NetUtil.isValidIpV4Address(host);
  }
}
