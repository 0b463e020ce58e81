package chat.talk.http.internal.json;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jetbrains.annotations.Nullable;

/** One of several kinds of object, told apart by the field {@code type}. */
final class TaggedCodec<T> implements Codec<T> {
  static final String TAG = "type";

  private final String name;
  private final Map<String, ObjectCodec<? extends T>> byTag = new LinkedHashMap<>();
  private final Map<Class<?>, String> tags = new HashMap<>();
  private final Function<T, Class<?>> kind;

  /**
   * A codec without kinds.
   *
   * @param name what all kinds have at the end of their schema's name
   * @param kind which of the classes that are added a value belongs to
   */
  TaggedCodec(String name, Function<T, Class<?>> kind) {
    this.name = name;
    this.kind = kind;
  }

  void add(String tag, Class<?> type, ObjectCodec<? extends T> codec) {
    if (byTag.putIfAbsent(tag, codec) != null) {
      throw new IllegalStateException("two kinds are called " + tag);
    }
    tags.put(type, tag);
  }

  /** A class's simple name with a small first letter. */
  static String tag(Class<?> type) {
    String name = type.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  @Override
  public void write(JsonOut out, T value) {
    out.beginObject();
    writeFields(out, value);
    out.endObject();
  }

  /** Writes the type and the fields into an object that has been begun. */
  @SuppressWarnings("unchecked")
  void writeFields(JsonOut out, T value) {
    String tag = tags.get(kind.apply(value));
    out.name(TAG).value(tag);
    ((ObjectCodec<T>) byTag.get(tag)).writeFields(out, value);
  }

  @Override
  public T read(JsonIn in) {
    return read(in, Json.required(tagOf(in), in, TAG));
  }

  /** Reads what has this tag. */
  T read(JsonIn in, String tag) {
    return codec(in, tag).readTagged(in);
  }

  /** Reads a value of several that have a field in common, which may be told around them. */
  T read(JsonIn in, String field, Object told) {
    String tag = Json.required(tagOf(in), in, TAG);
    return codec(in, tag).readTagged(in, field, told);
  }

  private ObjectCodec<? extends T> codec(JsonIn in, String tag) {
    ObjectCodec<? extends T> codec = byTag.get(tag);
    if (codec == null) {
      throw Json.invalid(Json.place(in) + ": there is no type " + Printable.line(tag, 40));
    }
    return codec;
  }

  Set<String> allTags() {
    return byTag.keySet();
  }

  @Override
  public Map<String, Object> schema(Schemas known) {
    return schema(name, known, "");
  }

  /**
   * The schema of values without a field, which is told around them.
   *
   * @param named what all kinds have at the end of this schema's name
   */
  Map<String, Object> schema(String named, Schemas known, String without) {
    return known.named(
        named,
        () ->
            Map.of(
                "oneOf",
                byTag.keySet().stream().map(tag -> schema(tag, named, known, without)).toList()));
  }

  /** The schema of what has this tag. */
  Map<String, Object> schema(String tag, Schemas known) {
    return schema(tag, name, known, "");
  }

  private Map<String, Object> schema(String tag, String named, Schemas known, String without) {
    String kind = Character.toUpperCase(tag.charAt(0)) + tag.substring(1) + named;
    Map<String, Object> tagged = Map.of(TAG, Map.of("const", tag));
    return known.named(kind, () -> byTag.get(tag).shape(known, tagged, without));
  }

  boolean knows(String tag) {
    return byTag.containsKey(tag);
  }

  /** The tag of the object that comes next, which stays unread; null when it has none. */
  static @Nullable String tagOf(JsonIn in) {
    return peek(in, TAG, Json::string);
  }

  /** A field of the object that comes next, which stays unread; null when it has none. */
  static <F> @Nullable F peek(JsonIn in, String name, Json.Decoder<F> decoder) {
    if (in.peek() != JsonIn.Token.BEGIN_OBJECT) {
      throw Json.wrong(in, "an object");
    }
    return in.ahead(ahead -> field(ahead, name, decoder));
  }

  private static <F> @Nullable F field(JsonIn in, String name, Json.Decoder<F> decoder) {
    in.beginObject();
    while (in.hasNext()) {
      if (in.selectName(name) == 0) {
        return in.skipNull() ? null : decoder.read(in);
      }
      in.skipValue();
    }
    return null;
  }
}
