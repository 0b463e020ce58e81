package chat.talk.http;

import chat.talk.ChatException;
import chat.talk.Transport;
import chat.talk.UserAddress;
import chat.talk.http.internal.client.PostConnection;
import chat.talk.http.internal.client.SharedClient;
import java.util.Set;

/**
 * Peer to peer over HTTP: each message is a {@code POST /v1/message}, answered when it is stored.
 * Connections are kept alive; the messages of one connection go one after the other. Speaks {@code
 * HTTP} and {@code HTTPS}; an endpoint is the latter when the settings have a certificate. An
 * endpoint takes messages over WebSocket, too.
 *
 * <p>Threads are daemons named {@code talk-…} and end when the last endpoint or connection of the
 * transport is closed. OkHttp keeps some of its own for the whole JVM, named {@code OkHttp
 * TaskRunner}: daemons that end when they have had nothing to do for a minute.
 */
public final class HttpTransport implements Transport {
  private static final String PLAIN = "HTTP";
  private static final String SECURE = "HTTPS";

  private final HttpSettings settings;
  private final SharedClient client;

  /** A transport with {@link HttpSettings#defaults()}. */
  public HttpTransport() {
    this(HttpSettings.defaults());
  }

  /**
   * A transport.
   *
   * @param settings for all its endpoints and connections
   */
  public HttpTransport(HttpSettings settings) {
    this.settings = settings;
    this.client = new SharedClient(settings);
  }

  /** {@code HTTP} and {@code HTTPS}. */
  @Override
  public Set<String> protocols() {
    return Set.of(PLAIN, SECURE);
  }

  @Override
  public Endpoint open(String host, int port, Receiver receiver) {
    String protocol = settings.identity().isPresent() ? SECURE : PLAIN;
    return PeerEndpoint.open(protocol, host, port, receiver, settings, client);
  }

  /**
   * Prepares to send to an address.
   *
   * @throws ChatException with {@link ChatException.Code#NO_TRANSPORT} when its protocol is another
   */
  @Override
  public Connection connect(UserAddress address) {
    PeerEndpoint.requireProtocol(this, address);
    return new PostConnection(client, address);
  }

  @Override
  public String toString() {
    return "HttpTransport";
  }
}
