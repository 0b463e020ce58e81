package chat.talk.http;

import chat.talk.http.internal.Bearer;
import chat.talk.http.internal.client.Urls;
import chat.talk.http.internal.hub.Fetches;
import chat.talk.http.internal.hub.HubSocket;
import chat.talk.http.internal.json.ClientFrame;
import chat.talk.http.internal.json.HubFrame;
import chat.talk.room.Command;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import java.util.concurrent.CompletableFuture;

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
  private static final int MAX_COMMAND = HttpSettings.DEFAULT_MAX_MESSAGE;

  /** Several frames that came while the ones before were on their way. */
  private static final int MAX_FRAMES = 2 * MAX_COMMAND;

  private final Hub hub;

  private HubApi(Hub hub) {
    this.hub = hub;
  }

  /**
   * Adds a hub's routes to a server. Closing the server ends no hub; to announce the end to the
   * clients, {@linkplain Hub#shutDown shut down} the hub first.
   *
   * @param hub what to serve
   * @param server what to add the routes to
   * @return the same builder
   */
  public static HttpServer.Builder serve(Hub hub, HttpServer.Builder server) {
    HubApi api = new HubApi(hub);
    Fetches fetches = new Fetches(hub);
    return server
        .webSocketSessions(Urls.HUB_SOCKET, MAX_COMMAND, () -> new HubSocket(hub))
        .route("POST", Urls.COMMANDS, MAX_COMMAND, api::ask)
        .route("POST", Urls.SESSIONS, MAX_COMMAND, fetches::open)
        .route("POST", Urls.SESSIONS + "/{session}/frames", MAX_FRAMES, fetches::take)
        .route("GET", Urls.SESSIONS + "/{session}/events", fetches::events)
        .route("DELETE", Urls.SESSIONS + "/{session}", fetches::close)
        .route("GET", "/v1/events", fetches::allEvents);
  }

  private CompletableFuture<HttpResponse> ask(HttpRequest request) {
    ClientFrame.Single asked = ClientFrame.Single.read(request.bodyText());
    Login login = asked.login() == null ? Bearer.login(request) : asked.login();
    return ask(login, asked.command());
  }

  private <R> CompletableFuture<HttpResponse> ask(Login login, Command<R> command) {
    return hub.ask(login, command)
        .thenApply(
            value -> HttpResponse.json(200, HubFrame.answer(command, value).readByteArray()));
  }
}
