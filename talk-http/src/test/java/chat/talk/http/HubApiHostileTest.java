package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.http.RestWorld.Answer;
import chat.talk.http.RestWorld.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every path of the API gets what nobody should send; it says no, and nothing changes. */
final class HubApiHostileTest {
  private static final List<String> PATH_TRICKS =
      List.of(
          "%2F",
          "a%2Fb",
          "..",
          ".",
          "%2e%2e",
          "",
          "%00",
          "%zz",
          "%ff",
          "%20",
          "a%0d%0ab",
          "%",
          "x".repeat(300),
          "~",
          "%E2%80%AE");

  private static final List<String> BODIES =
      List.of(
          "",
          " ",
          "null",
          "true",
          "1",
          "\"x\"",
          "[",
          "[[]]",
          "{",
          "{}x",
          "{\"a\"}",
          "{'a':1}",
          "{\"text\":\"\u0001\"}",
          "\ufeff{}",
          "{\"text\":\"\\u00g0\"}",
          "[".repeat(5_000),
          "{\"a\":".repeat(5_000));

  private final RestWorld world = new RestWorld();
  private final User ada = world.user("ada");
  private final User eve = world.user("eve");
  private final SoftAssertions all = new SoftAssertions();
  private final Map<?, ?> document =
      (Map<?, ?>) world.call("GET", "/v1/openapi.json", null, (String) null).is(200).json();

  @AfterEach
  void close() {
    world.close();
  }

  private record Route(String method, String path, Map<?, ?> operation) {
    String filled(String value) {
      return path.replaceAll("\\{\\w+}", value);
    }

    boolean isOpen() {
      return operation.containsKey("security");
    }

    boolean hasBody() {
      return String.valueOf(operation.get("requestBody")).contains("application/json");
    }

    boolean hasParameter(String place) {
      return operation.toString().contains("in=" + place);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    ((Map<?, ?>) document.get("paths"))
        .forEach(
            (path, operations) ->
                ((Map<?, ?>) operations)
                    .forEach(
                        (method, operation) ->
                            routes.add(
                                new Route(
                                    ((String) method).toUpperCase(Locale.ROOT),
                                    (String) path,
                                    (Map<?, ?>) operation))));
    return routes;
  }

  @Test
  void nobodyComesInWithATokenThatOpensNothing() {
    String link = world.link(ada, world.room(ada));
    User revoked = world.newcomer();
    String device = (String) world.as(revoked, "GET", "/v1/me").is(200).at("device");
    world.as(revoked, "DELETE", "/v1/devices/" + device).is(200);
    for (Route route : routes()) {
      for (String token : List.of("A".repeat(43), link, revoked.token(), "short", "a,b", "")) {
        all.check(() -> refuses(route, token));
      }
    }
    all.assertAll();
  }

  private void refuses(Route route, String token) {
    if (!route.isOpen()) {
      String path = route.filled("1") + "?token=" + ada.token();
      Answer answer = world.call(route.method, path, token, sound(route));
      // A request that is none is refused before anybody looks whom the token belongs to.
      assertThat(answer.status())
          .as("%s with %s", route, token)
          .isIn(route.hasBody() ? 400 : 401, 401);
      assertThat(answer.body()).doesNotContain(token.isEmpty() ? "nothing" : token);
    }
  }

  private static String sound(Route route) {
    return route.hasBody() || route.method.equals("POST") ? "{}" : null;
  }

  @Test
  void tricksInPathsLeadNowhere() throws IOException {
    String before = picture();
    for (Route route : routes()) {
      for (String trick : route.hasParameter("path") ? PATH_TRICKS : List.<String>of()) {
        requireRefusal(route, route.filled(trick), "{}");
      }
    }
    for (String path : List.of("/v1/../v1/me", "/v1//me", "//v1/me", "/v1/me/", "/v1/ME", "/v1")) {
      assertThat(raw("GET", path, "")).as(path).isEqualTo(404);
    }
    all.assertAll();
    assertThat(picture()).isEqualTo(before);
  }

  private void requireRefusal(Route route, String path, String body) throws IOException {
    int status = raw(route.method, path, route.hasBody() ? body : "");
    all.assertThat(status).as("%s by %s", route, path).isBetween(400, 499);
  }

  private int raw(String method, String path, String body) throws IOException {
    try (RawClient client = new RawClient(world.server)) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      client.send(
          method + " " + path + " HTTP/1.1",
          "Host: localhost",
          "Content-Type: application/json",
          "Authorization: Bearer " + eve.token(),
          "Content-Length: " + bytes.length,
          "");
      return client.sendRaw(bytes).read().status();
    }
  }

  @Test
  void bodiesThatAreNoneAreRefused() {
    String before = picture();
    for (Route route : routes()) {
      if (route.hasBody()) {
        BODIES.forEach(body -> all.check(() -> requireInvalid(route, body)));
        properties(route).forEach(field -> all.check(() -> requireTyped(route, field)));
      }
    }
    all.assertAll();
    assertThat(picture()).isEqualTo(before);
  }

  private void requireInvalid(Route route, String body) {
    Answer answer = world.as(eve, route.method, route.filled("x"), body);
    String shown = body.length() > 40 ? body.substring(0, 40) : body;
    assertThat(answer.status())
        .as("%s with %s: %s", route, shown, answer.body())
        .isIn(400, 401, 403, 404);
    assertThat(answer.at("code")).isNotNull();
  }

  private void requireTyped(Route route, String field) {
    requireInvalid(route, "{\"" + field + "\":[[]]}");
    requireInvalid(route, "{\"" + field + "\":{\"" + field + "\":1}}");
    requireInvalid(route, "{\"" + field + "\":null,\"" + field + "\":null}");
    requireInvalid(route, "{\"" + field + "\":\"\\u0000\\ud800\"}");
  }

  /** The fields of a route's body. */
  private Set<String> properties(Route route) {
    Map<?, ?> content = (Map<?, ?>) ((Map<?, ?>) route.operation.get("requestBody")).get("content");
    Map<?, ?> schema = (Map<?, ?>) ((Map<?, ?>) content.get("application/json")).get("schema");
    String name = String.valueOf(schema.get("$ref")).replaceFirst(".*/", "");
    Map<?, ?> schemas = (Map<?, ?>) ((Map<?, ?>) document.get("components")).get("schemas");
    Map<?, ?> named = (Map<?, ?>) schemas.get(name);
    Set<String> fields = new TreeSet<>();
    if (named != null && named.get("properties") instanceof Map<?, ?> properties) {
      properties.keySet().forEach(field -> fields.add((String) field));
    }
    return fields;
  }

  @Test
  void unknownFieldsArePassedOver() {
    String body = "{\"text\":\"Hello\",\"chat\":\"elsewhere\",\"x\":{\"y\":[1,null]}}";
    Answer sent = world.as(eve, "POST", "/v1/chats/general/messages", body).is(201);
    assertThat(sent.at("chat")).isEqualTo("general");
  }

  @Test
  void valuesOutOfRangeInQueriesAreRefused() {
    List<String> limits =
        List.of("0", "-1", "2147483648", "9".repeat(30), "1e3", "01", "", "%20", "1&limit=2", "%");
    List<String> cursors = List.of("", "x", "0-", "-1-1", "%00", "0-0&after=0-0", "z".repeat(500));
    for (String path :
        List.of("/v1/chats/general/messages", world.said(ada, "general") + "/comments")) {
      limits.forEach(limit -> refuses(path + "?limit=" + limit));
      cursors.forEach(cursor -> refuses(path + "?after=" + cursor));
    }
    refuses("/v1/chats/general/messages?after=0-0&before=0-0");
    Answer most = world.as(eve, "GET", "/v1/chats/general/messages?limit=2147483647").is(200);
    assertThat(most.at("atEnd")).isEqualTo(true);
  }

  private void refuses(String path) {
    world.as(eve, "GET", path).is(400, "INVALID");
  }

  @Test
  void strangersLearnAndChangeNothingOfAChat() {
    String chat = world.room(ada);
    String message = world.said(ada, chat);
    String before = world.as(ada, "GET", "/v1/chats").is(200).body();
    for (Route route : routes()) {
      if (route.path.startsWith("/v1/chats/{chat}")) {
        String path = route.path.replace("{chat}", chat).replaceAll("\\{\\w+}", "ada");
        Answer answer = world.call(route.method, path, eve.token(), valid(route));
        all.assertThat(answer.status()).as("%s: %s", route, answer.body()).isEqualTo(403);
      }
    }
    world.as(eve, "GET", message).is(404, "NOT_FOUND");
    world.as(eve, "GET", message + "/comments").is(404, "NOT_FOUND");
    world.as(eve, "POST", message + "/reports", "{\"reason\":\"x\"}").is(404, "NOT_FOUND");
    all.assertAll();
    assertThat(world.as(ada, "GET", "/v1/chats").body()).isEqualTo(before);
  }

  /** A body that fits all routes about a chat. */
  private static String valid(Route route) {
    String rest =
        "\"text\":\"x\",\"upTo\":\"0-0\",\"active\":true,\"approved\":true,\"user\":\"eve\"}";
    return route.hasBody() ? "{\"title\":\"x\"," + rest : null;
  }

  /** All that eve and ada could notice. */
  private String picture() {
    return world.as(eve, "GET", "/v1/chats").is(200).body()
        + world.as(eve, "GET", "/v1/devices").is(200).body()
        + world.as(ada, "GET", "/v1/chats").is(200).body()
        + world.as(ada, "GET", "/v1/scheduled").is(200).body();
  }
}
