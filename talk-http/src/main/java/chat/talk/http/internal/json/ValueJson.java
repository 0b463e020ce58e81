package chat.talk.http.internal.json;

import chat.talk.Entry;
import chat.talk.Notice;
import java.util.List;

/** What hubs and their clients tell each other, each value by itself. */
public final class ValueJson {
  private ValueJson() {}

  /** Writes a value, or a list of such. */
  public static String write(Object value) {
    return Json.encode(out -> write(out, value)).text();
  }

  private static void write(JsonOut out, Object value) {
    if (value instanceof Notice notice) {
      Codecs.NOTICES.write(out, notice);
    } else if (value instanceof List<?> list) {
      out.beginArray();
      for (Object each : list) {
        write(out, each);
      }
      out.endArray();
    } else {
      codec(value).write(out, value);
    }
  }

  @SuppressWarnings("unchecked")
  private static Codec<Object> codec(Object value) {
    return (Codec<Object>) Codecs.of(value.getClass());
  }

  /** Reads an entry. */
  public static Entry readEntry(String text) {
    return Json.decode(Values.requireUnicode(text), Codecs.ENTRIES::read);
  }
}
