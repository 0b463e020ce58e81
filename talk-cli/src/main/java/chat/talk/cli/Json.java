package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.Event;
import chat.talk.MessageId;
import chat.talk.Notice;
import chat.talk.UserName;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Locale;
import okio.Buffer;
import org.jetbrains.annotations.Nullable;

/**
 * What a hub says, as JSON objects of one line: records with their components as fields, without
 * those that are null, and a {@code type} where it tells kinds apart.
 */
final class Json {
  private final JsonWriter json;

  private Json(JsonWriter json) {
    this.json = json;
  }

  static String entry(Entry entry) {
    return object(json -> json.fields(entry));
  }

  static String notice(Notice notice) {
    return object(
        json -> {
          json.field("type", type(notice));
          json.components(notice);
        });
  }

  /** The answer to a command. */
  static String answer(String command, @Nullable Object value) {
    return object(
        json -> {
          json.field("type", "answer");
          json.field("to", command);
          json.field("value", value);
        });
  }

  /** Why a command was refused. */
  static String error(String command, ChatException why) {
    return object(
        json -> {
          json.field("type", "error");
          json.field("to", command);
          json.field("code", why.code());
          json.field("message", why.getMessage());
          json.field("retryAt", why.retryAt().orElse(null));
        });
  }

  /** Any record of these, without a type. */
  static String record(Record value) {
    return object(json -> json.components(value));
  }

  private interface Fields {
    void write(Json json) throws IOException;
  }

  private static String object(Fields fields) {
    Buffer buffer = new Buffer();
    try (JsonWriter json = JsonWriter.of(buffer)) {
      json.beginObject();
      fields.write(new Json(json));
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.readUtf8();
  }

  private static String type(Object value) {
    if (value instanceof ChatMessage) {
      return "message";
    }
    String name = value.getClass().getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private void fields(Entry entry) throws IOException {
    field("cursor", entry.cursor());
    field("type", type(entry.event()));
    Event event = entry.event();
    components(event);
  }

  private void components(Object value) throws IOException {
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      try {
        field(component.getName(), component.getAccessor().invoke(value));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("the records of chat.talk are public", e);
      }
    }
  }

  private void field(String name, @Nullable Object value) throws IOException {
    if (value != null && value != ChatMessage.Revision.ORIGINAL) {
      json.name(name);
      write(value);
    }
  }

  private void write(Object value) throws IOException {
    if (value instanceof Boolean flag) {
      json.value(flag);
    } else if (value instanceof Number number) {
      json.value(number);
    } else if (value instanceof Collection<?> list) {
      array(list);
    } else if (value instanceof Record && !isText(value)) {
      json.beginObject();
      record(value);
      json.endObject();
    } else {
      json.value(value instanceof Enum<?> constant ? constant.name() : value.toString());
    }
  }

  private void array(Collection<?> list) throws IOException {
    json.beginArray();
    for (Object value : list) {
      write(value);
    }
    json.endArray();
  }

  private void record(Object value) throws IOException {
    if (value instanceof Entry entry) {
      fields(entry);
    } else {
      components(value);
    }
  }

  private static boolean isText(Object value) {
    return value instanceof UserName
        || value instanceof ChatId
        || value instanceof MessageId
        || value instanceof Cursor;
  }
}
