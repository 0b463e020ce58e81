package chat.talk.cli;

import chat.talk.ChatMessage;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import okio.Buffer;

/** Received messages as JSON, one object a line; all else goes to the error stream. */
final class JsonConsole extends PlainConsole {
  JsonConsole(InputStream in, PrintStream out, PrintStream err, Runnable onLoss) {
    super(in, out, err, onLoss);
  }

  @Override
  public void message(ChatMessage message) {
    toOut(Printable.json(json(message)));
  }

  @Override
  public void show(String line, Supplier<String> json) {
    toOut(Printable.json(json.get()));
  }

  @Override
  public void fail(String text, Supplier<String> json) {
    show(text, json);
  }

  @Override
  public boolean isForPrograms() {
    return true;
  }

  @Override
  public void say(String text) {
    toErr(text);
  }

  private static String json(ChatMessage message) {
    Buffer buffer = new Buffer();
    try (JsonWriter json = JsonWriter.of(buffer)) {
      json.beginObject();
      json.name("id").value(message.id().toString());
      json.name("chat").value(message.chat().toString());
      json.name("user").value(message.author().toString());
      json.name("text").value(message.text());
      json.name("time").value(message.time().toString());
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.readUtf8();
  }
}
