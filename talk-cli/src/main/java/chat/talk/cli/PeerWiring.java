package chat.talk.cli;

import chat.talk.ChatClient;
import chat.talk.ChatException;
import chat.talk.PeerBuilder;
import chat.talk.Registry;
import chat.talk.Transport;
import chat.talk.UserAddress;
import chat.talk.http.HttpRegistry;
import chat.talk.http.HttpSettings;
import chat.talk.http.HttpTransport;
import chat.talk.http.WebSocketTransport;
import java.util.Set;

/** What a peer is made of, out of the options of {@code talk peer}. */
final class PeerWiring {
  private static final Set<String> PROTOCOLS = Set.of("HTTP", "HTTPS", "WS", "WSS");

  private final PeerCommand options;
  private final HttpSettings settings;
  private final Registry registry;
  private final PublicAddress published;

  private PeerWiring(PeerCommand options) {
    this.options = options;
    this.published = PublicAddress.of(options);
    this.settings = settings(options);
    this.registry = HttpRegistry.at(options.registry, settings);
  }

  static PeerWiring of(PeerCommand options) {
    return new PeerWiring(options);
  }

  Directory directory() {
    return new Directory(registry, PROTOCOLS);
  }

  /**
   * Starts the peer.
   *
   * @throws Failure with the exit code that tells what is in the way
   */
  ChatClient start(PeerBuilder peer) {
    ListeningTransport http = new ListeningTransport(new HttpTransport(settings));
    ListeningTransport webSocket = new ListeningTransport(new WebSocketTransport(settings));
    if (published.isWebSocket()) {
      peer.transport(webSocket, http);
    } else {
      peer.transport(http, webSocket);
    }
    published.address().ifPresent(peer::publicAddress);
    try {
      return peer.registry(registry).listenOn(options.host, options.port).start();
    } catch (ChatException e) {
      throw failure(e, http.hasFailed() || webSocket.hasFailed());
    }
  }

  private Failure failure(ChatException e, boolean cannotListen) {
    String reason = Printable.reason(e);
    if (cannotListen) {
      return new Failure(ExitCode.CANNOT_LISTEN, reason, e);
    }
    return switch (e.code()) {
      case NAME_TAKEN, FORBIDDEN -> new Failure(ExitCode.NAME_TAKEN, reason, e);
      case INVALID -> new Failure(ExitCode.USAGE, reason, e);
      default -> new Failure(ExitCode.NO_REGISTRY, "asking the registry failed: " + reason, e);
    };
  }

  private static HttpSettings settings(PeerCommand options) {
    HttpSettings settings = HttpSettings.defaults();
    if (options.trust != null) {
      settings = settings.withTrust(TlsOptions.readable("--trust", options.trust));
    }
    return options.tls.areGiven()
        ? settings.withCertificate(options.tls.certificate(), options.tls.key())
        : settings;
  }

  /** Remembers whether listening failed: the error alone looks like an absent registry's. */
  private static final class ListeningTransport implements Transport {
    private final Transport transport;
    private volatile boolean failed;

    ListeningTransport(Transport transport) {
      this.transport = transport;
    }

    boolean hasFailed() {
      return failed;
    }

    @Override
    public Set<String> protocols() {
      return transport.protocols();
    }

    @Override
    public Endpoint open(String host, int port, Receiver receiver) {
      try {
        return transport.open(host, port, receiver);
      } catch (ChatException e) {
        failed = true;
        throw e;
      }
    }

    @Override
    public Connection connect(UserAddress address) {
      return transport.connect(address);
    }
  }
}
