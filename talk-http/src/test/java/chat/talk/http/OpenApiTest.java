package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.http.RestWorld.Answer;
import chat.talk.http.RestWorld.User;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Walks over each path and status of the document, and asks the running server for it. */
final class OpenApiTest {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final String PROBLEM = "application/problem+json";

  private final RestWorld world = new RestWorld();
  private final Object document =
      world.call("GET", "/v1/openapi.json", null, (String) null).is(200).json();
  private final SchemaCheck schemas = new SchemaCheck(document);
  private final User somebody = world.newcomer();

  @AfterEach
  void close() {
    world.close();
  }

  /** One status of one operation. */
  private record Case(String method, String path, Map<?, ?> operation, String status) {
    String name() {
      return method + " " + path + " " + status;
    }

    boolean hasBody() {
      return String.valueOf(operation.get("requestBody")).contains("application/json");
    }

    /** The path with something in place of its parameters. */
    String filled(String value) {
      return path.replaceAll("\\{\\w+}", value);
    }

    Map<?, ?> response() {
      return (Map<?, ?>) ((Map<?, ?>) operation.get("responses")).get(status);
    }
  }

  @Test
  void everyStatusOfEveryPathIsAnsweredAsTheDocumentSays() {
    Occasions occasions = new Occasions(world);
    Set<String> left = occasions.names();
    SoftAssertions all = new SoftAssertions();
    for (Case each : cases()) {
      all.check(
          () -> check(each, left.remove(each.name()) ? occasions.run(each.name()) : usual(each)));
    }
    all.assertAll();
    assertThat(left).as("occasions of what the document doesn't have").isEmpty();
  }

  private List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    Map<?, ?> paths = (Map<?, ?>) ((Map<?, ?>) document).get("paths");
    paths.forEach(
        (path, operations) ->
            ((Map<?, ?>) operations)
                .forEach(
                    (method, operation) ->
                        addCases(cases, (String) method, (String) path, (Map<?, ?>) operation)));
    return cases;
  }

  private static void addCases(List<Case> into, String method, String path, Map<?, ?> operation) {
    for (Object status : ((Map<?, ?>) operation.get("responses")).keySet()) {
      if (!status.equals("default")) {
        into.add(new Case(method.toUpperCase(Locale.ROOT), path, operation, (String) status));
      }
    }
  }

  /** What leads to a status everywhere. */
  private Answer usual(Case each) {
    return switch (each.status) {
      case "400" -> invalid(each);
      case "401" -> world.call(each.method, each.filled("1"), null, body(each, "{}"));
      case "413" -> world.call(each.method, each.filled("1"), somebody.token(), new Huge());
      case "415" ->
          world.call(
              each.method,
              each.filled("1"),
              somebody.token(),
              RequestBody.create("{}", MediaType.get("text/plain")));
      default -> throw new AssertionError("nothing leads to " + each.name());
    };
  }

  private Answer invalid(Case each) {
    if (each.hasBody()) {
      return world.as(somebody, each.method, each.filled("1"), "{\"");
    }
    boolean hasQuery = each.operation.toString().contains("in=query");
    String query = each.path.contains("/events") ? "?wait=x" : "?limit=x&reason=%ff";
    return world.as(
        somebody, each.method, hasQuery ? each.filled("1") + query : each.filled("a%20b"));
  }

  private static RequestBody body(Case each, String json) {
    return each.hasBody() ? RequestBody.create(json, JSON) : null;
  }

  private void check(Case each, Answer answer) {
    assertThat(String.valueOf(answer.status()))
        .as("%s was answered with %s", each.name(), answer.body())
        .isEqualTo(each.status);
    if (answer.status() == 204) {
      assertThat(answer.body()).isEmpty();
      return;
    }
    String type = answer.headers().get("Content-Type").replaceFirst(";.*", "");
    Map<?, ?> content = (Map<?, ?>) each.response().get("content");
    assertThat(content.containsKey(type)).as("%s gave %s", each.name(), type).isTrue();
    if (type.endsWith("json") && !isDocument(each)) {
      schemas.require(((Map<?, ?>) content.get(type)).get("schema"), answer.json());
    }
    boolean isLocated = each.response().containsKey("headers");
    assertThat(answer.headers().get("Location") != null).as(each.name()).isEqualTo(isLocated);
    assertThat(type.equals(PROBLEM)).isEqualTo(answer.status() >= 400);
    assertThat(answer.headers().get("WWW-Authenticate"))
        .isEqualTo(answer.status() == 401 ? "Bearer" : null);
  }

  private static boolean isDocument(Case each) {
    return each.path.endsWith("api.json");
  }

  @Test
  void everythingServedIsInTheDocument() {
    Set<String> served = new TreeSet<>();
    for (Case each : cases()) {
      Answer options = world.call("OPTIONS", each.filled("1"), null, (String) null).is(204);
      for (String method : options.headers().get("Allow").split(", ", -1)) {
        served.add(method + " " + each.path);
      }
    }
    served.removeIf(route -> route.startsWith("HEAD ") || route.startsWith("OPTIONS "));
    Set<String> described = new TreeSet<>();
    cases().forEach(each -> described.add(each.method + " " + each.path));
    assertThat(served).isEqualTo(described);
  }

  @Test
  void namesOfOperationsAreUnique() {
    List<Object> ids = new ArrayList<>();
    Map<?, ?> paths = (Map<?, ?>) ((Map<?, ?>) document).get("paths");
    paths
        .values()
        .forEach(
            operations ->
                ((Map<?, ?>) operations)
                    .values()
                    .forEach(operation -> ids.add(((Map<?, ?>) operation).get("operationId"))));
    assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(40);
  }

  /** So much that nobody waits for it. */
  private static final class Huge extends RequestBody {
    @Override
    public MediaType contentType() {
      return JSON;
    }

    @Override
    public long contentLength() {
      return Long.MAX_VALUE;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      throw new IOException("the server was to refuse it before");
    }
  }
}
