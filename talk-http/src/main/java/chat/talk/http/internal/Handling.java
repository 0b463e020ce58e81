package chat.talk.http.internal;

import chat.talk.ChatException;
import chat.talk.http.HttpHandler;
import chat.talk.http.HttpRequest;
import chat.talk.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a handler, whatever it does. */
final class Handling {
  private static final Logger logger = LoggerFactory.getLogger(Handling.class);

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

  /** The answer for the client, made of how the future ended. */
  static HttpResponse answer(
      HttpRequest request, @Nullable HttpResponse response, @Nullable Throwable failure) {
    if (response != null) {
      return response;
    }
    ChatException known =
        failure != null
            ? ChatException.of(failure)
            : new ChatException(ChatException.Code.INTERNAL, "the handler gave no answer");
    if (known.code() == ChatException.Code.INTERNAL) {
      logger.error("{} {} failed", request.method(), request.path(), known);
    }
    return HttpResponse.of(known);
  }
}
