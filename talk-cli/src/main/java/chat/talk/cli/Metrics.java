package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
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
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/** What a hub counts and measures, in the text that Prometheus fetches. */
final class Metrics implements RequestObserver, HttpHandler {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  /** Never a name, which would be looked up. */
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F.]*:[0-9a-fA-F:.%]*");

  /** What only programs of this machine call it, and never a page whose name points here. */
  private static final Pattern HERE =
      Pattern.compile("(?i:localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");

  private static final List<String> FORWARDED =
      List.of("x-forwarded-for", "x-real-ip", "forwarded", "via");

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

  /** The same for this machine alone, on a port that others reach as well. */
  CompletableFuture<HttpResponse> toThisMachine(HttpRequest request) {
    if (!isFromHere(request)) {
      String problem = "metrics are for this machine; --metrics-port opens them to others";
      throw new ChatException(Code.FORBIDDEN, problem);
    }
    return handle(request);
  }

  /** What a proxy passes on comes from elsewhere, also when the hub wasn't told to trust it. */
  private static boolean isFromHere(HttpRequest request) {
    return FORWARDED.stream().allMatch(name -> request.header(name).isEmpty())
        && request.header("host").filter(host -> HERE.matcher(host).matches()).isPresent()
        && isLoopback(request.remoteAddress());
  }

  private static boolean isLoopback(String address) {
    try {
      return ADDRESS.matcher(address).matches()
          && InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  @Override
  public CompletableFuture<HttpResponse> handle(HttpRequest request) {
    byte[] text = registry.scrape().getBytes(StandardCharsets.UTF_8);
    return CompletableFuture.completedFuture(
        new HttpResponse(200, Map.of("Content-Type", TEXT), text));
  }
}
