package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.UserAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import org.jetbrains.annotations.Nullable;

/**
 * What a peer registers: its public URL, or else what it listens on.
 *
 * @param given the public URL's address, or null
 */
record PublicAddress(@Nullable UserAddress given) {
  private static final Set<String> PLAIN = Set.of("HTTP", "WS");
  private static final Set<String> SECURE = Set.of("HTTPS", "WSS");

  /**
   * Checks that the options fit together.
   *
   * @throws Failure when they do not
   */
  static PublicAddress of(PeerCommand options) {
    if (options.publicUrl == null) {
      requireAddressable(options.host);
      return new PublicAddress(null);
    }
    UserAddress address = parse(options.publicUrl);
    if (options.tls.areGiven() && PLAIN.contains(address.protocol())) {
      throw usage("--tls-cert serves TLS only: --public-url has to begin with https or wss");
    }
    return new PublicAddress(address);
  }

  Optional<UserAddress> address() {
    return Optional.ofNullable(given);
  }

  boolean isWebSocket() {
    return given != null && given.protocol().startsWith("WS");
  }

  private static UserAddress parse(String url) {
    try {
      UserAddress address = UserAddress.parse(url);
      if (PLAIN.contains(address.protocol()) || SECURE.contains(address.protocol())) {
        return address;
      }
    } catch (ChatException e) {
      throw usage("--public-url: " + Printable.reason(e));
    }
    throw usage("--public-url begins with http, https, ws or wss, but was " + Printable.line(url));
  }

  /** All interfaces together are a place to listen, but no place to send to. */
  private static void requireAddressable(String host) {
    try {
      if (InetAddress.getByName(host).isAnyLocalAddress()) {
        throw usage(
            "others can't reach you at "
                + host
                + ": say with --public-url where they can, such as http://192.168.1.5:8080");
      }
    } catch (UnknownHostException e) {
      throw new Failure(ExitCode.CANNOT_LISTEN, "--host: no such host: " + Printable.line(host), e);
    }
  }

  private static Failure usage(String message) {
    return new Failure(ExitCode.USAGE, message);
  }
}
