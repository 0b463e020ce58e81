package chat.talk.http.internal.json;

import chat.talk.ChatException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a body or a parameter of a request, or the body of an answer, looks like.
 *
 * @param <T> what it says
 */
public final class Form<T> {
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,18})");

  private final Codec<T> codec;

  Form(Codec<T> codec) {
    this.codec = codec;
  }

  /** The form of a value, a public record, {@code Entry} or {@code Command}. */
  @SuppressWarnings("unchecked")
  public static <T> Form<T> of(Class<T> type) {
    return new Form<>((Codec<T>) Codecs.of(type));
  }

  /** The form of a list. */
  public static <T> Form<List<T>> list(Class<T> element) {
    return new Form<>(Values.list(of(element).codec));
  }

  /** A form that is only shown. */
  public static Form<Object> shown(Function<Schemas, Map<String, Object>> schema) {
    return new Form<>(
        new Codec<>() {
          @Override
          public void write(JsonOut out, Object value) {
            out.document(value);
          }

          @Override
          public Object read(JsonIn in) {
            return Objects.requireNonNull(JsonTree.read(in));
          }

          @Override
          public Map<String, Object> schema(Schemas known) {
            return schema.apply(known);
          }
        });
  }

  /** The form of a command that is asked without a session. */
  public static Form<ClientFrame.Single> single() {
    return new Form<>(new SingleCodec());
  }

  /**
   * Reads a body.
   *
   * @throws ChatException with INVALID when it is none
   */
  public T read(String body) {
    return Json.decode(body, codec::read);
  }

  /**
   * Reads what stands in a path or a query.
   *
   * @throws ChatException with INVALID when it is none, saying which
   */
  public T parse(String name, String text) {
    boolean isNumber = "integer".equals(codec.schema(new Schemas()).get("type"));
    String json = isNumber && NUMBER.matcher(text).matches() ? text : quoted(text);
    try {
      return Json.decode(json, codec::read);
    } catch (ChatException e) {
      String why = String.valueOf(e.getMessage()).replaceFirst("^the top:? ?", "");
      throw Json.invalid(name + ": " + why);
    }
  }

  private static String quoted(String text) {
    return Json.encode(out -> out.value(text)).text();
  }

  /** Writes a body, as UTF-8. */
  public byte[] write(T value) {
    return Json.encode(out -> codec.write(out, value)).bytes();
  }

  /** Its JSON Schema. */
  public Map<String, Object> schema(Schemas known) {
    return codec.schema(known);
  }

  /** Writes a schema, or what is made of some. */
  public static byte[] json(Object document) {
    return Json.encode(out -> out.document(document)).bytes();
  }

  /** Reads any JSON. */
  public static Object parse(String json) {
    return Json.decode(json, in -> Objects.requireNonNull(JsonTree.read(in)));
  }
}
