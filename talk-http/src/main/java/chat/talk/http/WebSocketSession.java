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
