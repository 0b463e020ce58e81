package chat.talk.http;

import chat.talk.ChatException;
import chat.talk.http.internal.ErrorStyle;
import chat.talk.http.internal.json.AnswerJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/**
 * An answer of a {@link HttpHandler}. The server adds the headers that are about the connection and
 * the length.
 *
 * @param status 200 to 599
 * @param headers values by header name
 * @param body the bytes, which nobody may change from now on; none when they are streamed
 * @param source where the body is streamed from, null when it is all here
 */
@SuppressWarnings("ArrayRecordComponent")
public record HttpResponse(
    int status, Map<String, String> headers, byte[] body, @Nullable BodySource source) {
  private static final byte[] NOTHING = {};
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  /**
   * Checks the status and copies the headers.
   *
   * @throws ChatException with {@link ChatException.Code#INVALID} when the status is no final one
   */
  public HttpResponse {
    if (status < 200 || status > 599) {
      throw new ChatException(
          ChatException.Code.INVALID, "a status is 200 to 599, but was " + status);
    }
    headers = Map.copyOf(headers);
  }

  /**
   * An answer that is all here.
   *
   * @param status 200 to 599
   * @param headers values by header name
   * @param body the bytes, which nobody may change from now on
   * @throws ChatException with {@link ChatException.Code#INVALID} when the status is no final one
   */
  public HttpResponse(int status, Map<String, String> headers, byte[] body) {
    this(status, headers, body, null);
  }

  /**
   * An answer whose body is sent as the client takes it. A client that leaves it unread for the
   * {@link HttpServer.Builder#idleTimeout} is cut off; the source may take its time.
   *
   * @param status as the constructor takes it
   * @param headers values by header name
   * @param body where the body comes from; closed by the server, also when the answer isn't sent
   * @return the answer, which can be given once
   */
  public static HttpResponse streaming(int status, Map<String, String> headers, BodySource body) {
    return new HttpResponse(status, headers, NOTHING, body);
  }

  /**
   * An answer in JSON.
   *
   * @param status as the constructor takes it
   * @param json the body
   * @return the answer
   */
  public static HttpResponse json(int status, String json) {
    return json(status, json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * An answer in JSON that is encoded already.
   *
   * @param status as the constructor takes it
   * @param utf8 the body, which nobody may change from now on
   * @return the answer
   */
  public static HttpResponse json(int status, byte[] utf8) {
    return new HttpResponse(status, JSON, utf8);
  }

  /**
   * An error: {@code {"status":"error","code":"<code>","message":"<message>"}}.
   *
   * @param status as the constructor takes it
   * @param code for programs
   * @param message for people; the client gets to see it
   * @return the answer
   */
  public static HttpResponse error(int status, ChatException.Code code, String message) {
    return json(status, AnswerJson.error(code.name(), message));
  }

  /**
   * The answer to a failure, as servers give it that don't have {@link
   * HttpServer.Builder#problems}, with the status that belongs to its code. The message of an
   * {@link ChatException.Code#INTERNAL} one stays here.
   *
   * @param failure what went wrong
   * @return the answer
   */
  public static HttpResponse of(ChatException failure) {
    return ErrorStyle.PLAIN.of(failure);
  }

  /**
   * The same answer with a header more.
   *
   * @param name the header; replaces one that is written exactly so
   * @param value its value
   * @return the new answer
   */
  public HttpResponse withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpResponse(status, more, body, source);
  }
}
