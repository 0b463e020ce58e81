package chat.talk.http;

import chat.talk.ChatException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** Routes that do what a test asks for. */
final class TestRoutes {
  static final int MAX_BODY = 1000;

  /** Answers that {@code /slow} waits for, in the order of the requests. */
  final Queue<CompletableFuture<HttpResponse>> slow = new ConcurrentLinkedQueue<>();

  final CountDownLatch slowCalled = new CountDownLatch(1);

  HttpServer.Builder addTo(HttpServer.Builder server) {
    return server
        .route("GET", "/fixed", request -> done("fixed"))
        .route("GET", "/items/{name}", request -> done(request.parameter("name")))
        .route("DELETE", "/items/{name}", request -> done("-" + request.parameter("name")))
        .route("POST", "/echo", MAX_BODY, request -> done(request.bodyText()))
        .route("PUT", "/echo", MAX_BODY, request -> done(request.bodyText()))
        .route("GET", "/slow", this::slow)
        .route("GET", "/fails/{code}", TestRoutes::fail)
        .route("GET", "/throws", TestRoutes::throwIt)
        .route("GET", "/null", request -> null)
        .route("GET", "/nullAnswer", request -> CompletableFuture.completedFuture(null))
        .route("GET", "/header", request -> done(request.header("X-Test").orElse("none")))
        .route("GET", "/split", TestRoutes::split);
  }

  static CompletableFuture<HttpResponse> done(String text) {
    return CompletableFuture.completedFuture(HttpResponse.json(200, text));
  }

  private CompletableFuture<HttpResponse> slow(HttpRequest request) {
    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    slow.add(answer);
    slowCalled.countDown();
    return answer;
  }

  private static CompletableFuture<HttpResponse> fail(HttpRequest request) {
    ChatException.Code code = ChatException.Code.valueOf(request.parameter("code"));
    return CompletableFuture.failedFuture(new ChatException(code, "because"));
  }

  private static CompletableFuture<HttpResponse> throwIt(HttpRequest request) {
    throw new IllegalStateException("secret detail");
  }

  private static CompletableFuture<HttpResponse> split(HttpRequest request) {
    HttpResponse response = HttpResponse.json(200, "{}").withHeader("X-Bad", "a\r\nX-Evil: b");
    return CompletableFuture.completedFuture(response);
  }
}
