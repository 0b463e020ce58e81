package chat.talk.http;

import java.util.concurrent.CompletableFuture;

/**
 * Takes in the messages of the WebSocket sessions of one route. All calls for a session come on one
 * I/O thread, one at a time, so they must not block.
 */
@FunctionalInterface
public interface WebSocketHandler {
  /**
   * Takes in a text message. The messages of a session come in their order.
   *
   * @param session where it came from
   * @param text the message
   * @return completes, by any thread, when the message is dealt with. While 256 are unfinished, or
   *     the client does not read what it is sent, nothing more is read from this session. A failure
   *     is a fault of the handler: it is logged, and the session closed with code 1011
   */
  CompletableFuture<Void> onText(WebSocketSession session, String text);

  /**
   * Takes in a binary message, in all else as {@link #onText}.
   *
   * @param session where it came from
   * @param message the bytes, the handler's from now on
   * @return as for a text
   * @throws UnsupportedOperationException when only text is taken, as by every handler that doesn't
   *     say otherwise: the session ends with code 1003
   */
  default CompletableFuture<Void> onBinary(WebSocketSession session, byte[] message) {
    throw new UnsupportedOperationException("only text is taken");
  }

  /**
   * A session begins: the first call for it.
   *
   * @param session may be sent to from now on
   */
  default void onOpen(WebSocketSession session) {}

  /**
   * The client has room for more, and {@link WebSocketSession#pull()} was called. What is sent in
   * here goes out together; who has more than the client {@linkplain WebSocketSession#isWritable()
   * takes} asks to be called again. So a slow client costs no more than one that reads nothing.
   *
   * @param session whose
   */
  default void onPull(WebSocketSession session) {}

  /**
   * A session has ended, whoever ended it: the last call for it.
   *
   * @param session takes nothing more
   */
  default void onClose(WebSocketSession session) {}
}
