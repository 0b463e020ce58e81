package chat.talk.cli;

import chat.talk.http.HttpHandler;
import chat.talk.http.HttpRequest;
import chat.talk.http.HttpResponse;
import chat.talk.http.HttpServer;
import chat.talk.http.RequestObserver;
import chat.talk.hub.HubEngine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What a hub counts and measures, in the text that Prometheus fetches. */
final class Metrics implements RequestObserver, HttpHandler {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** Measures a hub and its server, as long as they are there. */
  void watch(HubEngine hub, HttpServer server) {
    gauge("talk.hub.sessions", "Sessions of users' devices.", hub, h -> h.connections().size());
    gauge(
        "talk.hub.storage.failing",
        "1 while the storage can't be read or written.",
        hub,
        h -> h.storageFailsSince().isPresent() ? 1 : 0);
    gauge(
        "talk.http.connections",
        "Open connections, WebSockets included.",
        server,
        HttpServer::openConnections);
    gauge(
        "talk.http.held.bytes",
        "What is held of requests and messages that are half received or not yet answered.",
        server,
        HttpServer::heldBytes);
  }

  private <T> void gauge(String name, String says, T of, ToDoubleFunction<T> value) {
    Gauge.builder(name, of, value).description(says).register(registry);
  }

  @Override
  public void answered(Answered request) {
    Timer.builder("talk.http.requests")
        .description("Requests that were answered, by the pattern of their route.")
        .tag("method", request.method())
        .tag("route", request.route())
        .tag("status", Integer.toString(request.status()))
        .register(registry)
        .record(request.nanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public CompletableFuture<HttpResponse> handle(HttpRequest request) {
    byte[] text = registry.scrape().getBytes(StandardCharsets.UTF_8);
    return CompletableFuture.completedFuture(
        new HttpResponse(200, Map.of("Content-Type", TEXT), text));
  }
}
