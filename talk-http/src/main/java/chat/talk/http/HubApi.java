package chat.talk.http;

import chat.talk.http.internal.hub.HubSocket;
import chat.talk.room.Hub;

/**
 * Serves a hub, of whatever kind, to {@link HttpHub} and whoever speaks WebSocket.
 *
 * <p>At {@code /v1/ws} a session is a WebSocket, and every message in it one JSON object, a
 * <em>frame</em>. The client's first one is {@code
 * {"type":"connect","login":{"type":"newUser","user":"ada","token":"…"}}}; then it asks for
 * something, {@code {"type":"send","request":1,"chat":"general","text":"Hello"}}, and is told
 * answers, entries and notices.
 */
public final class HubApi {
  /** Where a session is a WebSocket. */
  static final String SOCKET = "/v1/ws";

  private HubApi() {}

  /**
   * Adds a hub's routes to a server. Closing the server ends no hub; to announce the end to the
   * clients, {@linkplain Hub#shutDown shut down} the hub first.
   *
   * @param hub what to serve
   * @param server what to add the routes to
   * @return the same builder
   */
  public static HttpServer.Builder serve(Hub hub, HttpServer.Builder server) {
    return server.webSocketSessions(
        SOCKET, HttpSettings.DEFAULT_MAX_MESSAGE, () -> new HubSocket(hub));
  }
}
