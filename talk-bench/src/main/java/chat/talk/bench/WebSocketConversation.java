package chat.talk.bench;

import java.nio.charset.StandardCharsets;

/** A conversation over WebSocket: its handshake, pings and frames. */
abstract class WebSocketConversation implements Conversation, FrameScanner.Listener {
  private final Client client;
  private final String path;
  private final FrameScanner scanner;

  WebSocketConversation(Client client, MarkScanner marks, String path) {
    this.client = client;
    this.path = path;
    this.scanner = new FrameScanner(this, marks);
  }

  final Client client() {
    return client;
  }

  @Override
  public final void open() {
    String head =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + client.port()
            + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    client.write(head.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public final int scan(byte[] data, int end) {
    return scanner.scan(data, end);
  }

  @Override
  public void onText(String text) {
    client.onTrouble(text);
  }

  @Override
  public final void onPing(byte[] payload) {
    client.write(ClientText.pong(payload));
  }

  @Override
  public final void onTrouble(String what) {
    client.onTrouble(what);
  }
}
