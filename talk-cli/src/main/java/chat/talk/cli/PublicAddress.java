package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.UserAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;

/** What a peer registers: its public URL, or else what it listens on. */
final class PublicAddress {
  private static final Set<String> PLAIN = Set.of("HTTP", "WS");

  private PublicAddress() {}

  /**
   * The public URL's address, if one is given.
   *
   * @throws Failure when the options do not fit together
   */
  static Optional<UserAddress> of(PeerCommand options) {
    if (options.publicUrl == null) {
      requireAddressable(options.host);
      return Optional.empty();
    }
    UserAddress address = parse(options.publicUrl);
    if (options.tls.areGiven() && PLAIN.contains(address.protocol())) {
      throw usage("--tls-cert serves TLS only: --public-url has to begin with https or wss");
    }
    return Optional.of(address);
  }

  private static UserAddress parse(String url) {
    try {
      return UserAddress.parse(url);
    } catch (ChatException e) {
      throw usage("--public-url: " + Printable.reason(e));
    }
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
