package chat.talk.http.internal.hub;

import chat.talk.ChatException.Code;
import chat.talk.http.internal.ErrorStatus;
import chat.talk.http.internal.hub.RestRoute.Success;
import chat.talk.http.internal.json.FrameSchemas;
import chat.talk.http.internal.json.Schemas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Describes a table of routes as OpenAPI 3.1 does. */
final class OpenApi {
  /** What documents say of themselves. */
  static final String TITLE = "Talk: a hub";

  static final String VERSION = "1";

  private static final String ABOUT =
      "Chats, messages and everything else that a hub of Talk can be asked for by single requests,"
          + " and sessions for whoever has no WebSocket. Connect to get a token, and send it as"
          + " Authorization: Bearer, with the requests of a session too. Fields that are not known are passed over; a field without a"
          + " value is left out.";

  /** What stands in the place of a code for a status that none has. */
  private static final Map<Integer, String> WORDS =
      Map.of(415, "UNSUPPORTED_MEDIA_TYPE", ByteRange.NOT_SATISFIABLE, ByteRange.REFUSAL);

  private final Schemas schemas = new Schemas();
  private final Map<String, Object> problem = new FrameSchemas(schemas).problem();

  private OpenApi() {}

  static Map<String, Object> of(List<RestRoute> routes) {
    OpenApi document = new OpenApi();
    Map<String, Object> paths = document.paths(routes);
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("openapi", "3.1.0");
    whole.put("info", Map.of("title", TITLE, "version", VERSION, "description", ABOUT));
    whole.put("servers", List.of(Map.of("url", "/")));
    whole.put("security", List.of(Map.of("token", List.of())));
    whole.put("paths", paths);
    whole.put("components", document.components());
    return whole;
  }

  private Map<String, Object> components() {
    return Map.of(
        "securitySchemes",
        Map.of("token", Map.of("type", "http", "scheme", "bearer")),
        "schemas",
        schemas.components());
  }

  private Map<String, Object> paths(List<RestRoute> routes) {
    Map<String, Object> paths = new LinkedHashMap<>();
    for (RestRoute route : routes) {
      Map<String, Object> path = new LinkedHashMap<>();
      path.put(route.method().toLowerCase(Locale.ROOT), operation(route));
      paths.merge(route.path(), path, OpenApi::both);
    }
    return paths;
  }

  @SuppressWarnings("unchecked")
  private static Object both(Object one, Object other) {
    ((Map<String, Object>) one).putAll((Map<String, Object>) other);
    return one;
  }

  private Map<String, Object> operation(RestRoute route) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("operationId", operationId(route));
    operation.put("summary", route.says());
    operation.put("tags", List.of(route.path().split("/", -1)[2]));
    if (route.isOpen()) {
      operation.put("security", List.of());
    }
    List<Object> parameters = parameters(route);
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    if (route.body() != null) {
      Map<String, Object> content = content("application/json", route.body().schema(schemas));
      operation.put("requestBody", Map.of("required", true, "content", content));
    } else if (route.upload() != null) {
      Map<String, Object> bytes = Map.of("type", "string", "format", "binary");
      operation.put("requestBody", Map.of("content", content("*/*", bytes)));
    }
    operation.put("responses", responses(route));
    return operation;
  }

  /** Such as {@code getChatsChatMembers}. */
  private static String operationId(RestRoute route) {
    String words =
        Arrays.stream(route.path().substring("/v1/".length()).split("[^A-Za-z]+", -1))
            .filter(word -> !word.isEmpty())
            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
            .collect(Collectors.joining());
    return route.method().toLowerCase(Locale.ROOT) + words;
  }

  private List<Object> parameters(RestRoute route) {
    List<Object> parameters = new ArrayList<>();
    route.inPath().forEach(parameter -> parameters.add(parameter(parameter, "path")));
    route.query().forEach(parameter -> parameters.add(parameter(parameter, "query")));
    return parameters;
  }

  private Map<String, Object> parameter(Parameter parameter, String place) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("name", parameter.name());
    described.put("in", place);
    described.put("required", place.equals("path"));
    described.put("description", parameter.says());
    described.put("schema", parameter.form().schema(schemas));
    return described;
  }

  private static Map<String, Object> content(String type, Map<String, Object> schema) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put(type, Map.of("schema", schema));
    return content;
  }

  private Map<String, Object> responses(RestRoute route) {
    Map<String, Object> responses = new LinkedHashMap<>();
    for (Success success : route.successes()) {
      Map<String, Object> content = content(success.mediaType(), success.form().schema(schemas));
      responses.merge(String.valueOf(success.status()), success(success, content), OpenApi::joined);
    }
    if (route.isSilent()) {
      responses.put("204", Map.of("description", "Done"));
    }
    route
        .allFailures()
        .forEach(status -> responses.put(String.valueOf(status), failure(codes(status))));
    responses.put("default", failure("Any other error"));
    return responses;
  }

  private static Map<String, Object> success(Success success, Map<String, Object> content) {
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("description", success.status() == 202 ? "Later" : "Done");
    response.put("content", content);
    if (success.location() != null) {
      Map<String, Object> schema = Map.of("type", "string", "format", "uri-reference");
      response.put("headers", Map.of("Location", Map.of("schema", schema)));
    }
    return response;
  }

  /** One answer that comes in several media types. */
  @SuppressWarnings("unchecked")
  private static Object joined(Object one, Object other) {
    both(((Map<String, Object>) one).get("content"), ((Map<String, Object>) other).get("content"));
    return one;
  }

  private Map<String, Object> failure(String description) {
    return Map.of(
        "description", description, "content", content("application/problem+json", problem));
  }

  private static String codes(int status) {
    String codes =
        Arrays.stream(Code.values())
            .filter(code -> ErrorStatus.of(code) == status)
            .map(Code::name)
            .collect(Collectors.joining(", "));
    return codes.isEmpty() ? WORDS.get(status) : codes;
  }
}
