package chat.talk.http.internal.client;

import static chat.talk.ChatException.Code.BAD_ANSWER;
import static chat.talk.ChatException.Code.INVALID;
import static chat.talk.ChatException.Code.OVERLOADED;
import static chat.talk.ChatException.Code.REFUSED;
import static chat.talk.ChatException.Code.TIMED_OUT;
import static chat.talk.ChatException.Code.UNREACHABLE;

import chat.talk.ChatException;
import chat.talk.http.internal.StrictUtf8;
import chat.talk.http.internal.json.AnswerJson;
import chat.talk.http.internal.json.Printable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import okhttp3.Response;
import okio.BufferedSource;

/** Tells what an answer, or its absence, means. */
final class Answers {
  /** More than any answer but a list of users needs. */
  static final long LIMIT = 64 * 1024;

  private static final int SHOWN = 200;
  private static final int REQUEST_TIMEOUT = 408;

  private Answers() {}

  /** The body of an answer, unless it's longer than the limit. */
  static byte[] body(Response response, long limit, String peer) throws IOException {
    BufferedSource source = response.body().source();
    if (source.request(limit + 1)) {
      throw bad(peer, "more than " + limit + " bytes");
    }
    return source.readByteArray();
  }

  /** Nothing when all went well, else what the other side said. */
  static Void requireOk(int status, byte[] body, String peer) {
    requireSuccess(status, body, peer);
    AnswerJson.Answer answer = read(peer, () -> AnswerJson.decode(StrictUtf8.decode(body)));
    if (answer.error() != null) {
      throw bad(peer, status + " and an error in one");
    }
    return null;
  }

  /** Refuses all but 200: by what the other side said if it's ours. */
  static void requireSuccess(int status, byte[] body, String peer) {
    if (status >= 400) {
      throw refusal(status, body, peer);
    }
    if (status != 200) {
      throw bad(peer, "status " + status);
    }
  }

  /** Reads an answer; one that cannot be read is a bad one. */
  static <T> T read(String peer, Supplier<T> decoder) {
    try {
      return decoder.get();
    } catch (ChatException e) {
      throw bad(peer, e.getMessage());
    }
  }

  static ChatException invalid(String message) {
    return new ChatException(INVALID, message);
  }

  static ChatException bad(String peer, String what) {
    return new ChatException(BAD_ANSWER, peer + " gave a bad answer: " + what);
  }

  static ChatException timedOut(String peer) {
    return new ChatException(TIMED_OUT, peer + " did not answer in time");
  }

  /** Why a call failed that got no answer. */
  static ChatException failure(IOException e, boolean connected, String peer) {
    String why = Printable.line(String.valueOf(e.getMessage()), SHOWN);
    if (!connected) {
      return new ChatException(UNREACHABLE, peer + " cannot be reached: " + root(e), e);
    }
    if (e instanceof InterruptedIOException) {
      return new ChatException(TIMED_OUT, timedOut(peer).getMessage(), e);
    }
    if (e instanceof ProtocolException && !why.contains("unexpected end of stream")) {
      return new ChatException(BAD_ANSWER, bad(peer, why).getMessage(), e);
    }
    return new ChatException(UNREACHABLE, "the connection to " + peer + " broke: " + why, e);
  }

  /** What lies beneath, such as "Connection refused"; what wraps it only says where. */
  private static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof UnknownHostException) {
      return "no such host";
    }
    return Printable.line(root.getMessage() == null ? root.toString() : root.getMessage(), SHOWN);
  }

  /** What an answer of 400 and above means. */
  static ChatException refusal(int status, byte[] body, String peer) {
    if (status == REQUEST_TIMEOUT) {
      return new ChatException(TIMED_OUT, peer + " did not get the request in time");
    }
    try {
      AnswerJson.Answer answer = AnswerJson.decode(StrictUtf8.decode(body));
      if (answer.error() != null) {
        return answer.error();
      }
    } catch (ChatException notOurs) {
      return new ChatException(foreign(status), peer + " answered " + status + text(body), notOurs);
    }
    return new ChatException(foreign(status), peer + " answered " + status);
  }

  /** What a status means that something in between gave, such as a proxy whose server restarts. */
  private static ChatException.Code foreign(int status) {
    return switch (status) {
      case 429, 502, 503, 504 -> OVERLOADED;
      default -> REFUSED;
    };
  }

  private static String text(byte[] body) {
    try {
      String text = Printable.line(StrictUtf8.decode(body), SHOWN);
      return text.isEmpty() ? "" : ": " + text;
    } catch (ChatException notText) {
      return "";
    }
  }
}
