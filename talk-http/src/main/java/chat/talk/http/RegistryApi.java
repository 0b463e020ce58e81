package chat.talk.http;

import chat.talk.Claim;
import chat.talk.Registry;
import chat.talk.UserAddress;
import chat.talk.UserName;
import chat.talk.http.internal.Bearer;
import chat.talk.http.internal.client.Urls;
import chat.talk.http.internal.json.RegistryJson;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Serves a registry, of whatever kind, to {@link HttpRegistry} and whoever speaks plain HTTP.
 *
 * <table>
 * <caption>The API</caption>
 * <tr><td>{@code POST /v1/users}</td><td>{@code {"user":"…","address":{"host":"…","port":8080}}}
 * takes a free name</td></tr>
 * <tr><td>{@code PUT /v1/users/{user}}</td><td>{@code {"host":"…","port":8080}} moves a user or
 * registers him</td></tr>
 * <tr><td>{@code DELETE /v1/users/{user}}</td><td>removes a user, who may be absent</td></tr>
 * <tr><td>{@code GET /v1/users}</td><td>{@code {"user":{"host":"…","port":8080},…}}, everybody in
 * the order of the names</td></tr>
 * <tr><td>{@code GET /v1/health}</td><td>{@code {"status":"ok"}}</td></tr>
 * </table>
 *
 * <p>An address may carry a {@code "protocol"}: {@code HTTP} when it's absent, {@code HTTPS},
 * {@code WS} or {@code WSS}. A header {@code Authorization: Bearer <secret>} is the {@link Claim}.
 */
public final class RegistryApi {
  private static final String USERS = "/v1/users";
  private static final String USER = "/v1/users/{user}";

  private final Registry registry;
  private volatile Encoded encoded = new Encoded(Map.of(), new byte[] {'{', '}'});

  /** A picture of the users and its JSON: what is unmodifiable need not be written twice. */
  private static final class Encoded {
    private final Map<UserName, UserAddress> users;
    private final byte[] json;

    Encoded(Map<UserName, UserAddress> users, byte[] json) {
      this.users = users;
      this.json = json;
    }
  }

  private RegistryApi(Registry registry) {
    this.registry = registry;
  }

  /**
   * Adds a registry's routes to a server.
   *
   * @param registry what to serve
   * @param server what to add the routes to
   * @return the same builder
   */
  public static HttpServer.Builder serve(Registry registry, HttpServer.Builder server) {
    RegistryApi api = new RegistryApi(registry);
    return server
        .route("POST", USERS, api::register)
        .route("GET", USERS, api::users)
        .route("GET", USERS + "/", api::users)
        .route("PUT", USER, api::update)
        .route("DELETE", USER, api::remove)
        .route("GET", Urls.HEALTH, request -> CompletableFuture.completedFuture(PeerApi.ok()));
  }

  private CompletableFuture<HttpResponse> register(HttpRequest request) {
    RegistryJson.Registration body = RegistryJson.registration(request.bodyText());
    return ok(registry.register(body.user(), body.address(), claim(request)));
  }

  private CompletableFuture<HttpResponse> update(HttpRequest request) {
    UserName user = UserName.of(request.parameter("user"));
    UserAddress address = RegistryJson.address(request.bodyText());
    return ok(registry.update(user, address, claim(request)));
  }

  private CompletableFuture<HttpResponse> remove(HttpRequest request) {
    UserName user = UserName.of(request.parameter("user"));
    return ok(registry.remove(user, claim(request)));
  }

  private CompletableFuture<HttpResponse> users(HttpRequest request) {
    return registry.users().thenApply(users -> HttpResponse.json(200, json(users)));
  }

  private byte[] json(Map<UserName, UserAddress> users) {
    Encoded last = encoded;
    if (last.users != users) {
      last = new Encoded(users, RegistryJson.users(users));
      encoded = last;
    }
    return last.json;
  }

  private static Claim claim(HttpRequest request) {
    return Bearer.secret(request).map(Claim::of).orElse(Claim.NONE);
  }

  private static CompletableFuture<HttpResponse> ok(CompletableFuture<Void> done) {
    return done.thenApply(nothing -> PeerApi.ok());
  }
}
