package chat.talk.http.internal.json;

import chat.talk.ChatException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jetbrains.annotations.Nullable;

/** Reads and writes JSON. Whatever is not exactly what was asked for is refused as INVALID. */
final class Json {
  private static final int SHOWN = 80;
  private static final String TOP = "the top";

  private Json() {}

  /** Reads a value from a reader that stands before it. */
  @FunctionalInterface
  interface Decoder<T> {
    T read(JsonIn in);
  }

  /** Writes a value. */
  @FunctionalInterface
  interface Encoder {
    void write(JsonOut out);
  }

  static <T> T decode(String text, Decoder<T> decoder) {
    if (text.isBlank()) {
      throw invalid("the body is empty");
    }
    JsonIn in = new JsonIn(text);
    try {
      T value = decoder.read(in);
      in.requireEnd();
      return value;
    } catch (JsonIn.Malformed e) {
      throw new ChatException(ChatException.Code.INVALID, malformed(in, e.getMessage()), e);
    }
  }

  static JsonOut encode(Encoder encoder) {
    JsonOut out = new JsonOut();
    encoder.write(out);
    return out;
  }

  static <T> List<T> array(JsonIn in, Decoder<T> element) {
    if (in.peek() != JsonIn.Token.BEGIN_ARRAY) {
      throw wrong(in, "an array");
    }
    List<T> values = new ArrayList<>();
    in.beginArray();
    while (in.hasNext()) {
      values.add(element.read(in));
    }
    in.endArray();
    return values;
  }

  static String string(JsonIn in) {
    if (in.peek() != JsonIn.Token.STRING) {
      throw wrong(in, "a string");
    }
    return in.nextString();
  }

  static <T> T checked(JsonIn in, Function<String, T> check) {
    String value = string(in);
    try {
      return check.apply(value);
    } catch (ChatException e) {
      throw new ChatException(e.code(), place(in) + ": " + e.getMessage(), e);
    }
  }

  static <T> @Nullable T checkedOrNull(JsonIn in, Function<String, T> check) {
    return in.skipNull() ? null : checked(in, check);
  }

  /** The value, unless it's absent; to be asked where the object around it has just ended. */
  static <T> T required(@Nullable T value, JsonIn in, String field) {
    if (value == null) {
      String around = in.isAtTop() ? "" : place(in) + ".";
      throw invalid(around + field + " is missing");
    }
    return value;
  }

  static ChatException wrong(JsonIn in, String expected) {
    return invalid(place(in) + " is not " + expected);
  }

  static ChatException invalid(String message) {
    return new ChatException(ChatException.Code.INVALID, message);
  }

  /** Where the reader stands, such as {@code address.port}; before a name, where its object is. */
  static String place(JsonIn in) {
    String path = in.path();
    return path.isEmpty() ? TOP : Printable.line(path, SHOWN);
  }

  private static String malformed(JsonIn in, String how) {
    String place = place(in);
    String where = place.equals(TOP) ? "" : " at " + place;
    return "malformed JSON" + where + (how.isEmpty() ? "" : ": " + how);
  }
}
