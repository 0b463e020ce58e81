package chat.talk.http.internal.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * JSON Schemas (draft 2020-12, as OpenAPI 3.1 and AsyncAPI 3 have them): those with a name stand
 * once, in {@code components}, and are referred to. A schema is what JSON it is: maps, lists,
 * strings, numbers and booleans.
 */
public final class Schemas {
  private final Map<String, Object> named = new TreeMap<>();

  /** A reference to the schema of this name, which is made unless it is there. */
  Map<String, Object> named(String name, Supplier<Map<String, Object>> schema) {
    if (!named.containsKey(name)) {
      named.put(name, Map.of());
      named.put(name, schema.get());
    }
    return Map.of("$ref", "#/components/schemas/" + name);
  }

  /** All that have a name, in the order of the names. */
  public Map<String, Object> components() {
    return named;
  }

  /** An object with these fields and no rule about others. */
  static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return schema;
  }

  static Map<String, Object> text(String pattern, String description) {
    return Map.of("type", "string", "pattern", pattern, "description", description);
  }

  static Map<String, Object> format(String format) {
    return Map.of("type", "string", "format", format);
  }

  static Map<String, Object> list(Map<String, Object> items) {
    return Map.of("type", "array", "items", items);
  }

  /** The same with another member. */
  static Map<String, Object> with(Map<String, Object> schema, String member, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(schema);
    more.put(member, value);
    return more;
  }
}
