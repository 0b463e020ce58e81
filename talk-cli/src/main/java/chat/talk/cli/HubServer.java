package chat.talk.cli;

import chat.talk.UserAddress;
import chat.talk.http.HttpServer;
import chat.talk.http.HubApi;
import chat.talk.hub.HubEngine;
import chat.talk.room.Hub;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A hub that listens. Who is there is told before it closes. */
final class HubServer implements AutoCloseable {
  private static final String REASON = "the hub is being stopped";
  private static final long PATIENCE_SECONDS = 8;

  private final Hub hub;
  private final HttpServer server;

  private HubServer(Hub hub, HttpServer server) {
    this.hub = hub;
    this.server = server;
  }

  /** Listens; the hub is closed when that can't be done, and with the server. */
  static HubServer start(HubEngine hub, HttpServer.Builder http) {
    try {
      Metrics metrics = new Metrics();
      http.name("hub").observe(metrics).route("GET", "/metrics", metrics);
      HttpServer server = HubApi.serve(hub, hub::storageFailsSince, http).start();
      metrics.watch(hub, server);
      return new HubServer(hub, server);
    } catch (RuntimeException e) {
      hub.close();
      throw e;
    }
  }

  String url(String scheme) {
    String host = server.host();
    return new UserAddress(scheme, host, server.port()).toString();
  }

  @Override
  public void close() {
    try {
      hub.shutDown(REASON).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // It is closed all the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    hub.close();
    server.close();
  }
}
