package chat.talk.http;

import java.util.concurrent.CompletableFuture;

/** Sends every message back. */
final class EchoHandler implements WebSocketHandler {
  @Override
  public CompletableFuture<Void> onText(WebSocketSession session, String text) {
    session.send(text);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> onBinary(WebSocketSession session, byte[] message) {
    session.sendBinary(message);
    return CompletableFuture.completedFuture(null);
  }
}
