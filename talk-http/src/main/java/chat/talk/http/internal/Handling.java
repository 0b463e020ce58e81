package chat.talk.http.internal;

import chat.talk.ChatException;
import chat.talk.http.BodySink;
import chat.talk.http.HttpHandler;
import chat.talk.http.HttpRequest;
import chat.talk.http.HttpResponse;
import chat.talk.http.UploadHandler;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a handler, whatever it does. */
final class Handling {
  private static final Logger logger = LoggerFactory.getLogger(Handling.class);
  private static final byte[] NOTHING = {};

  private Handling() {}

  /** The handler's future; a failed one when it throws or returns none. */
  static CompletableFuture<HttpResponse> call(HttpHandler handler, HttpRequest request) {
    try {
      CompletableFuture<HttpResponse> answer = handler.handle(request);
      return answer != null ? answer : CompletableFuture.completedFuture(null);
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * The sink for an upload.
   *
   * @throws Refusal when the handler refuses it, or gives none
   */
  static BodySink open(UploadHandler handler, Exchange exchange) {
    try {
      return Objects.requireNonNull(handler.open(exchange.toRequest(NOTHING)), "open");
    } catch (RuntimeException | Error e) {
      throw Refusal.of(known("an upload", e));
    }
  }

  /** The answer for the client, made of how the future ended. */
  static HttpResponse answer(
      Turn turn, @Nullable HttpResponse response, @Nullable Throwable failure, ErrorStyle style) {
    if (response != null) {
      return response;
    }
    return style.of(
        known(
            turn.toString(),
            failure != null ? failure : new NullPointerException("the handler gave no answer")));
  }

  /** The answer to a piece of a body that could not be taken. */
  static Refusal refusal(Turn turn, CompletableFuture<Void> failed) {
    return failed.handle((done, failure) -> Refusal.of(known(turn.toString(), failure))).join();
  }

  /** What may be told of a failure; the log is told the rest. */
  private static ChatException known(String what, Throwable failure) {
    ChatException known = ChatException.of(failure);
    if (known.code() == ChatException.Code.INTERNAL) {
      logger.error("{} failed", what, known);
    }
    return known;
  }
}
