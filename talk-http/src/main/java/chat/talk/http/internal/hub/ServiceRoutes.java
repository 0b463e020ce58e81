package chat.talk.http.internal.hub;

import static chat.talk.http.internal.hub.RestRoute.get;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.http.HttpHandler;
import chat.talk.http.HttpResponse;
import chat.talk.http.internal.client.Urls;
import chat.talk.http.internal.hub.Bodies.Health;
import chat.talk.http.internal.json.Form;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** How the hub is, and what it can be asked for. */
final class ServiceRoutes {
  private static final Health OK = new Health("ok");

  private ServiceRoutes() {}

  static List<RestRoute> all(Supplier<Optional<Instant>> storageFailsSince, Documents documents) {
    Form<?> document = Form.shown(known -> Map.of("type", "object"));
    Form<?> page = Form.shown(known -> Map.of("type", "string"));
    return List.of(
        get(Urls.HEALTH, "Whether the process is there.")
            .open()
            .gives(Health.class)
            .by(call -> CompletableFuture.completedFuture(OK)),
        get("/v1/ready", "Whether the hub can do its work: its storage can be read and written.")
            .open()
            .gives(Health.class)
            .fails(Code.STORAGE)
            .by(call -> ready(storageFailsSince.get())),
        get("/v1/openapi.json", "This API, as OpenAPI 3.1 describes it.")
            .open()
            .givesRaw(200, "application/json", document)
            .raw(given(documents::openApi)),
        get("/v1/asyncapi.json", "The frames of sessions, as AsyncAPI 3 describes them.")
            .open()
            .givesRaw(200, "application/json", document)
            .raw(given(documents::asyncApi)),
        get("/v1/docs", "The same for people.")
            .open()
            .givesRaw(200, "text/html", page)
            .raw(given(documents::page)));
  }

  private static CompletableFuture<Health> ready(Optional<Instant> failsSince) {
    return failsSince.isEmpty()
        ? CompletableFuture.completedFuture(OK)
        : CompletableFuture.failedFuture(
            new ChatException(Code.STORAGE, "the storage fails since " + failsSince.get()));
  }

  private static HttpHandler given(Supplier<HttpResponse> answer) {
    return request -> CompletableFuture.completedFuture(answer.get());
  }
}
