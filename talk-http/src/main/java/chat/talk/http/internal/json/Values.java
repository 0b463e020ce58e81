package chat.talk.http.internal.json;

import chat.talk.ChatId;
import chat.talk.Cursor;
import chat.talk.MessageId;
import chat.talk.UserName;
import chat.talk.room.Digest;
import chat.talk.room.Token;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jetbrains.annotations.Nullable;

/** The codecs of what is a single value, or a list of the same. */
final class Values {
  private static final Map<Class<?>, Codec<?>> SINGLE = single();

  private Values() {}

  /** The codec of a plain type, null when it's not known here. */
  static @Nullable Codec<?> of(Class<?> type) {
    return type.isEnum() ? constant(type.getEnumConstants()) : SINGLE.get(type);
  }

  static Instant instant(String text) {
    return timely("a time like 2026-01-31T12:00:00Z", Instant::parse).apply(text);
  }

  static long number(JsonIn in) {
    return number(in, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static long number(JsonIn in, long least, long most) {
    String digits = in.peek() == JsonIn.Token.NUMBER ? in.nextNumber() : "";
    try {
      long number = Long.parseLong(digits);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Is answered as what is too large.
    }
    throw Json.wrong(in, "a whole number from " + least + " to " + most);
  }

  private static Map<Class<?>, Codec<?>> single() {
    Map<Class<?>, Codec<?>> codecs = new HashMap<>();
    codecs.put(String.class, text(anyText(), Values::requireUnicode, text -> text));
    codecs.put(UserName.class, text(ValueSchema.USER, UserName::of));
    codecs.put(ChatId.class, text(ValueSchema.CHAT, ChatId::of));
    codecs.put(MessageId.class, text(ValueSchema.MESSAGE, MessageId::of));
    codecs.put(Cursor.class, text(ValueSchema.CURSOR, Cursor::parse));
    codecs.put(Digest.class, text(ValueSchema.DIGEST, Digest::new));
    codecs.put(Token.class, text(ValueSchema.TOKEN, Token::secret, Token::of));
    codecs.put(Instant.class, new Times());
    codecs.put(
        Duration.class,
        text(ValueSchema.DURATION, timely("a duration like PT1H30M", Duration::parse)));
    codecs.put(boolean.class, new Booleans());
    codecs.put(Boolean.class, new Booleans());
    codecs.put(int.class, number(Integer.MIN_VALUE, Integer.MAX_VALUE, Long::intValue));
    codecs.put(Integer.class, codecs.get(int.class));
    codecs.put(long.class, number(Long.MIN_VALUE, Long.MAX_VALUE, number -> number));
    codecs.put(Long.class, codecs.get(long.class));
    return codecs;
  }

  private static ValueSchema anyText() {
    return known -> Map.of("type", "string");
  }

  private static <T> Codec<T> text(ValueSchema schema, Function<String, T> check) {
    return text(schema, T::toString, check);
  }

  private static <T> Codec<T> text(
      ValueSchema schema, Function<T, String> form, Function<String, T> check) {
    return new Codec<>() {
      @Override
      public Map<String, Object> schema(Schemas known) {
        return schema.in(known);
      }

      @Override
      public void write(JsonOut out, T value) {
        out.value(form.apply(value));
      }

      @Override
      public T read(JsonIn in) {
        return Json.checked(in, check);
      }
    };
  }

  /**
   * Half a surrogate pair has no form in UTF-8. The API's own check is hidden in its module, and
   * its words are about messages.
   */
  static String requireUnicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean isPair =
            Character.isSurrogatePair(
                text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 'x');
        if (!isPair) {
          throw Json.invalid("a text holds half a surrogate pair");
        }
        i++;
      }
    }
    return text;
  }

  private static <T> Function<String, T> timely(String form, Function<String, T> parser) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (DateTimeException e) {
        throw Json.invalid("not " + form);
      }
    };
  }

  private static Codec<Object> constant(Object[] constants) {
    return text(
        ValueSchema.constants(constants),
        name ->
            Arrays.stream(constants)
                .filter(constant -> constant.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> Json.invalid("none of " + Arrays.toString(constants))));
  }

  private static <T extends Number> Codec<T> number(long least, long most, Function<Long, T> made) {
    return new Codec<>() {
      @Override
      public Map<String, Object> schema(Schemas known) {
        return Map.of("type", "integer", "format", most == Long.MAX_VALUE ? "int64" : "int32");
      }

      @Override
      public void write(JsonOut out, T value) {
        out.value(value.longValue());
      }

      @Override
      public T read(JsonIn in) {
        return made.apply(Values.number(in, least, most));
      }
    };
  }

  private static final class Times implements Codec<Instant> {
    @Override
    public Map<String, Object> schema(Schemas known) {
      return ValueSchema.TIME.in(known);
    }

    @Override
    public void write(JsonOut out, Instant time) {
      out.value(time);
    }

    @Override
    public Instant read(JsonIn in) {
      return Json.checked(in, Values::instant);
    }
  }

  private static final class Booleans implements Codec<Boolean> {
    @Override
    public Map<String, Object> schema(Schemas known) {
      return Map.of("type", "boolean");
    }

    @Override
    public void write(JsonOut out, Boolean value) {
      out.value(value);
    }

    @Override
    public Boolean read(JsonIn in) {
      if (in.peek() != JsonIn.Token.BOOLEAN) {
        throw Json.wrong(in, "true or false");
      }
      return in.nextBoolean();
    }
  }

  static <T> Codec<List<T>> list(Codec<T> element) {
    return new Codec<>() {
      @Override
      public Map<String, Object> schema(Schemas known) {
        return Schemas.list(element.schema(known));
      }

      @Override
      public void write(JsonOut out, List<T> values) {
        out.beginArray();
        for (T value : values) {
          element.write(out, value);
        }
        out.endArray();
      }

      @Override
      public List<T> read(JsonIn in) {
        return Json.array(in, element::read);
      }
    };
  }

  /** Places in chats: an object with a field for each chat. */
  static final class Cursors implements Codec<Map<ChatId, Cursor>> {
    @Override
    public Map<String, Object> schema(Schemas known) {
      return Map.of(
          "type",
          "object",
          "propertyNames",
          ValueSchema.CHAT.in(known),
          "additionalProperties",
          ValueSchema.CURSOR.in(known));
    }

    @Override
    public void write(JsonOut out, Map<ChatId, Cursor> cursors) {
      out.beginObject();
      for (Map.Entry<ChatId, Cursor> cursor : cursors.entrySet()) {
        out.name(cursor.getKey().value()).value(cursor.getValue().toString());
      }
      out.endObject();
    }

    @Override
    public Map<ChatId, Cursor> read(JsonIn in) {
      if (in.peek() != JsonIn.Token.BEGIN_OBJECT) {
        throw Json.wrong(in, "an object");
      }
      Map<ChatId, Cursor> cursors = new LinkedHashMap<>();
      in.beginObject();
      while (in.hasNext()) {
        ChatId chat = ChatId.of(in.nextName());
        if (cursors.put(chat, Json.checked(in, Cursor::parse)) != null) {
          throw Json.invalid(Json.place(in) + " is given twice");
        }
      }
      in.endObject();
      return cursors;
    }
  }
}
