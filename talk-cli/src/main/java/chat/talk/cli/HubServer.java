package chat.talk.cli;

import chat.talk.UserAddress;
import chat.talk.http.HttpServer;
import chat.talk.http.HubApi;
import chat.talk.hub.HubEngine;
import chat.talk.room.Hub;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jetbrains.annotations.Nullable;

/** A hub that listens. Who is there is told before it closes. */
final class HubServer implements AutoCloseable {
  private static final String REASON = "the hub is being stopped";
  private static final String METRICS = "/metrics";
  private static final long PATIENCE_SECONDS = 8;

  private final Hub hub;
  private final HttpServer server;
  private final @Nullable HttpServer metrics;

  private HubServer(Hub hub, HttpServer server, @Nullable HttpServer metrics) {
    this.hub = hub;
    this.server = server;
    this.metrics = metrics;
  }

  /** Listens; the hub is closed when that can't be done, and with the server. */
  static HubServer start(HubEngine hub, HttpServer.Builder http) {
    return start(hub, http, null);
  }

  /**
   * The same.
   *
   * @param open where anybody may read the metrics; null for nowhere
   */
  static HubServer start(
      HubEngine hub, HttpServer.Builder http, HttpServer.@Nullable Builder open) {
    HttpServer opened = null;
    try {
      Metrics metrics = new Metrics();
      opened = open == null ? null : open.name("metrics").route("GET", METRICS, metrics).start();
      http.name("hub").observe(metrics).route("GET", METRICS, metrics::toThisMachine);
      HttpServer server = HubApi.serve(hub, hub::storageFailsSince, http).start();
      metrics.watch(hub, server);
      return new HubServer(hub, server, opened);
    } catch (RuntimeException e) {
      if (opened != null) {
        opened.close();
      }
      hub.close();
      throw e;
    }
  }

  /** Where anybody may read the metrics; empty for nowhere. */
  Optional<String> metricsUrl() {
    return Optional.ofNullable(metrics)
        .map(open -> new UserAddress("HTTP", open.host(), open.port()) + METRICS);
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
    if (metrics != null) {
      metrics.close();
    }
  }
}
