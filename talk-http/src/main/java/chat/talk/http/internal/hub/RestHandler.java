package chat.talk.http.internal.hub;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.http.HttpHandler;
import chat.talk.http.HttpRequest;
import chat.talk.http.HttpResponse;
import chat.talk.http.internal.ErrorStyle;
import chat.talk.http.internal.hub.RestRoute.Success;
import chat.talk.http.internal.json.Form;
import chat.talk.room.Hub;
import chat.talk.room.Login;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;

/** Answers the requests of one route. */
final class RestHandler implements HttpHandler {
  private static final HttpResponse NOTHING = new HttpResponse(204, Map.of(), new byte[0]);

  private final Hub hub;
  private final RestRoute route;

  RestHandler(Hub hub, RestRoute route) {
    this.hub = hub;
    this.route = route;
  }

  @Override
  public CompletableFuture<HttpResponse> handle(HttpRequest request) {
    return attempt(request)
        .handle((value, failure) -> failure == null ? answer(value) : refused(failure));
  }

  private CompletableFuture<?> attempt(HttpRequest request) {
    try {
      return run(request);
    } catch (ChatException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** RFC 9110, section 15.5.2: a 401 says how to come in. */
  private static HttpResponse refused(Throwable failure) {
    ChatException known = ChatException.of(failure);
    if (known.code() != Code.UNAUTHENTICATED) {
      throw known;
    }
    return ErrorStyle.PROBLEM.of(known).withHeader("WWW-Authenticate", "Bearer");
  }

  /** Who asks comes first: nobody is told what's wrong with a request that he may not make. */
  private CompletableFuture<?> run(HttpRequest request) {
    Login login = route.isOpen() ? null : RestCall.login(request);
    boolean isRead = route.body() != null && !route.isRaw();
    Object body = !isRead ? null : route.body().read(request.bodyText());
    return route.action().run(new RestCall<>(hub, login, request, body));
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
