package chat.talk.http;

import chat.talk.http.internal.client.Urls;
import chat.talk.http.internal.hub.Common;
import chat.talk.http.internal.hub.HubSocket;
import chat.talk.http.internal.hub.Routes;
import chat.talk.room.Hub;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Serves a hub, of whatever kind, to {@link HttpHub} and whoever speaks HTTP or WebSocket.
 *
 * <p>Single requests are answered in JSON: {@code POST /v1/connect} gives a token, which goes into
 * the header {@code Authorization: Bearer <token>} of everything else. The server's {@code
 * /v1/docs} has the paths ({@code /} leads there, unless the application serves it), {@code
 * /v1/openapi.json} and {@code /v1/asyncapi.json} have them for programs; {@code /v1/health} and
 * {@code /v1/ready} tell how it is.
 *
 * <p>At {@code /v1/ws} a session is a WebSocket, and every message in it one JSON object, a
 * <em>frame</em>. The client's first one is {@code
 * {"type":"connect","login":{"type":"newUser","user":"ada","token":"…"}}}; then it asks for
 * something, {@code {"type":"send","request":1,"chat":"general","text":"Hello"}}, and is told
 * answers, entries and notices.
 */
public final class HubApi {
  /** A login and a poll after it; all else is quicker. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

  private static final String DOCS = "v1/docs";

  private static final HttpResponse LEADS_TO_DOCS =
      new HttpResponse(
          302,
          Map.of("Location", DOCS, "Content-Type", "text/plain"),
          ("See " + DOCS + "\n").getBytes(StandardCharsets.US_ASCII));

  private HubApi() {}

  /**
   * Adds a hub's routes to a server, whose errors are {@linkplain HttpServer.Builder#problems
   * problems} from then on. Closing the server ends no hub; to announce the end to the clients,
   * {@linkplain Hub#shutDown shut down} the hub first. {@code /v1/ready} says that all is well.
   *
   * @param hub what to serve
   * @param server what to add the routes to
   * @return the same builder
   */
  public static HttpServer.Builder serve(Hub hub, HttpServer.Builder server) {
    return serve(hub, Optional::empty, server);
  }

  /**
   * Adds a hub's routes to a server, as {@link #serve(Hub, HttpServer.Builder)} does.
   *
   * @param hub what to serve
   * @param storageFailsSince since when the hub's storage fails, empty while it works: then {@code
   *     /v1/ready} is answered with 503; called by any thread, and doesn't block
   * @param server what to add the routes to
   * @return the same builder
   */
  public static HttpServer.Builder serve(
      Hub hub, Supplier<Optional<Instant>> storageFailsSince, HttpServer.Builder server) {
    Common common = new Common();
    return server
        .lastWords(Routes.serve(hub, common, storageFailsSince, server))
        .unlessServed("/", request -> CompletableFuture.completedFuture(LEADS_TO_DOCS))
        .problems()
        .handlerTimeout(LONGEST_WAIT)
        .webSocketSessions(
            Urls.HUB_SOCKET, HttpSettings.DEFAULT_MAX_MESSAGE, () -> new HubSocket(hub, common));
  }
}
