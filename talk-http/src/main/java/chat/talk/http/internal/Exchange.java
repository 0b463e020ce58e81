package chat.talk.http.internal;

import io.netty.handler.codec.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/**
 * A request that has been let in.
 *
 * @param head what the client sent
 * @param target its path and query
 * @param client who sent it
 * @param parameters what stands for the names of the route, decoded
 * @param route what will answer it, null when it becomes a WebSocket
 * @param webSocket what will take the connection over, null when it is answered
 */
record Exchange(
    HttpRequest head,
    Target target,
    Client client,
    Map<String, String> parameters,
    @Nullable Route route,
    @Nullable WebSocketRoute webSocket) {

  /** The request as handlers see it. */
  chat.talk.http.HttpRequest toRequest(byte[] body) {
    return new chat.talk.http.HttpRequest(
        head.method().name(),
        target.path(),
        target.query(),
        client.toCaller(),
        parameters,
        headers(),
        body);
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, String> header : head.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      headers.merge(name, header.getValue(), (one, other) -> one + ", " + other);
    }
    return headers;
  }
}
