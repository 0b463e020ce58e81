package chat.talk.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** WebSocket frames of a client, masked with zeros: what is to be sent goes as it is. */
final class ClientText {
  private static final int TEXT = 0x81;
  private static final int PONG = 0x8a;
  private static final int MASKED = 0x80;
  private static final int SHORT = 125;
  private static final int TWO_BYTES = 126;

  private ClientText() {}

  static byte[] frame(String text) {
    return frame(text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] frame(byte[] text) {
    return frame(TEXT, text);
  }

  static byte[] pong(byte[] payload) {
    return frame(PONG, payload);
  }

  private static byte[] frame(int first, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    if (payload.length <= SHORT) {
      out.write(MASKED | payload.length);
    } else {
      out.write(MASKED | TWO_BYTES);
      out.write(payload.length >> 8);
      out.write(payload.length);
    }
    out.writeBytes(new byte[4]);
    out.writeBytes(payload);
    return out.toByteArray();
  }
}
