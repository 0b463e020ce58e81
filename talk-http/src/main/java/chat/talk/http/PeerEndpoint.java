package chat.talk.http;

import chat.talk.ChatException;
import chat.talk.Transport;
import chat.talk.UserAddress;
import chat.talk.http.internal.client.SharedClient;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server that takes messages in. It holds the client, too: who listens will want to answer. */
final class PeerEndpoint implements Transport.Endpoint {
  private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

  private final HttpServer server;
  private final UserAddress address;
  private final SharedClient client;
  private final AtomicBoolean closed = new AtomicBoolean();

  private PeerEndpoint(HttpServer server, UserAddress address, SharedClient client) {
    this.server = server;
    this.address = address;
    this.client = client;
  }

  static PeerEndpoint open(
      String protocol,
      String host,
      int port,
      Transport.Receiver receiver,
      HttpSettings settings,
      SharedClient client) {
    String shown = EVERYWHERE.contains(host) ? "127.0.0.1" : host;
    HttpServer.Builder builder = HttpServer.builder().name("peer").listenOn(host, port);
    builder.allowHosts(settings.hosts().toArray(String[]::new));
    settings.identity().ifPresent(own -> builder.tls(own.certificateChain(), own.privateKey()));
    HttpServer server = PeerApi.serve(receiver, settings.maxMessage(), builder).start();
    client.hold();
    return new PeerEndpoint(server, new UserAddress(protocol, shown, server.port()), client);
  }

  static void requireProtocol(Transport transport, UserAddress address) {
    if (!transport.protocols().contains(address.protocol())) {
      throw new ChatException(
          ChatException.Code.NO_TRANSPORT, transport + " does not speak " + address.protocol());
    }
  }

  @Override
  public UserAddress address() {
    return address;
  }

  @Override
  public void close() {
    server.close();
    if (closed.compareAndSet(false, true)) {
      client.release();
    }
  }
}
