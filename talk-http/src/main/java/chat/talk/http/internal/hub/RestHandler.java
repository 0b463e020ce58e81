package chat.talk.http.internal.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.http.HttpHandler;
import chat.talk.http.HttpRequest;
import chat.talk.http.HttpResponse;
import chat.talk.http.internal.hub.RestRoute.Success;
import chat.talk.http.internal.json.Form;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/** Answers the requests of one route. */
final class RestHandler implements HttpHandler {
  private static final HttpResponse NOTHING = new HttpResponse(204, Map.of(), new byte[0]);

  private final Hub hub;
  private final RestRoute route;
  private final RestRoute.Action<Object> action;

  RestHandler(Hub hub, RestRoute route) {
    this.hub = hub;
    this.route = route;
    this.action = Objects.requireNonNull(route.action());
  }

  @Override
  public CompletableFuture<HttpResponse> handle(HttpRequest request) {
    return run(request).thenApply(this::answer);
  }

  /** Reads who asks, and what; whether the token opens anything, the hub says. */
  private CompletableFuture<?> run(HttpRequest request) {
    Login login = route.isOpen() ? null : RestCall.login(request);
    boolean isRead = route.body() != null && !route.isRaw();
    Object body = !isRead ? null : route.body().read(request.bodyText());
    return action.run(new RestCall<>(hub, login, request, body));
  }

  private HttpResponse answer(@Nullable Object value) {
    if (value instanceof HttpResponse ready) {
      return ready;
    }
    return value == null
        ? NOTHING
        : route.successes().stream()
            .filter(success -> success.type().isInstance(value))
            .findFirst()
            .map(success -> answer(success, value))
            .orElseThrow(() -> new ChatException(Code.INTERNAL, "an answer of no known type"));
  }

  @SuppressWarnings("unchecked")
  private static HttpResponse answer(Success success, Object value) {
    byte[] body = ((Form<Object>) success.form()).write(value);
    HttpResponse response =
        HttpResponse.json(success.status(), body).withHeader("Cache-Control", "no-store");
    return success.location() == null
        ? response
        : response.withHeader("Location", success.location().apply(value));
  }
}
