package chat.talk.http.internal.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/** Reads any JSON as a whole. */
final class JsonTree {
  private JsonTree() {}

  /** The next value: a map, a list, a string, a double, a boolean, or null. */
  static @Nullable Object read(JsonIn in) {
    if (in.skipNull()) {
      return null;
    }
    return switch (in.peek()) {
      case BEGIN_OBJECT -> map(in);
      case BEGIN_ARRAY -> list(in);
      case STRING -> in.nextString();
      case NUMBER -> number(in);
      case BOOLEAN -> in.nextBoolean();
      default -> throw new JsonIn.Malformed();
    };
  }

  private static double number(JsonIn in) {
    double number = Double.parseDouble(in.nextNumber());
    if (Double.isInfinite(number)) {
      throw new JsonIn.Malformed("a number that is too large");
    }
    return number;
  }

  private static Map<String, @Nullable Object> map(JsonIn in) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    in.beginObject();
    while (in.hasNext()) {
      String name = in.nextName();
      if (fields.containsKey(name)) {
        throw Json.invalid(Json.place(in) + " is given twice");
      }
      fields.put(name, read(in));
    }
    in.endObject();
    return fields;
  }

  private static List<@Nullable Object> list(JsonIn in) {
    List<@Nullable Object> values = new ArrayList<>();
    in.beginArray();
    while (in.hasNext()) {
      values.add(read(in));
    }
    in.endArray();
    return values;
  }
}
