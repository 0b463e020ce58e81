package chat.talk.http.internal.json;

import chat.talk.ChatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/** Something that is an object in JSON, or a part of one: it has fields, and is made of them. */
abstract class ObjectCodec<T> implements Codec<T> {
  /** Fields that are read ahead wherever there are kinds of objects, and may be there once. */
  private static final List<String> AHEAD = List.of(TaggedCodec.TAG, "request", "login");

  private final List<Field<?>> fields;
  private final String[] names;
  private final String[] taggedNames;

  /**
   * A field.
   *
   * @param isRequired whether there is no value without it
   * @param absent what it means when it's not there, and when it's not written
   */
  record Field<F>(
      String name, JsonOut.Name label, Codec<F> codec, boolean isRequired, @Nullable F absent) {
    Field(String name, Codec<F> codec, boolean isRequired, @Nullable F absent) {
      this(name, new JsonOut.Name(name), codec, isRequired, absent);
    }

    static <F> Field<F> required(String name, Codec<F> codec) {
      return new Field<>(name, codec, true, null);
    }

    static <F> Field<F> optional(String name, Codec<F> codec) {
      return new Field<>(name, codec, false, null);
    }

    @SuppressWarnings("unchecked")
    void write(JsonOut out, @Nullable Object value) {
      if (value == null && isRequired) {
        throw Json.invalid(name + " is missing");
      }
      if (value != null && !value.equals(absent)) {
        out.name(label);
        codec.write(out, (F) value);
      }
    }

    @Nullable
    F read(JsonIn in) {
      return in.skipNull() ? null : codec.read(in);
    }

    Map<String, Object> schema(Schemas known) {
      Map<String, Object> schema = codec.schema(known);
      return absent instanceof Enum ? Schemas.with(schema, "default", absent.toString()) : schema;
    }

    /** What it means that it wasn't there; to be asked where its object has just ended. */
    @Nullable
    F missing(JsonIn in) {
      return isRequired ? Json.required(null, in, name) : absent;
    }
  }

  ObjectCodec(List<Field<?>> fields) {
    this.fields = List.copyOf(fields);
    this.names = fields.stream().map(Field::name).toArray(String[]::new);
    this.taggedNames =
        Stream.concat(Arrays.stream(names), AHEAD.stream()).distinct().toArray(String[]::new);
  }

  final List<Field<?>> fields() {
    return fields;
  }

  /**
   * The schema of an object that has these fields too, all of them required, before its own.
   *
   * @param first schemas by name
   */
  final Map<String, Object> shape(Schemas known, Map<String, Object> first) {
    return shape(known, first, "");
  }

  /** The same without the field of this name. */
  final Map<String, Object> shape(Schemas known, Map<String, Object> first, String without) {
    Map<String, Object> properties = new LinkedHashMap<>(first);
    List<String> required = new ArrayList<>(first.keySet());
    for (Field<?> field : fields) {
      if (!field.name().equals(without)) {
        properties.put(field.name(), field.schema(known));
        if (field.isRequired()) {
          required.add(field.name());
        }
      }
    }
    Map<String, Object> schema = Schemas.object(properties, required);
    schema.putAll(rules());
    return schema;
  }

  /** What a schema says besides which fields there are. */
  Map<String, Object> rules() {
    return Map.of();
  }

  /** Takes a value apart: puts what the fields hold into an array, from an index on. */
  abstract void take(T value, @Nullable Object[] into, int from);

  /** Makes a value of what the fields held; throws what the type's own checks throw. */
  abstract T make(@Nullable Object[] values, int from);

  @Override
  public final void write(JsonOut out, T value) {
    out.beginObject();
    writeFields(out, value);
    out.endObject();
  }

  /** Writes the fields into an object that has been begun; throws INVALID when one is missing. */
  final void writeFields(JsonOut out, T value) {
    @Nullable Object[] values = new Object[fields.size()];
    take(value, values, 0);
    for (int i = 0; i < values.length; i++) {
      fields.get(i).write(out, values[i]);
    }
  }

  @Override
  public final T read(JsonIn in) {
    return made(present(in, names), in);
  }

  /** Reads an object that has a type, which was read ahead. */
  final T readTagged(JsonIn in) {
    return made(present(in, taggedNames), in);
  }

  /** The same where a field is told once for several: it may be missing, or be the same again. */
  final T readTagged(JsonIn in, String name, Object told) {
    @Nullable Object[] values = present(in, taggedNames);
    int field = Arrays.asList(names).indexOf(name);
    if (values[field] != null && !values[field].equals(told)) {
      throw Json.invalid(Json.place(in) + "." + name + " is another than " + told);
    }
    values[field] = told;
    return made(values, in);
  }

  private @Nullable Object[] present(JsonIn in, String[] known) {
    @Nullable Object[] values = new Object[fields.size()];
    Fields present = new Fields(in, known);
    for (int field = present.next(); field != Fields.END; field = present.next()) {
      if (field < values.length) {
        values[field] = fields.get(field).read(in);
      } else {
        in.skipValue();
      }
    }
    return values;
  }

  private T made(@Nullable Object[] values, JsonIn in) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        values[i] = fields.get(i).missing(in);
      }
    }
    try {
      return Objects.requireNonNull(make(values, 0));
    } catch (ChatException e) {
      String where = in.isAtTop() ? "" : Json.place(in) + ": ";
      throw new ChatException(e.code(), where + e.getMessage(), e);
    }
  }
}
