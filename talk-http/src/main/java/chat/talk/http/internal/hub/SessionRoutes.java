package chat.talk.http.internal.hub;

import static chat.talk.http.internal.hub.RestRoute.delete;
import static chat.talk.http.internal.hub.RestRoute.get;
import static chat.talk.http.internal.hub.RestRoute.post;

import chat.talk.ChatException.Code;
import chat.talk.http.HttpResponse;
import chat.talk.http.HttpSettings;
import chat.talk.http.internal.client.Urls;
import chat.talk.http.internal.hub.RestRoute.Draft;
import chat.talk.http.internal.json.ClientFrame.Single;
import chat.talk.http.internal.json.Form;
import chat.talk.http.internal.json.FrameSchemas;
import chat.talk.http.internal.json.HubFrame;
import chat.talk.http.internal.json.Schemas;
import chat.talk.room.Command;
import chat.talk.room.Login;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Commands and sessions in frames, for whoever has no WebSocket. */
final class SessionRoutes {
  private static final String SESSION = Urls.SESSIONS + "/{session}";
  private static final String JSON = "application/json";
  private static final String EVENT_STREAM = "text/event-stream";

  /** Several frames that came while the ones before were on their way. */
  private static final int MAX_FRAMES = 2 * HttpSettings.DEFAULT_MAX_MESSAGE;

  private SessionRoutes() {}

  static List<RestRoute> all(Fetches fetches) {
    return List.of(
        post(Urls.COMMANDS, "Asks any command of a session, without one; a login may be in it.")
            .open()
            .takes(Form.single())
            .givesRaw(200, JSON, Form.shown(FrameSchemas::answer))
            .fails(Code.UNAUTHENTICATED, Code.FORBIDDEN, Code.NOT_FOUND, Code.CONFLICT, Code.GONE)
            .by(SessionRoutes::ask),
        post(Urls.SESSIONS, "Begins a session.")
            .open()
            .takes(Form.shown(FrameSchemas::connect))
            .givesRaw(201, JSON, Form.shown(FrameSchemas::session))
            .raw(fetches::open),
        post(SESSION + "/frames", "Sends frames, whose answers are events.")
            .takes(
                Form.shown(
                    known -> Map.of("type", "array", "items", FrameSchemas.clientFrame(known))))
            .maxBody(MAX_FRAMES)
            .fails(Code.NOT_FOUND)
            .raw(fetches::take),
        events(get(SESSION + "/events", "Takes events of a session."))
            .query("wait")
            .givesRaw(200, JSON, Form.shown(FrameSchemas::events))
            .fails(Code.NOT_FOUND)
            .raw(fetches::events),
        delete(SESSION, "Ends a session.").fails(Code.NOT_FOUND).raw(fetches::close),
        events(
                get(
                    "/v1/events",
                    "Takes what happens in the user's chats, with no session to keep."))
            .query(List.of(Parameter.AFTER_EVENT, Parameter.named("wait")))
            .givesRaw(200, JSON, Form.shown(FrameSchemas::eventsAndNext))
            .fails(Code.GONE)
            .raw(fetches::allEvents));
  }

  private static Draft<Void> events(Draft<Void> route) {
    return route.givesRaw(200, EVENT_STREAM, Form.shown(SessionRoutes::text));
  }

  private static Map<String, Object> text(Schemas known) {
    return Map.of(
        "type",
        "string",
        "description",
        "Server-sent events for whoever accepts them. Each data is a frame of a hub, as"
            + " /v1/asyncapi.json has them");
  }

  private static CompletableFuture<HttpResponse> ask(RestCall<Single> call) {
    Single asked = call.body();
    Login login = asked.login() == null ? RestCall.login(call.request()) : asked.login();
    return ask(call, login, asked.command());
  }

  private static <R> CompletableFuture<HttpResponse> ask(
      RestCall<?> call, Login login, Command<R> command) {
    return call.ask(login, command)
        .thenApply(value -> HttpResponse.json(200, HubFrame.answer(command, value)));
  }
}
