package chat.talk.http;

import chat.talk.ChatException;
import chat.talk.Transport;
import chat.talk.UserAddress;
import chat.talk.http.internal.client.SharedClient;
import chat.talk.http.internal.client.SocketConnection;
import java.util.Set;

/**
 * Peer to peer over WebSocket: a connection is one WebSocket on {@code /v1/ws/message}, made for
 * its first message; messages follow each other without waiting for the answers. Speaks {@code WS}
 * and {@code WSS}; an endpoint is the latter when the settings have a certificate. An endpoint
 * takes messages by POST, too.
 *
 * <p>An open connection has a thread of its own, which reads. Threads are daemons named {@code
 * talk-…} and end when the last endpoint or connection of the transport is closed. OkHttp keeps
 * some of its own for the whole JVM, named {@code OkHttp TaskRunner}: daemons that end when they
 * have had nothing to do for a minute.
 */
public final class WebSocketTransport implements Transport {
  private static final String PLAIN = "WS";
  private static final String SECURE = "WSS";

  private final HttpSettings settings;
  private final SharedClient client;

  /** A transport with {@link HttpSettings#defaults()}. */
  public WebSocketTransport() {
    this(HttpSettings.defaults());
  }

  /**
   * A transport.
   *
   * @param settings for all its endpoints and connections
   */
  public WebSocketTransport(HttpSettings settings) {
    this.settings = settings;
    this.client = new SharedClient(settings);
  }

  /** {@code WS} and {@code WSS}. */
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
    return new SocketConnection(client, address);
  }

  @Override
  public String toString() {
    return "WebSocketTransport";
  }
}
