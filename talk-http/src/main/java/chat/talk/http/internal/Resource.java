package chat.talk.http.internal;

import chat.talk.ChatException;
import chat.talk.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/** All that is served at one path pattern. Changed only while the server is being built. */
final class Resource {
  final PathPattern pattern;
  private final Map<String, Route> routes = new TreeMap<>();
  private @Nullable WebSocketRoute webSocket;

  Resource(String pattern) {
    this.pattern = new PathPattern(pattern);
  }

  void add(String method, Route route) {
    requireNew(routes.putIfAbsent(method, route), method);
  }

  void add(WebSocketRoute route) {
    requireNew(webSocket, "WebSocket");
    webSocket = route;
  }

  private void requireNew(@Nullable Object existing, String what) {
    if (existing != null) {
      throw new ChatException(
          ChatException.Code.INVALID, what + " " + pattern + " is served already");
    }
  }

  @Nullable
  WebSocketRoute webSocket() {
    return webSocket;
  }

  /** What answers the method, null when nothing does. */
  @Nullable
  Route route(String method) {
    Route route = routes.get(method);
    if (route != null) {
      return route;
    }
    return switch (method) {
      case "HEAD" -> routes.get("GET");
      case "OPTIONS" -> options();
      default -> null;
    };
  }

  private Route options() {
    HttpResponse answer = new HttpResponse(204, Map.of("Allow", allowed()), new byte[0]);
    return new Route(0, request -> CompletableFuture.completedFuture(answer), null);
  }

  /** The value of the header {@code Allow}. */
  String allowed() {
    TreeSet<String> methods = new TreeSet<>(routes.keySet());
    if (webSocket != null) {
      methods.add("GET");
    }
    if (routes.containsKey("GET")) {
      methods.add("HEAD");
    }
    methods.add("OPTIONS");
    return String.join(", ", methods);
  }
}
