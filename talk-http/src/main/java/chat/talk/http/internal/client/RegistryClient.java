package chat.talk.http.internal.client;

import chat.talk.ChatException;
import chat.talk.Claim;
import chat.talk.UserAddress;
import chat.talk.UserName;
import chat.talk.http.HttpSettings;
import chat.talk.http.internal.StrictUtf8;
import chat.talk.http.internal.json.RegistryJson;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jetbrains.annotations.Nullable;

/** Calls a registry over HTTP. */
public final class RegistryClient {
  private static final int AT_ONCE = 64;
  private static final int IDLE = 8;
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(2);

  /** Some 500,000 users. */
  private static final long USERS_LIMIT = 64L * 1024 * 1024;

  private final HttpUrl base;

  /** Keeps connections for the next call. */
  private final OkHttpClient thrifty;

  /** Takes a new connection for each call, which so can't have been closed meanwhile. */
  private final OkHttpClient fresh;

  private RegistryClient(HttpUrl base, OkHttpClient client) {
    this.base = base;
    this.thrifty = Clients.apart(client, IDLE, KEEP_ALIVE);
    this.fresh = Clients.apart(client, 0, KEEP_ALIVE);
  }

  /** Calls the registry at a URL. */
  public static RegistryClient at(String url, HttpSettings settings) {
    HttpUrl base = Urls.base(url);
    return new RegistryClient(base, Clients.create(settings, base.isHttps(), AT_ONCE));
  }

  /** Takes a name. Repeated without a claim, it would find the name taken by itself. */
  public CompletableFuture<Void> register(UserName user, UserAddress address, Claim claim) {
    RequestBody body =
        RequestBody.create(RegistryJson.registration(user, address), PostConnection.JSON);
    Request request = request(claim, null).post(body).build();
    return claim.secret().isPresent()
        ? command(request)
        : send(fresh, request, Answers.LIMIT, Answers::requireOk);
  }

  /** Moves a user. */
  public CompletableFuture<Void> update(UserName user, UserAddress address, Claim claim) {
    RequestBody body = RequestBody.create(RegistryJson.address(address), PostConnection.JSON);
    return command(request(claim, user).put(body).build());
  }

  /** Removes a user. */
  public CompletableFuture<Void> remove(UserName user, Claim claim) {
    return command(request(claim, user).delete().build());
  }

  /** Asks for everybody. */
  public CompletableFuture<Map<UserName, UserAddress>> users() {
    Request request = request(Claim.NONE, null).build();
    return twice(request, USERS_LIMIT, RegistryClient::readUsers);
  }

  private static Map<UserName, UserAddress> readUsers(int status, byte[] body, String peer) {
    Answers.requireSuccess(status, body, peer);
    return Answers.read(peer, () -> RegistryJson.users(StrictUtf8.decode(body)));
  }

  private CompletableFuture<Void> command(Request request) {
    return twice(request, Answers.LIMIT, Answers::requireOk);
  }

  private <T> CompletableFuture<T> send(
      OkHttpClient client, Request request, long limit, ClientCall.Reader<T> reader) {
    return ClientCall.start(client, request, toString(), limit, reader).result();
  }

  /** Once more when nobody was there: a connection that was kept alive may just have closed. */
  private <T> CompletableFuture<T> twice(Request request, long limit, ClientCall.Reader<T> reader) {
    CompletableFuture<T> result = new CompletableFuture<>();
    send(thrifty, request, limit, reader)
        .whenComplete(
            (value, failure) -> {
              if (isUnreachable(failure)) {
                send(fresh, request, limit, reader)
                    .whenComplete((again, still) -> complete(result, again, still));
              } else {
                complete(result, value, failure);
              }
            });
    return result;
  }

  private static <T> void complete(
      CompletableFuture<T> result, @Nullable T value, @Nullable Throwable failure) {
    if (failure == null) {
      result.complete(value);
    } else {
      result.completeExceptionally(failure);
    }
  }

  private static boolean isUnreachable(@Nullable Throwable failure) {
    return failure instanceof ChatException known && known.code() == ChatException.Code.UNREACHABLE;
  }

  private Request.Builder request(Claim claim, @Nullable UserName user) {
    HttpUrl.Builder url = Urls.under(base, "/v1/users");
    if (user != null) {
      url.addPathSegment(user.value());
    }
    Request.Builder request =
        new Request.Builder().url(url.build()).header("Accept-Encoding", "identity");
    claim.secret().ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return request;
  }

  /** The URL, which has no secrets in it. */
  @Override
  public String toString() {
    return Urls.shown(base);
  }
}
