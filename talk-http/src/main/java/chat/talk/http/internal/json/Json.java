package chat.talk.http.internal.json;

import chat.talk.ChatException;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import okio.Buffer;
import org.jetbrains.annotations.Nullable;

/** Reads and writes JSON. Whatever is not exactly what was asked for is refused as INVALID. */
final class Json {
  private static final int SHOWN = 80;
  private static final String TOP = "the top";

  private Json() {}

  /** Reads a value from a reader that stands before it. */
  @FunctionalInterface
  interface Decoder<T> {
    T read(JsonReader in) throws IOException;
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
    requireNoRawControls(text);
    JsonReader in = JsonReader.of(new Buffer().writeUtf8(text));
    try {
      T value = decoder.read(in);
      requireEnd(in);
      return value;
    } catch (JsonDataException e) {
      throw new ChatException(ChatException.Code.INVALID, Printable.line(e.getMessage(), SHOWN), e);
    } catch (IOException e) {
      throw new ChatException(ChatException.Code.INVALID, malformed(in), e);
    }
  }

  static Buffer encode(Encoder encoder) {
    JsonOut out = new JsonOut();
    encoder.write(out);
    return out.buffer();
  }

  static <T> List<T> array(JsonReader in, Decoder<T> element) throws IOException {
    if (in.peek() != JsonReader.Token.BEGIN_ARRAY) {
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

  static String string(JsonReader in) throws IOException {
    if (in.peek() != JsonReader.Token.STRING) {
      throw wrong(in, "a string");
    }
    return in.nextString();
  }

  static <T> T checked(JsonReader in, Function<String, T> check) throws IOException {
    String value = string(in);
    try {
      return check.apply(value);
    } catch (ChatException e) {
      throw new ChatException(e.code(), place(in) + ": " + e.getMessage(), e);
    }
  }

  static <T> @Nullable T checkedOrNull(JsonReader in, Function<String, T> check)
      throws IOException {
    return in.peek() == JsonReader.Token.NULL ? in.nextNull() : checked(in, check);
  }

  /** The value, unless it's absent; to be asked where the object around it has just ended. */
  static <T> T required(@Nullable T value, JsonReader in, String field) {
    if (value == null) {
      String around = in.getPath().equals("$") ? "" : place(in) + ".";
      throw invalid(around + field + " is missing");
    }
    return value;
  }

  static ChatException wrong(JsonReader in, String expected) {
    return invalid(place(in) + " is not " + expected);
  }

  static ChatException invalid(String message) {
    return new ChatException(ChatException.Code.INVALID, message);
  }

  /** Where the reader stands, such as {@code address.port}; before a name, where its object is. */
  static String place(JsonReader in) {
    String path = in.getPath().replaceFirst("^\\$\\.?", "").replaceFirst("\\.$", "");
    return path.isEmpty() ? TOP : Printable.line(path, SHOWN);
  }

  private static String malformed(JsonReader in) {
    String place = place(in);
    return place.equals(TOP) ? "malformed JSON" : "malformed JSON at " + place;
  }

  private static void requireEnd(JsonReader in) throws IOException {
    if (in.peek() != JsonReader.Token.END_DOCUMENT) {
      throw invalid("something follows the JSON");
    }
  }

  /**
   * RFC 8259, section 7: control characters in a string must be escaped; the parser lets them by.
   */
  private static void requireNoRawControls(String text) {
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\') {
        i++;
      } else if (c < ' ' && (quoted || !Character.isWhitespace(c))) {
        throw invalid("malformed JSON: a bare control character at " + i);
      }
    }
  }
}
