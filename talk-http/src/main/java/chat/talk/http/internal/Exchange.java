package chat.talk.http.internal;

import io.netty.handler.codec.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/**
 * A request that has been let in, while its body arrives.
 *
 * @param head what the client sent
 * @param path its path, without the query
 * @param parameters what stands for the names of the route, decoded
 * @param route what will answer it, null when it becomes a WebSocket
 * @param webSocket what will take the connection over, null when it is answered
 * @param body the body so far
 */
record Exchange(
    HttpRequest head,
    String path,
    Map<String, String> parameters,
    @Nullable Route route,
    @Nullable WebSocketRoute webSocket,
    BodyBuffer body) {

  /** The request as handlers see it. */
  chat.talk.http.HttpRequest toRequest() {
    return new chat.talk.http.HttpRequest(
        head.method().name(), path, parameters, headers(), body.toByteArray());
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
