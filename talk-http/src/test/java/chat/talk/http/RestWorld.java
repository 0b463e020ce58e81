package chat.talk.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.UserName;
import chat.talk.http.internal.json.Form;
import chat.talk.hub.HubEngine;
import chat.talk.room.BlobStore;
import chat.talk.room.HubClient;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import chat.talk.room.Token;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jetbrains.annotations.Nullable;

/** A hub behind a server, and whoever talks to it in plain requests. */
final class RestWorld implements AutoCloseable {
  static final int MAX_FILE = 1_000;

  /** How long the hub waits for those who don't poll. */
  private static final Duration CLOSE_WITHIN = Duration.ofMillis(50);

  static final String LATER = "2999-01-01T00:00:00Z";

  private final HubEngine engine =
      HubEngine.builder(HubStorage.inMemory())
          .administrators(UserName.of("root"))
          .passwordCost(4)
          .blobs(BlobStore.inMemory(1 << 20))
          .maxFileSize(MAX_FILE)
          .closeWithin(CLOSE_WITHIN)
          .open();

  /** Since when the storage is said to fail. */
  final AtomicReference<Optional<Instant>> failsSince = new AtomicReference<>(Optional.empty());

  /** How long the server waits for what is left to be fetched when it closes. */
  final AtomicReference<Duration> grace = new AtomicReference<>(Duration.ofMillis(50));

  final HttpServer server =
      HubApi.serve(engine, failsSince::get, HttpServer.builder()).grace(grace::get).start();

  private final OkHttpClient client =
      new OkHttpClient.Builder().retryOnConnectionFailure(false).followRedirects(false).build();

  /** Ends what was joined. */
  private Runnable leave = () -> {};

  private final AtomicInteger names = new AtomicInteger();

  /** Somebody who is connected. */
  record User(String name, String token) {}

  /** What a request was answered with. */
  record Answer(int status, Headers headers, String body) {
    Object json() {
      return Form.parse(body);
    }

    /** What stands at a place such as {@code entries.0.text}. */
    Object at(String place) {
      Object found = json();
      for (String step : place.split("\\.", -1)) {
        found = found instanceof List<?> list ? list.get(Integer.parseInt(step)) : in(found, step);
      }
      return found;
    }

    private static Object in(Object object, String field) {
      return ((Map<?, ?>) object).get(field);
    }

    Answer is(int expected) {
      assertThat(status).as("status of %s", body).isEqualTo(expected);
      return this;
    }

    Answer is(int expected, String code) {
      assertThat(is(expected).at("code")).as(body).isEqualTo(code);
      return this;
    }
  }

  User user(String name) {
    Answer connected = call("POST", "/v1/connect", null, "{\"user\":\"" + name + "\"}").is(201);
    return new User(name, (String) connected.at("token"));
  }

  User newcomer() {
    return user("user" + names.incrementAndGet());
  }

  /** A private chat, as its id. */
  String room(User owner, User... members) {
    String chat =
        (String) as(owner, "POST", "/v1/chats", "{\"title\":\"A room\"}").is(201).at("id");
    for (User member : members) {
      as(owner, "POST", "/v1/chats/" + chat + "/invitations", "{\"user\":\"" + member.name + "\"}")
          .is(201);
      as(member, "PUT", "/v1/invitations/" + chat, "{\"accepted\":true}").is(200);
    }
    return chat;
  }

  void closeRoom(User owner, String chat) {
    as(owner, "PATCH", "/v1/chats/" + chat, "{\"closed\":true}").is(204);
  }

  /** Something said in a chat, as its path. */
  String said(User author, String chat) {
    return as(author, "POST", "/v1/chats/" + chat + "/messages", "{\"text\":\"Hello\"}")
        .is(201)
        .headers
        .get("Location");
  }

  /** A message that waits, as its id. */
  String waiting(User author) {
    String body = "{\"text\":\"Hello\",\"sendAt\":\"" + LATER + "\"}";
    Answer answer = as(author, "POST", "/v1/chats/general/messages", body).is(202);
    return (String) answer.at("draft.id");
  }

  /** An invitation link, as its token. */
  String link(User owner, String chat) {
    return (String) as(owner, "POST", "/v1/chats/" + chat + "/links", "{}").is(201).at("token");
  }

  Answer as(User user, String method, String path) {
    return as(user, method, path, null);
  }

  Answer as(User user, String method, String path, @Nullable String body) {
    return call(method, path, user.token, body);
  }

  Answer call(String method, String path, @Nullable String token, @Nullable String body) {
    RequestBody json =
        body == null
            ? null
            : RequestBody.create(body.getBytes(UTF_8), MediaType.get("application/json"));
    return call(method, path, token, json);
  }

  /** Asks for a part. */
  Answer part(User user, String path, String range) {
    return send(request("GET", path, user.token, null).header("Range", range));
  }

  Answer call(String method, String path, @Nullable String token, @Nullable RequestBody body) {
    return send(request(method, path, token, body));
  }

  private Request.Builder request(
      String method, String path, @Nullable String token, @Nullable RequestBody body) {
    Request.Builder request =
        new Request.Builder().url("http://127.0.0.1:" + server.port() + path).method(method, body);
    if (isHuge(body)) {
      request.header("Expect", "100-continue");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private Answer send(Request.Builder request) {
    try (Response response = client.newCall(request.build()).execute()) {
      return new Answer(response.code(), response.headers(), response.body().string());
    } catch (IOException e) {
      throw new AssertionError(request.build().url().encodedPath(), e);
    }
  }

  /** Has somebody connected over WebSocket. */
  void join(User user) {
    disconnect();
    HttpHub hub = HttpHub.at("http://127.0.0.1:" + server.port());
    Login login = new Login.Known(Token.of(user.token));
    HubClient member = HubClient.join(hub, login).listener((me, message) -> {}).start();
    leave =
        () -> {
          member.close();
          hub.close();
        };
  }

  /** The hub goes away, as it does before its server. */
  void endHub() {
    engine.close();
  }

  private void disconnect() {
    leave.run();
    leave = () -> {};
  }

  private static boolean isHuge(@Nullable RequestBody body) {
    try {
      return body != null && body.contentLength() > Integer.MAX_VALUE;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    disconnect();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
    server.close();
    engine.close();
  }
}
