package chat.talk.cli;

import chat.talk.ChatClient;
import chat.talk.ChatException;
import chat.talk.Peer;
import chat.talk.PeerBuilder;
import chat.talk.Transport;
import chat.talk.UserAddress;
import chat.talk.http.HttpSettings;
import chat.talk.http.HttpTransport;
import chat.talk.http.WebSocketTransport;
import java.util.Optional;

/** What a peer is made of, out of the options of {@code talk peer}. */
final class PeerWiring {
  private PeerWiring() {}

  /**
   * Sets a peer up but for its registry; nothing is opened yet.
   *
   * @throws Failure when the options do not fit together
   */
  static PeerBuilder of(PeerCommand options, HttpSettings settings) {
    Optional<UserAddress> published = PublicAddress.of(options);
    PeerBuilder peer = ChatClient.peer(options.name.value()).listenOn(options.host, options.port);
    published.ifPresent(peer::publicAddress);
    HttpSettings named = published.map(at -> settings.withHosts(at.host())).orElse(settings);
    return transport(peer, named, published);
  }

  /** The public address decides which transport listens. */
  private static PeerBuilder transport(
      PeerBuilder peer, HttpSettings settings, Optional<UserAddress> published) {
    Transport http = new HttpTransport(settings);
    Transport webSocket = new WebSocketTransport(settings);
    if (published.isEmpty() || speaks(http, published.get())) {
      return peer.transport(http, webSocket);
    }
    if (speaks(webSocket, published.get())) {
      return peer.transport(webSocket, http);
    }
    String was = Printable.line(published.get().toString());
    throw new Failure(
        ExitCode.USAGE, "--public-url begins with http, https, ws or wss, but was " + was);
  }

  private static boolean speaks(Transport transport, UserAddress address) {
    return transport.protocols().contains(address.protocol());
  }

  /** Starts the peer; a failure without an exit code of its own is the registry's. */
  static Peer start(PeerBuilder peer) {
    try {
      return peer.start();
    } catch (ChatException e) {
      if (ExitCode.of(e.code()) != ExitCode.FAILED) {
        throw e;
      }
      String problem = "asking the registry failed: " + Printable.reason(e);
      throw new Failure(ExitCode.NO_REGISTRY, problem, e);
    }
  }

  static HttpSettings settings(PeerCommand options) {
    HttpSettings settings = HttpSettings.defaults();
    if (options.trust != null) {
      settings = settings.withTrust(TlsOptions.readable("--trust", options.trust));
    }
    return options.tls.areGiven()
        ? settings.withCertificate(options.tls.certificate(), options.tls.key())
        : settings;
  }
}
