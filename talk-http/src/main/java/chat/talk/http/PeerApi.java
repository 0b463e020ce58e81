package chat.talk.http;

import chat.talk.ChatException;
import chat.talk.Transport;
import chat.talk.http.internal.client.Urls;
import chat.talk.http.internal.json.AnswerJson;
import chat.talk.http.internal.json.MessageJson;
import java.util.concurrent.CompletableFuture;

/**
 * Serves a peer: {@code POST /v1/message}, the same over WebSocket on {@code /v1/ws/message}, and
 * {@code GET /v1/health}.
 *
 * <p>A message is {@code {"user":"…","text":"…"}}, with {@code "id"} when the sender wants to
 * repeat it safely and {@code "to"} when he says whom he means; it is answered with {@code
 * {"status":"ok"}} once the receiver has it. Over WebSocket each message is answered in the order
 * of arrival, with its {@code "id"} when it had one; an error is an answer, too, and the session
 * goes on.
 */
public final class PeerApi {
  private PeerApi() {}

  /**
   * Adds the peer's routes to a server.
   *
   * @param receiver gets every message
   * @param server what to add the routes to
   * @return the same builder
   */
  public static HttpServer.Builder serve(Transport.Receiver receiver, HttpServer.Builder server) {
    return serve(receiver, HttpSettings.DEFAULT_MAX_MESSAGE, server);
  }

  /**
   * Adds the peer's routes to a server.
   *
   * @param receiver gets every message
   * @param maxMessage the most bytes of a message's JSON
   * @param server what to add the routes to
   * @return the same builder
   */
  public static HttpServer.Builder serve(
      Transport.Receiver receiver, int maxMessage, HttpServer.Builder server) {
    return server
        .route("POST", Urls.MESSAGE, maxMessage, request -> receive(receiver, request))
        .route("GET", Urls.HEALTH, request -> CompletableFuture.completedFuture(ok()))
        .webSocket(Urls.SOCKET, maxMessage, new PeerSocket(receiver));
  }

  static HttpResponse ok() {
    return HttpResponse.json(200, AnswerJson.OK);
  }

  private static CompletableFuture<HttpResponse> receive(
      Transport.Receiver receiver, HttpRequest request) {
    try {
      MessageJson.Incoming message = MessageJson.decode(request.bodyText());
      return receiver.receive(message.envelope()).thenApply(stored -> ok());
    } catch (ChatException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
