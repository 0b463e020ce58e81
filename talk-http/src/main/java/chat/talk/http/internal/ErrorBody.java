package chat.talk.http.internal;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import okio.Buffer;

/** The JSON of an error. */
public final class ErrorBody {
  private ErrorBody() {}

  /** {@code {"status":"error","code":…,"message":…}} as UTF-8. */
  public static byte[] encode(String code, String message) {
    Buffer buffer = new Buffer();
    try (JsonWriter json = JsonWriter.of(buffer)) {
      json.beginObject().name("status").value("error");
      json.name("code").value(code).name("message").value(message).endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.readByteArray();
  }
}
