package chat.talk.http.internal.hub;

import chat.talk.ChatException.Code;
import chat.talk.http.internal.ErrorStatus;
import chat.talk.http.internal.ErrorTexts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** A readable page of what OpenAPI describes: plain HTML that needs nothing else. */
final class DocsPage {
  private static final String STYLE =
      "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
          + "code,pre{font:14px/1.4 ui-monospace,monospace}"
          + "table{display:block;overflow-x:auto;border-collapse:collapse}"
          + "h1,h3,p{overflow-wrap:anywhere}"
          + "td,th{text-align:left;vertical-align:top;padding:.2rem 1rem .2rem 0;"
          + "border-bottom:1px solid #8886}h3{margin:2rem 0 0}h3 code{font-size:1.1rem}"
          + "@media(prefers-color-scheme:dark){body{background:#111;color:#ddd}a{color:#9cf}}";

  private final Map<String, Object> document;
  private final StringBuilder html = new StringBuilder(1 << 16);

  DocsPage(Map<String, Object> document) {
    this.document = document;
  }

  String html() {
    html.append("<!doctype html><html lang=en><meta charset=utf-8>");
    html.append("<meta name=viewport content=\"width=device-width\"><title>");
    html.append(text(OpenApi.TITLE)).append("</title><style>").append(STYLE).append("</style>");
    html.append("<h1>").append(text(OpenApi.TITLE)).append("</h1><p>");
    html.append(text(map(document, "info").get("description"))).append("</p><p>For programs: ");
    html.append("<a href=openapi.json>OpenAPI</a>, <a href=asyncapi.json>AsyncAPI</a> ");
    html.append("for the WebSocket at <code>/v1/ws</code> and for events.</p><h2>Paths</h2>");
    map(document, "paths").forEach(this::path);
    html.append("<h2>Errors</h2>");
    errors();
    html.append("<h2>Types</h2>");
    map(map(document, "components"), "schemas").forEach(this::type);
    return html.append("</html>\n").toString();
  }

  private void path(String path, Object operations) {
    object(operations).forEach((method, operation) -> operation(method, path, object(operation)));
  }

  private void operation(String method, String path, Map<String, Object> operation) {
    html.append("<h3><code>").append(method.toUpperCase(Locale.ROOT)).append(' ');
    html.append(text(path)).append("</code></h3><p>").append(text(operation.get("summary")));
    html.append(operation.containsKey("security") ? " Without a token." : "");
    html.append("</p><table>");
    for (Object parameter : (List<?>) operation.getOrDefault("parameters", List.of())) {
      parameter(object(parameter));
    }
    if (operation.containsKey("requestBody")) {
      row("body", "", contents(map(operation, "requestBody")));
    }
    map(operation, "responses").forEach(this::response);
    html.append("</table>");
  }

  private void parameter(Map<String, Object> parameter) {
    String form = schema(parameter.get("schema")) + " " + text(parameter.get("description"));
    row(text(parameter.get("name")), text(parameter.get("in")), form);
  }

  private void response(String status, Object response) {
    boolean isProblem = map(object(response), "content").containsKey("application/problem+json");
    String form = isProblem ? "" : contents(object(response));
    row(status, text(object(response).get("description")), form);
  }

  private void row(String... cells) {
    html.append("<tr>");
    for (String cell : cells) {
      html.append("<td>").append(cell);
    }
    html.append("\n");
  }

  private static String contents(Map<String, Object> holder) {
    StringBuilder all = new StringBuilder();
    map(holder, "content")
        .forEach(
            (type, content) -> {
              all.append(all.isEmpty() ? "" : "<br>").append(schema(object(content).get("schema")));
              all.append(type.equals("application/json") ? "" : " as " + text(type));
            });
    return all.toString();
  }

  private void errors() {
    html.append("<p>An error is a <a href=#Problem>Problem</a> with one of these codes, or with a");
    html.append(" word of HTTP's own.</p><table>");
    for (Code code : Code.values()) {
      String status = String.valueOf(ErrorStatus.of(code));
      String advice = code.isRetryable() ? " Trying again later may help." : "";
      row("<code>" + code + "</code>", status, text(ErrorTexts.of(code)) + advice);
    }
    html.append("</table>");
  }

  private void type(String name, Object type) {
    Map<String, Object> schema = object(type);
    html.append("<h3 id=").append(text(name)).append("><code>").append(text(name));
    html.append("</code></h3>");
    if (schema.containsKey("properties")) {
      html.append("<table>");
      List<?> required = (List<?>) schema.getOrDefault("required", List.of());
      for (String field : new TreeSet<>(map(schema, "properties").keySet())) {
        String need = required.contains(field) ? "" : "may be absent";
        row("<code>" + text(field) + "</code>", schema(map(schema, "properties").get(field)), need);
      }
      html.append("</table>");
    } else {
      html.append("<p>").append(schema(schema));
    }
    html.append("\n");
  }

  /** A schema in a few words. */
  private static String schema(Object schema) {
    Map<String, Object> about = object(schema);
    if (about.containsKey("$ref")) {
      String name = text(about.get("$ref")).replaceFirst(".*/", "");
      return "<a href=#" + name + ">" + name + "</a>";
    }
    for (String several : List.of("oneOf", "anyOf", "allOf")) {
      if (about.containsKey(several) && !about.containsKey("properties")) {
        return several(several, (List<?>) about.get(several));
      }
    }
    return simple(about);
  }

  private static String several(String how, List<?> schemas) {
    String between = how.equals("allOf") ? " and " : " or ";
    return String.join(between, schemas.stream().map(DocsPage::schema).toList());
  }

  private static String simple(Map<String, Object> about) {
    if (about.containsKey("const")) {
      return "<code>\"" + text(about.get("const")) + "\"</code>";
    }
    if (about.containsKey("enum")) {
      return text(
          String.join(", ", ((List<?>) about.get("enum")).stream().map(DocsPage::text).toList()));
    }
    if (about.containsKey("items")) {
      return "list of " + schema(about.get("items"));
    }
    if (about.containsKey("properties")) {
      return "object with "
          + text(String.join(", ", new TreeSet<>(map(about, "properties").keySet())));
    }
    String type = text(about.getOrDefault("format", about.getOrDefault("type", "anything")));
    return type + (about.containsKey("description") ? ". " + text(about.get("description")) : "");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Object json) {
    return (Map<String, Object>) json;
  }

  private static Map<String, Object> map(Map<String, Object> json, String member) {
    return object(json.getOrDefault(member, Map.of()));
  }

  private static String text(Object text) {
    return String.valueOf(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
