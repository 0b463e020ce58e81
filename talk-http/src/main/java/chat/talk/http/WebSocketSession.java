package chat.talk.http;

/** The server's end of a WebSocket. Any thread may call it. */
public interface WebSocketSession {
  /**
   * Sends a text message. Never blocks; messages go out in the order of the calls; after the end
   * they are dropped. A client that lets 16 MiB and more pile up unread is cut off.
   *
   * @param text the message
   */
  void send(String text);

  /**
   * Sends a text message that is encoded already, in all else as {@link #send(String)}.
   *
   * @param message which may go to other sessions too
   */
  void send(WebSocketText message);

  /**
   * Sends a binary message, in all else as {@link #send(String)}.
   *
   * @param message which nobody may change from now on
   */
  void sendBinary(byte[] message);

  /**
   * Asks for a call of {@link WebSocketHandler#onPull}, as soon as the client has room for more.
   * Several requests before that call are one.
   */
  void pull();

  /**
   * Whether the client takes more just now: what is sent all the same waits in memory. To be asked
   * in {@link WebSocketHandler#onPull}.
   *
   * @return false while much of what was sent before has not gone out
   */
  boolean isWritable();

  /**
   * Says goodbye after what was sent before, and ends the session, at the latest when the client
   * has not answered for 2 seconds. Twice does nothing.
   *
   * @param code why, in numbers: 1000 to 1003, 1007 to 1014, or 3000 to 4999 of your own
   * @param reason why, in words; cut off after 123 bytes
   * @throws chat.talk.ChatException with {@link chat.talk.ChatException.Code#INVALID} when the code
   *     is none of these
   */
  void close(int code, String reason);
}
