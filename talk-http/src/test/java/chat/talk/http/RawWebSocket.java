package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that sends any frames whatever. */
final class RawWebSocket implements AutoCloseable {
  static final int FIN = 0x80;
  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;

  private static final int MASKED = 0x80;
  private static final byte[] MASK = {1, 2, 3, 4};
  private final RawClient client;

  @SuppressWarnings("ArrayRecordComponent")
  record Frame(int first, byte[] payload) {
    int opcode() {
      return first & 0xF;
    }

    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    int closeCode() {
      assertThat(opcode()).isEqualTo(CLOSE);
      return ByteBuffer.wrap(payload).getShort();
    }
  }

  RawWebSocket(HttpServer server, String path) throws IOException {
    this(new RawClient(server), path);
  }

  RawWebSocket(RawClient client, String path) throws IOException {
    this.client = client;
    assertThat(handshake(client, path).readHead().status()).isEqualTo(101);
  }

  static RawClient handshake(RawClient client, String path, String... more) throws IOException {
    client.send("GET " + path + " HTTP/1.1", "Host: localhost", "Upgrade: websocket");
    client.send("Connection: keep-alive, Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    for (String header : more) {
      client.send(header);
    }
    return client.send("Sec-WebSocket-Version: 13", "");
  }

  RawWebSocket text(String text) throws IOException {
    return frame(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  RawWebSocket frame(int first, byte... payload) throws IOException {
    client.sendRaw(encode(first, payload));
    return this;
  }

  static byte[] encode(int first, byte... payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    if (payload.length < 126) {
      frame.write(MASKED | payload.length);
    } else if (payload.length < 65536) {
      frame.write(MASKED | 126);
      frame.write(ByteBuffer.allocate(2).putShort((short) payload.length).array());
    } else {
      frame.write(MASKED | 127);
      frame.write(ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    frame.write(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ MASK[i % 4]);
    }
    return frame.toByteArray();
  }

  /** The next frame that is no ping: who has been silent for a moment gets some. */
  Frame readPastPings() throws IOException {
    Frame frame = read();
    while (frame.opcode() == PING) {
      frame = read();
    }
    return frame;
  }

  Frame read() throws IOException {
    byte[] head = client.readBytes(2);
    int length = head[1];
    if (length == 126) {
      length = ByteBuffer.wrap(client.readBytes(2)).getShort() & 0xFFFF;
    } else if (length == 127) {
      length = (int) ByteBuffer.wrap(client.readBytes(8)).getLong();
    }
    return new Frame(head[0] & 0xFF, client.readBytes(length));
  }

  RawClient client() {
    return client;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
