package chat.talk.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks JSON against the schemas of a document. Stricter than JSON Schema is: a keyword that it
 * doesn't know is a failure, and so is a field that a schema doesn't have.
 */
final class SchemaCheck {
  private static final Set<String> SILENT = Set.of("type", "description", "default", "required");

  private final Map<?, ?> document;

  SchemaCheck(Object document) {
    this.document = (Map<?, ?>) document;
  }

  /** Fails unless a value is what a schema says. */
  void require(Object schema, Object value) {
    String wrong = wrong(schema, value, "", false);
    if (!wrong.isEmpty()) {
      throw new AssertionError(wrong);
    }
  }

  /** What is wrong, nothing when it's all right. */
  private String wrong(Object schema, Object value, String at, boolean isPart) {
    Map<?, ?> rules = (Map<?, ?>) schema;
    String type = (String) rules.get("type");
    if (type != null && !hasType(value, type)) {
      return at + " is no " + type + "; ";
    }
    StringBuilder wrong = new StringBuilder();
    for (Map.Entry<?, ?> rule : rules.entrySet()) {
      String keyword = (String) rule.getKey();
      if (!SILENT.contains(keyword)) {
        wrong.append(wrong(keyword, rule.getValue(), rules, value, at, isPart));
      }
    }
    return wrong.toString();
  }

  private String wrong(
      String keyword, Object rule, Map<?, ?> rules, Object value, String at, boolean isPart) {
    return switch (keyword) {
      case "$ref" -> wrong(referred((String) rule), value, at, isPart);
      case "const" -> unless(rule.equals(value), at + " is not " + rule);
      case "enum" -> unless(((List<?>) rule).contains(value), at + " is none of " + rule);
      case "pattern" ->
          unless(
              Pattern.compile((String) rule).matcher((String) value).find(),
              at + " is not like " + rule);
      case "format" -> unless(hasFormat(value, (String) rule), at + " is no " + rule);
      case "items" -> items(rule, value, at);
      case "properties" -> fields(rules, (Map<?, ?>) value, at, isPart);
      case "propertyNames" -> names(rule, (Map<?, ?>) value, at);
      case "additionalProperties" -> values(rule, (Map<?, ?>) value, at);
      case "oneOf" -> unless(matching(rule, value, at) == 1, at + " is not one of " + rule);
      case "anyOf" -> unless(matching(rule, value, at) > 0, at + " is none of " + rule);
      case "allOf" -> all((List<?>) rule, value, at);
      default -> "no check for " + keyword;
    };
  }

  private static String unless(boolean holds, String wrong) {
    return holds ? "" : wrong + "; ";
  }

  private Object referred(String reference) {
    Object found = document;
    for (String step : reference.substring("#/".length()).split("/", -1)) {
      found = ((Map<?, ?>) found).get(step);
      if (found == null) {
        throw new AssertionError("nothing is at " + reference);
      }
    }
    return found;
  }

  private static boolean hasType(Object value, String type) {
    return switch (type) {
      case "object" -> value instanceof Map;
      case "array" -> value instanceof List;
      case "string" -> value instanceof String;
      case "boolean" -> value instanceof Boolean;
      case "integer" -> value instanceof Double number && number == Math.rint(number);
      default -> throw new AssertionError("no check for the type " + type);
    };
  }

  private static boolean hasFormat(Object value, String format) {
    return switch (format) {
      case "date-time" -> Instant.parse((String) value).toString().equals(value);
      case "duration" -> Duration.parse((String) value).toString().equals(value);
      case "int32" -> Math.abs((Double) value) <= Integer.MAX_VALUE;
      case "int64", "uri-reference" -> true;
      default -> throw new AssertionError("no check for the format " + format);
    };
  }

  private String items(Object schema, Object value, String at) {
    StringBuilder wrong = new StringBuilder();
    List<?> items = (List<?>) value;
    for (int i = 0; i < items.size(); i++) {
      wrong.append(wrong(schema, items.get(i), at + "[" + i + "]", false));
    }
    return wrong.toString();
  }

  private String fields(Map<?, ?> rules, Map<?, ?> value, String at, boolean isPart) {
    Map<?, ?> properties = (Map<?, ?>) rules.get("properties");
    StringBuilder wrong = new StringBuilder();
    for (Map.Entry<?, ?> field : value.entrySet()) {
      Object schema = properties.get(field.getKey());
      String place = at + "." + field.getKey();
      wrong.append(unless(schema != null || isPart, place + " is not in the schema"));
      wrong.append(schema == null ? "" : wrong(schema, field.getValue(), place, false));
    }
    Object required = rules.get("required");
    for (Object name : required == null ? List.of() : (List<?>) required) {
      wrong.append(unless(value.containsKey(name), at + "." + name + " is missing"));
    }
    return wrong.toString();
  }

  private String names(Object schema, Map<?, ?> value, String at) {
    StringBuilder wrong = new StringBuilder();
    value.keySet().forEach(name -> wrong.append(wrong(schema, name, at, false)));
    return wrong.toString();
  }

  private String values(Object schema, Map<?, ?> value, String at) {
    StringBuilder wrong = new StringBuilder();
    value.values().forEach(each -> wrong.append(wrong(schema, each, at, false)));
    return wrong.toString();
  }

  private long matching(Object schemas, Object value, String at) {
    return ((List<?>) schemas).stream().filter(schema -> fits(schema, value, at)).count();
  }

  /** One of several that only says what is required has nothing to do with the other fields. */
  private boolean fits(Object schema, Object value, String at) {
    Map<?, ?> rules = (Map<?, ?>) schema;
    return rules.keySet().equals(Set.of("required"))
        ? ((Map<?, ?>) value).keySet().containsAll((List<?>) rules.get("required"))
        : wrong(schema, value, at, false).isEmpty();
  }

  private String all(List<?> schemas, Object value, String at) {
    StringBuilder wrong = new StringBuilder();
    schemas.forEach(schema -> wrong.append(wrong(schema, value, at, true)));
    return wrong.toString();
  }
}
