package chat.talk.http;

import java.util.concurrent.CompletableFuture;

/** Answers the requests of one route. */
@FunctionalInterface
public interface HttpHandler {
  /**
   * Answers a request. Called on an I/O thread, so it must not block; requests of one connection
   * come one after the other, each when the one before has been answered.
   *
   * @param request the request, its body complete
   * @return the answer, completed by any thread. A failure becomes an error answer: a {@link
   *     chat.talk.ChatException} with its code and message, anything else a 500 that tells the
   *     client nothing. Without an answer in {@link HttpServer.Builder#handlerTimeout} the client
   *     gets a 504, and a later answer is dropped
   */
  CompletableFuture<HttpResponse> handle(HttpRequest request);
}
