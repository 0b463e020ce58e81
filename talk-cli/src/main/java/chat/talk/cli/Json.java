package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.http.HubJson;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import okio.Buffer;
import okio.BufferedSink;

/** What comes of commands, as JSON objects of one line; what a hub says in them is as its API's. */
final class Json {
  private Json() {}

  /** The answer to a command. */
  static String answer(String command, Object value) {
    return object(
        "answer",
        command,
        json -> {
          try (BufferedSink sink = json.name("value").valueSink()) {
            sink.writeUtf8(value(value));
          }
        });
  }

  private static String value(Object value) {
    return value instanceof WayInCommands.Made made ? link(made) : HubJson.value(value);
  }

  /** As {@code POST /v1/chats/{chat}/links} answers. */
  private static String link(WayInCommands.Made made) {
    String link = HubJson.value(made.link());
    return link.substring(0, link.length() - 1) + ",\"token\":\"" + made.token().secret() + "\"}";
  }

  /** Why a command was refused. */
  static String error(String command, ChatException why) {
    return object(
        "error",
        command,
        json -> {
          json.name("code").value(why.code().name());
          json.name("message").value(why.getMessage());
          if (why.retryAt().isPresent()) {
            json.name("retryAt").value(why.retryAt().get().toString());
          }
        });
  }

  private interface Fields {
    void write(JsonWriter json) throws IOException;
  }

  private static String object(String type, String command, Fields fields) {
    Buffer buffer = new Buffer();
    try (JsonWriter json = JsonWriter.of(buffer)) {
      json.beginObject();
      json.name("type").value(type);
      json.name("to").value(command);
      fields.write(json);
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.readUtf8();
  }
}
