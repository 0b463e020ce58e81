package chat.talk.http;

import chat.talk.http.internal.client.Ways;
import chat.talk.room.Hub;
import chat.talk.testkit.ForwardingHub;
import java.util.concurrent.CompletableFuture;

/** A hub behind a server on loopback, reached over it, and ended with it. */
final class ServedHub extends ForwardingHub {
  private final Hub hub;
  private final HttpServer server;
  private final HttpHub remote;

  /** A hub that is reached by these ways, tried one after the other. */
  ServedHub(Hub hub, Ways.Way... ways) {
    this.hub = hub;
    this.server = HubApi.serve(hub, HttpServer.builder()).start();
    String url = "http://127.0.0.1:" + server.port();
    this.remote = HttpHub.over(url, HttpSettings.defaults(), ways);
  }

  int port() {
    return server.port();
  }

  @Override
  protected Hub target() {
    return remote;
  }

  /** Of the hub itself: the way to it only ends. */
  @Override
  public CompletableFuture<Void> shutDown(String reason) {
    return hub.shutDown(reason);
  }

  @Override
  public void close() {
    hub.close();
    server.close();
    remote.close();
  }
}
