package chat.talk.http.internal.json;

import chat.talk.ChatException;
import chat.talk.MessageId;
import chat.talk.http.internal.ErrorStatus;
import java.time.Instant;
import org.jetbrains.annotations.Nullable;

/** What every call is answered with, {@code {"status":"ok"}} or an error. */
public final class AnswerJson {
  /** The answer to whatever went well. */
  public static final String OK = "{\"status\":\"ok\"}";

  private static final String[] FIELDS = {"status", "id", "code", "message", "detail", "retryAt"};
  private static final int MESSAGE_LENGTH = 500;

  /** Instead of a status in words. */
  private static final String PROBLEM = "problem";

  private AnswerJson() {}

  /**
   * An answer.
   *
   * @param id of the message that it answers, or null when it doesn't say
   * @param error what went wrong, or null when nothing did
   */
  public record Answer(@Nullable String id, @Nullable ChatException error) {}

  /** Reads an answer of either kind; an error may be a problem, as RFC 9457 has them. */
  public static Answer decode(String text) {
    return Json.decode(text, AnswerJson::read);
  }

  /** Writes that all went well. */
  public static String ok(@Nullable MessageId id) {
    return id == null ? OK : "{\"status\":\"ok\",\"id\":\"" + id + "\"}";
  }

  /** Writes what went wrong. */
  public static String error(ChatException failure, @Nullable MessageId id) {
    return error(failure.code().name(), failure.getMessage(), id).text();
  }

  /** Writes what went wrong, with a code that needn't be Talk's, as UTF-8. */
  public static byte[] error(String code, @Nullable String message) {
    return error(code, message, null).bytes();
  }

  /** Writes what went wrong as RFC 9457 says, as UTF-8. */
  public static byte[] problem(
      String title, int status, String detail, String code, @Nullable Instant retryAt) {
    return Json.encode(
            out -> {
              out.beginObject().name("type").value("about:blank");
              out.name("title").value(title).name("status").value(status);
              out.name("detail").value(detail).name("code").value(code);
              if (retryAt != null) {
                out.name("retryAt").value(retryAt);
              }
              out.endObject();
            })
        .bytes();
  }

  private static JsonOut error(String code, @Nullable String message, @Nullable MessageId id) {
    return Json.encode(
        out -> {
          out.beginObject().name("status").value("error");
          out.name("code").value(code);
          out.name("message").value(message);
          if (id != null) {
            out.name("id").value(id.value());
          }
          out.endObject();
        });
  }

  private static Answer read(JsonIn in) {
    String status = null;
    String id = null;
    String code = null;
    String message = null;
    Instant retryAt = null;
    Fields fields = new Fields(in, FIELDS);
    for (int field = fields.next(); field != Fields.END; field = fields.next()) {
      switch (field) {
        case 0 -> status = readStatus(in);
        case 1 -> id = text(in);
        case 2 -> code = text(in);
        case 5 -> retryAt = Json.checkedOrNull(in, Values::instant);
        default -> message = text(in);
      }
    }
    String known = Json.required(status, in, "status");
    if (known.equals(PROBLEM)) {
      Json.required(code, in, "code");
    }
    return known.equals("ok")
        ? new Answer(id, null)
        : new Answer(id, failure(code, message == null ? "no reason given" : message, retryAt));
  }

  private static @Nullable String text(JsonIn in) {
    return Json.checkedOrNull(in, any -> any);
  }

  private static @Nullable String readStatus(JsonIn in) {
    if (in.peek() == JsonIn.Token.NUMBER) {
      in.skipValue();
      return PROBLEM;
    }
    String status = text(in);
    if (status != null && !status.equals("ok") && !status.equals("error")) {
      throw Json.invalid("the status is neither ok nor error");
    }
    return status;
  }

  private static ChatException failure(
      @Nullable String code, String message, @Nullable Instant retryAt) {
    String shown = Printable.line(message, MESSAGE_LENGTH);
    if (code == null) {
      return new ChatException(ChatException.Code.REFUSED, shown);
    }
    return ErrorStatus.named(code)
        .map(
            known ->
                retryAt == null
                    ? new ChatException(known, shown)
                    : new ChatException(known, shown, retryAt))
        .orElseGet(() -> foreign(code, shown));
  }

  private static ChatException foreign(String code, String shown) {
    return new ChatException(ChatException.Code.REFUSED, Printable.line(code, 40) + ": " + shown);
  }
}
